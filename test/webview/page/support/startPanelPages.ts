import assert from 'node:assert/strict';
import { after, before } from 'mocha';
import { sharedBrowser } from '../../../support/page/browser.ts';
import { type PanelPages, servePanelPages } from './panelPage.ts';

/** Builds the page once for the suite that calls this, and serves it to the browser that all suites share. */
export function startPanelPages(): Pick<PanelPages, 'open'> {
  let pages: PanelPages | undefined;
  before(async function () {
    this.timeout(60_000);
    pages = await servePanelPages(await sharedBrowser());
  });
  after(() => pages?.stop());
  return {
    open: (options) => {
      assert.ok(pages);
      return pages.open(options);
    },
  };
}
