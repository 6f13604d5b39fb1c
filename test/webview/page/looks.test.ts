import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { startPanelPages } from './support/startPanelPages.ts';
import { themeNames } from './support/themes.ts';
import { aConversation, aTurn } from './support/turns.ts';

describe('the looks of the panel', () => {
  const pages = startPanelPages();

  it('keeps the frame of a table whole where the table is too wide for the page', async () => {
    const reply = '| Door | Where it is | Who sees it |\n|---|---|---|\n| the panel | here | everybody |';
    const panel = await pages.open({ width: 250, conversation: aConversation([aTurn({ id: 'a', reply })]) });
    const sizes = await panel.page.locator('.table-box').evaluate((box) => {
      const { left, right } = box.getBoundingClientRect();
      const column = box.closest('.turn-column')?.getBoundingClientRect();
      const { borderRightWidth, borderLeftWidth } = getComputedStyle(box);
      const isInside = column !== undefined && left >= column.left && right <= column.right;
      return {
        isInside,
        borders: [borderLeftWidth, borderRightWidth],
        scrolls: box.scrollWidth > box.clientWidth,
      };
    });
    assert.deepEqual(sizes, { isInside: true, borders: ['1px', '1px'], scrolls: true });
    await panel.close();
  });

  for (const theme of themeNames) {
    it(`give code in blocks the colours of the editor: ${theme}`, async () => {
      const turn = aTurn({ id: 'a', reply: '```\nplain\n```\n\nand `within` a sentence' });
      const panel = await pages.open({ theme, conversation: aConversation([turn]) });
      const colours = await panel.page.locator('.code-slice').evaluate((slice) => {
        const probe = document.createElement('i');
        probe.style.color = 'var(--vscode-editor-foreground)';
        document.body.append(probe);
        const { backgroundColor } = getComputedStyle(slice.closest('code') ?? slice);
        return [getComputedStyle(slice).color, getComputedStyle(probe).color, backgroundColor];
      });
      assert.deepEqual(colours, [colours[1], colours[1], 'rgba(0, 0, 0, 0)']);
      await panel.close();
    });
  }
});
