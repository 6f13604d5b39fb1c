import assert from 'node:assert/strict';
import { openTestPage } from '../../support/page/testPage.ts';
import type { OpenedPage } from '../../support/page/openPage.ts';
import type { HostileCase } from './hostile/case.ts';
import { hostileLinks } from './hostile/links.ts';
import { hostileMarkup } from './hostile/markup.ts';
import { hostileShapes } from './hostile/shapes.ts';

const entry = 'test/webview/markdown/replyPage.ts';
/** What could run, load or lead somewhere. */
const attacks: readonly HostileCase[] = [...hostileMarkup, ...hostileLinks];
const cases: readonly HostileCase[] = [...attacks, ...hostileShapes];

/** What the page did wrong with a text: nothing, if all is well. */
async function harm(
  opened: OpenedPage,
  markdown: string,
  way: 'whole' | 'pieces' | 'raw',
): Promise<string[]> {
  const before = opened.incidents().length;
  const text = markdown.replaceAll('OUTSIDE', opened.outside);
  const found = await opened.page.evaluate(([source, how]) => testing.provoke(source, how), [
    text,
    way,
  ] as const);
  return [...found, ...opened.incidents().slice(before)];
}

/** Opens the page again, also where a text is just about to lead it elsewhere. */
async function back(page: OpenedPage['page'], address: string): Promise<void> {
  for (let tries = 0; page.url() !== address || tries === 0; tries += 1) {
    await page.goto(address).catch((error: unknown) => {
      if (tries === 5) throw error;
    });
  }
}

describe('hostile markdown', () => {
  it('has its own name for each of at least 200 cases', () => {
    assert.equal(new Set(cases.map(([name]) => name)).size, cases.length);
    assert.ok(cases.length >= 200);
  });

  // Without the policy it is the renderer alone that has to hold.
  for (const isUnprotected of [false, true]) {
    describe(isUnprotected ? 'without a policy' : 'under the policy of the panel', () => {
      let opened: OpenedPage;
      before(async () => {
        opened = await openTestPage({ entry, isUnprotected, styles: ['media/markdown.css'] });
      });
      after(() => opened.close());

      for (const [name, markdown] of isUnprotected ? attacks : cases) {
        it(`does no harm: ${name}`, async () => {
          assert.deepEqual(await harm(opened, markdown, 'whole'), []);
          assert.deepEqual(await harm(opened, markdown, 'pieces'), []);
        });
      }
    });
  }

  it('would be noticed: most of the markup does harm where it is not sanitised', async () => {
    const opened = await openTestPage({ entry, isUnprotected: true });
    const address = opened.page.url();
    try {
      const all: string[] = [];
      let noticed = 0;
      for (const [, markdown] of hostileMarkup) {
        // A text may take the page away while it is looked at.
        const found = await harm(opened, markdown, 'raw').catch(() => ['the page is gone']);
        if (found.length > 0) noticed += 1;
        all.push(...found);
        if (found.includes('the page is gone') || opened.page.url() !== address)
          await back(opened.page, address);
      }
      assert.ok(noticed > hostileMarkup.length / 2, `${noticed} of ${hostileMarkup.length} were noticed`);
      assert.ok(all.includes('script'), 'a script of a text ran');
      assert.ok(opened.incidents().includes('request: /x.png'));
    } finally {
      await opened.close();
    }
  });
});
