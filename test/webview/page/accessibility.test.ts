import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { before, describe, it } from 'mocha';
import { outFolder } from '../../../scripts/paths.ts';
import type { ConversationState } from '../../../src/shared/panelMessages.ts';
import { aContext, allAttachments, allRooms, allStates, someCompletions } from './support/allStates.ts';
import { startPanelPages } from './support/startPanelPages.ts';
import type { PanelPage } from './support/panelPage.ts';
import { themeNames } from './support/themes.ts';
import { aConversation, aNewChat } from './support/turns.ts';

interface Scene {
  readonly name: string;
  readonly conversation: ConversationState;
  /** What a person does before. */
  readonly prepare?: (panel: PanelPage) => Promise<void>;
  readonly leave?: (panel: PanelPage) => Promise<void>;
}

const scenes: readonly Scene[] = [
  {
    name: 'the empty state',
    conversation: aNewChat({ problem: 'You are not signed in to tachyon.', problemActions: ['signIn'] }),
  },
  { name: 'the end of a conversation', conversation: aConversation(allStates) },
  {
    name: 'the beginning of a conversation',
    conversation: aConversation(allStates, { room: 'room-2' }),
    async prepare({ page }) {
      // Until its turns are rendered it is at its beginning and its end at once.
      await page.waitForFunction(() => (document.querySelector('.transcript')?.scrollTop ?? 0) > 100);
      await page.locator('.transcript').evaluate((scrolled) => scrolled.scrollTo(0, 0));
      await page
        .getByRole('article', { name: /What is the difference/ })
        .locator('summary')
        .click();
      await page.locator('.reasoning-text', { hasText: 'They ask about' }).first().waitFor();
      await page.getByText('Two ways').first().hover();
    },
  },
  {
    name: 'the find bar',
    conversation: aConversation(allStates, { room: 'room-3' }),
    async prepare({ page, post, take }) {
      await page.keyboard.press('Control+f');
      await page.getByRole('textbox', { name: 'Find in Conversation' }).fill('chat');
      await take('find');
      const results = [{ turn: 0, part: 'reply', occurrence: 0 }] as const;
      await post({ type: 'found', query: 'chat', results, isCut: false });
      await page.locator('.find-count', { hasText: '1 of 1' }).waitFor();
    },
  },
  {
    name: 'the box for editing',
    conversation: aConversation(allStates.slice(0, 2), { room: 'room-4' }),
    async prepare({ page }) {
      await page.getByRole('button', { name: 'Edit and Resend' }).last().press('Enter');
      await page.getByRole('textbox', { name: 'Edit and Resend' }).waitFor();
    },
  },
  {
    name: 'the menu',
    conversation: aConversation(allStates.slice(0, 2), { room: 'room-5' }),
    async prepare({ page }) {
      await page.getByRole('banner').getByRole('button', { name: 'More Actions', exact: true }).click();
      await page.getByRole('menu').waitFor();
    },
    leave: ({ page }) => page.keyboard.press('Escape'),
  },
  {
    name: 'the composer',
    conversation: aConversation(allStates.slice(0, 2), {
      room: 'room-6',
      draft: 'Explain what is wrong with this, and what of it you would change first.',
      parameters: 'temperature 0.2',
      usage: '23,811 tokens · $0.09',
    }),
    prepare: ({ post }) => post({ type: 'context', context: aContext(allAttachments, { tokens: 121_000 }) }),
  },
  {
    name: 'the completions',
    conversation: aConversation(allStates.slice(0, 2), { room: 'room-7' }),
    async prepare({ page, box, post, take }) {
      await post({ type: 'context', context: aContext(allAttachments.slice(0, 2)) });
      await box.pressSequentially('What does #as');
      while ((await take('complete')).query !== '#as');
      await post({ type: 'completions', query: '#as', items: someCompletions });
      await page.getByRole('listbox', { name: 'Completions' }).waitFor();
    },
    leave: ({ box }) => box.press('Escape'),
  },
  {
    name: 'nothing to complete',
    conversation: aConversation(allStates.slice(0, 2), { room: 'room-8' }),
    async prepare({ page, box, post, take }) {
      await post({ type: 'context', context: aContext([], { tokens: 0 }) });
      await box.pressSequentially('#zz');
      while ((await take('complete')).query !== '#zz');
      await post({ type: 'completions', query: '#zz', items: [] });
      await page.getByText('Nothing found').waitFor();
    },
    leave: ({ box }) => box.press('Escape'),
  },
  {
    name: 'the drop zone',
    conversation: aConversation(allStates.slice(0, 2), { room: 'room-9' }),
    async prepare({ page }) {
      await dragOver(page);
      await page.getByText('Drop here to attach').waitFor();
    },
    leave: ({ page }) =>
      page.evaluate(() => void document.dispatchEvent(new DragEvent('dragleave', { bubbles: true }))),
  },
  {
    name: 'the list of chatrooms',
    conversation: aConversation(allStates),
    async prepare({ page, post }) {
      await post({ type: 'rooms', list: allRooms });
      const toggle = page.getByRole('button', { name: 'Chatrooms', exact: true });
      if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click();
      await page.getByRole('searchbox').press('ArrowDown');
    },
  },
];

