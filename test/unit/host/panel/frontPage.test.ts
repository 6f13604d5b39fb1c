import assert from 'node:assert/strict';
import { contexts } from '../../../../src/shared/contributions.ts';
import { executed } from '../vscodeParts.ts';
import { eachPanelHost } from './support/eachPanelHost.ts';
import type { PanelHost } from './support/panelHost.ts';

const { FrontPage } = await import('../../../../src/host/panel/frontPage.ts');

describe('the page that commands act on', () => {
  let host: PanelHost;
  eachPanelHost((made) => ({ host } = made));

  beforeEach(() => {
    executed.length = 0;
  });

  async function open(key?: string) {
    const { page, say, next } = host.open(key);
    say({ type: 'ready' });
    await next('conversation');
    return page;
  }

  it('is the one that had the focus last, of those that are seen', async () => {
    const front = new FrontPage();
    const [view, editor] = [await open(), await open()];
    assert.equal(front.current, undefined);
    front.add(view);
    front.add(editor);
    assert.equal(front.current, editor);
    front.focusChanged(view, true);
    front.focusChanged(view, false);
    assert.equal(front.current, view);
    view.hide();
    assert.equal(front.current, editor);
    front.remove(editor);
    assert.equal(front.current, undefined);
  });

  it('is waited for until it can be told something', async () => {
    const front = new FrontPage();
    const page = await open();
    const waited = front.next();
    front.ready(page);
    assert.equal(await waited, page);
  });

  it('tells what keys and menus depend on, once each', async () => {
    const front = new FrontPage();
    const page = await open('tachyon/ch_1');
    front.add(page);
    front.add(page);
    front.focusChanged(page, true);
    front.focusChanged(page, false);
    page.hide();
    front.tellContext();
    assert.deepEqual(executed, [
      ['setContext', contexts.showsRoom, true],
      ['setContext', contexts.hasFocus, false],
      ['setContext', contexts.hasFocus, true],
      ['setContext', contexts.hasFocus, false],
      ['setContext', contexts.showsRoom, false],
    ]);
  });
});
