import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Completion, FromWebview, ToWebview } from '../../../src/shared/panelMessages.ts';
import { someCompletions } from './support/allStates.ts';
import { startPanelPages } from './support/startPanelPages.ts';
import { aTurn } from './support/turns.ts';

const commands: readonly Completion[] = [
  { id: '/new', kind: 'command', label: '/new', details: 'Begin a new chat', text: '/new ' },
  { id: '/find', kind: 'command', label: '/find', details: 'Find in the conversation', text: '/find ' },
];

/** Answers at once, as a host does. */
function answer(message: FromWebview): readonly ToWebview[] {
  if (message.type !== 'complete') return [];
  const { query } = message;
  const all = query.startsWith('/') ? commands : someCompletions;
  return [
    {
      type: 'completions',
      query,
      items: all.filter(({ label }) => label.includes(query.replace('#', ''))),
    },
  ];
}

describe('completion in the composer', () => {
  const pages = startPanelPages();

  async function open() {
    const panel = await pages.open({ answer });
    const { box } = panel;
    const list = panel.page.getByRole('listbox', { name: 'Completions' });
    const active = panel.page.getByRole('option', { selected: true });
    /** What the box says of the list to screen readers. */
    const told = async (): Promise<string | null> => {
      const id = await box.getAttribute('aria-activedescendant');
      return id === null ? null : panel.page.locator(`#${id} .completion-label`).textContent();
    };
    return { ...panel, list, active, told };
  }

  it('attaches by keys alone what is picked, and takes away what was typed for it', async () => {
    const { page, box, list, told, take, sent, close } = await open();
    await box.pressSequentially('Explain #as');
    await list.getByText('src/chat', { exact: true }).waitFor();
    assert.equal(await box.getAttribute('aria-controls'), await list.getAttribute('id'));
    assert.equal(await told(), 'ask.ts');
    await box.press('ArrowDown');
    assert.equal(await told(), 'ask');
    await box.press('ArrowDown');
    assert.equal(await told(), 'ask.ts');
    await box.press('End');
    assert.equal(await told(), 'ask');
    await box.press('Home');
    await box.press('Enter');
    assert.deepEqual(await take('attach'), { type: 'attach', id: 'file-1' });
    assert.equal(await box.inputValue(), 'Explain ');
    assert.equal(await list.isVisible(), false);
    assert.equal(await box.getAttribute('aria-activedescendant'), null);
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'TEXTAREA');
    await page.keyboard.press('Control+z');
    assert.equal(await box.inputValue(), 'Explain #as');
    assert.equal(
      sent.some(({ type }) => type === 'submitPrompt'),
      false,
    );
    await close();
  });

  it('puts the text of a command in place, which Ctrl+Z takes back, and Enter sends one that is complete', async () => {
    const { page, box, list, take, close } = await open();
    await box.pressSequentially('/');
    await list.waitFor();
    await box.press('ArrowDown');
    await box.press('Tab');
    assert.equal(await box.inputValue(), '/find ');
    await page.keyboard.press('Control+z');
    assert.equal(await box.inputValue(), '/');
    await box.fill('');
    await box.pressSequentially('/new');
    await list.getByText('Begin a new chat').waitFor();
    await box.press('Enter');
    assert.equal((await take('submitPrompt')).text, '/new');
    assert.equal(await list.isVisible(), false);
    await close();
  });

  it('takes an item by the mouse, and keeps the focus in the box', async () => {
    const { page, box, list, take, close } = await open();
    await box.pressSequentially('#');
    await list.getByText('#editors').click();
    assert.equal((await take('attach')).id, 'editors');
    assert.equal(await page.evaluate(() => document.activeElement?.className), 'composer-text');
    await close();
  });

  it('closes by Escape for this word, without stopping the answer, and opens again for the next', async () => {
    const { box, list, take, sent, post, close } = await open();
    await post({ type: 'turnAdded', index: 0, turn: aTurn({ id: 'a', state: 'streaming' }) });
    await box.pressSequentially('#a');
    await list.waitFor();
    await box.press('Escape');
    assert.equal(await list.isVisible(), false);
    assert.equal(await box.inputValue(), '#a');
    await box.pressSequentially('s');
    await box.pressSequentially(' #e');
    await list.getByText('#editors').waitFor();
    assert.equal(
      sent.some((message) => message.type === 'complete' && message.query === '#as'),
      false,
    );
    assert.equal(
      sent.some(({ type }) => type === 'stopReply'),
      false,
    );
    await box.press('Escape');
    await box.press('Escape');
    await take('stopReply');
    await close();
  });

  it('leaves an answer to an older query alone, and says when nothing is found', async () => {
    const panel = await pages.open();
    const { box } = panel;
    const list = panel.page.getByRole('listbox', { name: 'Completions' });
    await box.pressSequentially('#as');
    while ((await panel.take('complete')).query !== '#as');
    await panel.post({ type: 'completions', query: '#a', items: someCompletions });
    assert.equal(await list.isVisible(), false);
    await panel.post({ type: 'completions', query: '#as', items: [] });
    await panel.page.getByText('Nothing found').waitFor();
    await box.press('Enter');
    assert.equal((await panel.take('submitPrompt')).text, '#as');
    await panel.page.getByText('Nothing found').waitFor({ state: 'hidden' });
    await panel.close();
  });

  it('asks once for a frame, and not at all for what cannot be completed', async () => {
    const panel = await pages.open();
    const { box } = panel;
    await box.pressSequentially('a sentence of C# and a/b');
    await box.evaluate(async (element: HTMLTextAreaElement) => {
      for (const text of ['#', '#a', '#as', '#ask']) {
        element.value = text;
        element.dispatchEvent(new Event('input'));
      }
    });
    assert.equal((await panel.take('complete')).query, '#ask');
    assert.equal(panel.sent.filter(({ type }) => type === 'complete').length, 1);
    await panel.close();
  });
});
