import assert from 'node:assert/strict';
import { after, afterEach, before } from 'mocha';
import type { Page } from 'playwright-core';
import type { OpenedPage } from '../../support/page/openPage.ts';
import { openTestPage } from '../../support/page/testPage.ts';

/** Opens the page of the renderer for the suite that calls this; no test of it may do what a page must not. */
export function openReplyPage(onOpen: (page: Page) => void): void {
  let opened: OpenedPage | undefined;
  before(async () => {
    opened = await openTestPage({
      entry: 'test/webview/markdown/replyPage.ts',
      styles: ['media/markdown.css'],
    });
    onOpen(opened.page);
  });
  after(() => opened?.close());
  afterEach(() => assert.deepEqual(opened?.incidents(), []));
}
