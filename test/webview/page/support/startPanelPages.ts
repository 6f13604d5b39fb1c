import { after, before } from 'mocha';
import { sharedBrowser } from '../../../support/page/browser.ts';
import { type PanelPages, servePanelPages } from './panelPage.ts';

/** The pages that all suites of a run share. */
const sharedPages = ((): (() => Promise<PanelPages>) => {
  let pages: Promise<PanelPages> | undefined;
  after(async () => {
    await (await pages)?.stop();
  });
  return () => (pages ??= sharedBrowser().then(servePanelPages));
})();

/** Builds the page before the first suite that calls this, and serves it to the browser that all suites share. */
export function startPanelPages(): Pick<PanelPages, 'open'> {
  before(async function () {
    this.timeout(60_000);
    await sharedPages();
  });
  return { open: async (options) => (await sharedPages()).open(options) };
}