/** As the browser tells that a file is dragged over the page. */
async function dragOver(page: Page): Promise<void> {
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['x'], 'x.txt'));
    document.body.dispatchEvent(new DragEvent('dragover', { bubbles: true, cancelable: true, dataTransfer }));
  });
}

/** The rules about colours: no other depends on the theme, and none of them on the width. */
const colourRules = ['color-contrast', 'link-in-text-block'];

const ruleSets = {
  all: {},
  colours: { runOnly: colourRules },
  others: { rules: Object.fromEntries(colourRules.map((rule) => [rule, { enabled: false }])) },
} as const;

async function violations({ page }: PanelPage, rules: keyof typeof ruleSets = 'all'): Promise<string[]> {
  const options = JSON.stringify({ ...ruleSets[rules], resultTypes: ['violations'] });
  const results = await page.evaluate<AxeResults>(`axe.run(document, ${options})`);
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  );
}

describe('accessibility of the panel', () => {
  const pages = startPanelPages();
  let axe: string;
  const pictures = join(outFolder, 'panel');

  before(async function () {
    this.timeout(60_000);
    axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    await mkdir(pictures, { recursive: true });
  });

  for (const width of [250, 400, 900]) {
    const themes = width === 400 ? themeNames : themeNames.slice(0, 1);
    it(`finds no violation in any scene: ${width} pixels, ${themes.join(', ')}`, async function () {
      this.timeout(180_000);
      const panel = await pages.open({ width });
      await panel.page.evaluate(axe);
      const found: string[] = [];
      for (const { name, conversation, prepare, leave } of scenes) {
        await panel.post({ type: 'conversation', conversation });
        await prepare?.(panel);
        for (const theme of themes) {
          await panel.setTheme(theme);
          await panel.page.screenshot({ path: join(pictures, `${name} ${theme} ${width}.png`) });
          // But for what axe itself asks for, the page needs nothing that the policy refuses.
          found.push(...panel.complaints.filter((text) => !/markdown\.css|inline style/.test(text)));
          const rules = width === 400 ? (theme === themes[0] ? 'all' : 'colours') : 'others';
          found.push(...(await violations(panel, rules)).map((text) => `${name}, ${theme}: ${text}`));
        }
        await leave?.(panel);
      }
      assert.deepEqual(found, []);
      await panel.close();
    });
  }

  it('tells a violation', async () => {
    const panel = await pages.open();
    await panel.page.evaluate(axe);
    await panel.page.locator('.composer-text').evaluate((box) => {
      box.removeAttribute('aria-label');
      box.removeAttribute('placeholder');
    });
    assert.match((await violations(panel)).join('\n'), /^label: <textarea/);
    await panel.close();
  });
});
