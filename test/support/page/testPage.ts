import { sharedBrowser } from './browser.ts';
import { openPage } from './openPage.ts';
import type { OpenedPage, PageOptions } from './openPage.ts';

/** Opens a page in the browser that all tests share. */
export async function openTestPage(options: PageOptions): Promise<OpenedPage> {
  return openPage(await sharedBrowser(), options);
}
