import { sharedBrowser } from '../../../support/page/browser.ts';
import { type PanelPages, servePanelPages } from './panelPage.ts';

/** Builds the page once for a suite, and serves it to the browser that all suites share. */
export async function startPanelPages(): Promise<PanelPages> {
  return servePanelPages(await sharedBrowser());
}
