import type { Locator, Page } from 'playwright-core';
import { pickModel } from './modelPicker.ts';
import { inTallWindow, nextFrame } from './tallWindow.ts';

/** A long answer is paced by VS Code itself: it goes on for many seconds after the handler has returned. */
const answerLimitMs = 60_000;

/** A busy machine takes its time to start an extension host. */
const readyLimitMs = 90_000;

/** VS Code's Chat view. Its rows are numbered from 0: prompt, response, prompt, … */
export class ChatView {
  readonly #page: Page;
  readonly #session: Locator;

  constructor(page: Page) {
    this.#page = page;
    // A chat editor has an .interactive-session too, and so has a quick chat.
    this.#session = page.locator(
      '.part.auxiliarybar .interactive-session, .part.sidebar .interactive-session',
    );
  }

  /**
   * Waits until the view is shown and its picker names a model. Before that, a prompt fails with
   * "Language model unavailable" without the participant being called.
   */
  async ready(model: string | RegExp = /^(?!Models$)\s*\S/): Promise<void> {
    const timeout = readyLimitMs;
    await this.#session.locator('.interactive-input-part .monaco-editor').first().waitFor({ timeout });
    await this.#modelPicker().filter({ hasText: model }).waitFor({ timeout });
  }

  /** Shows the view where it is closed, as in a window without a folder, or where another view has its place. */
  async open(): Promise<void> {
    // The key closes it where it has the focus.
    if ((await this.#session.filter({ visible: true }).count()) === 0)
      await this.#page.keyboard.press('ControlOrMeta+Alt+i');
    await this.ready();
  }

  /** Name of the model in the picker. */
  async model(): Promise<string> {
    return (await this.#modelPicker().innerText()).trim();
  }

  /** Picks a model in the picker. */
  async selectModel(name: string): Promise<void> {
    await pickModel(this.#page, this.#modelPicker(), name);
  }

  /** Puts the text in the box, as it is: sticky participants have left `@name ` there. */
  async typePrompt(text: string): Promise<void> {
    await this.#fill(this.#input(), text);
  }

  /** Sends a prompt and returns as soon as it is on its way. */
  async send(prompt: string): Promise<void> {
    const before = await this.#lastIndex();
    await this.typePrompt(prompt);
    await this.#input().locator('.chat-submit-button a:not(.disabled)').click();
    await this.#row('request', before + 1).waitFor();
  }

  /** Sends a prompt and returns the text of the whole answer. */
  async ask(prompt: string, limitMs: number = answerLimitMs): Promise<string> {
    const before = await this.#lastIndex();
    await this.send(prompt);
    await this.#row('response', before + 2).waitFor({ timeout: limitMs });
    return this.waitForAnswer(limitMs);
  }

  /** Waits until the response at the end is complete and returns its text. */
  async waitForAnswer(limitMs: number = answerLimitMs): Promise<string> {
    await this.#lastResponse(':not(.chat-response-loading)').waitFor({ timeout: limitMs });
    await this.#stopButton().waitFor({ state: 'hidden', timeout: limitMs });
    return this.answer();
  }

  /** Waits until the response at the end shows the text, complete or not. */
  async waitForText(text: string | RegExp, limitMs: number = answerLimitMs): Promise<void> {
    await this.#lastResponse().locator('.value').filter({ hasText: text }).waitFor({ timeout: limitMs });
  }

  /** Text of the markdown in the response at the end as it is shown now, without progress, buttons and references. */
  async answer(): Promise<string> {
    const parts = await this.#lastResponse().locator('.value > .chat-markdown-part').allInnerTexts();
    return parts.join('\n').trim();
  }

  /** Everything that the response at the end shows. */
  async responseText(): Promise<string> {
    // Only .value: "Checkpoint Restored" and the like stand beside it.
    return (await this.#lastResponse().locator('.value').innerText()).trim();
  }

  /** The follow-ups above the box. */
  async followups(): Promise<string[]> {
    const links = this.#input().locator('.interactive-input-followups .monaco-button');
    await links.first().waitFor();
    return links.allInnerTexts();
  }

  /** The error box of the response at the end, or undefined. */
  async error(): Promise<string | undefined> {
    const box = this.#lastResponse().locator('.chat-notification-widget');
    return (await box.count()) === 0 ? undefined : (await box.first().innerText()).trim();
  }

  /** The response at the end, for questions that this class does not answer. */
  lastResponse(): Locator {
    return this.#lastResponse();
  }

  /** The conversation's prompts, oldest first. */
  async prompts(): Promise<string[]> {
    const rows = this.#rows().and(this.#page.locator('.request'));
    const found = await inTallWindow(this.#page, () =>
      rows.evaluateAll((elements) =>
        elements.map((element) => ({
          index: Number(element.getAttribute('data-index')),
          text: element.querySelector<HTMLElement>('.value')?.innerText ?? '',
        })),
      ),
    );
    // The DOM order is that of creation, not of the conversation.
    return found.toSorted((a, b) => a.index - b.index).map(({ text }) => text.trim());
  }

  /** Waits until a prompt is shown, for instance because VS Code has restored its conversation. */
  async waitForPrompt(text: string): Promise<void> {
    await this.#rows().and(this.#page.locator('.request')).filter({ hasText: text }).first().waitFor();
  }

  /** Presses Stop and waits until the box is free again. */
  async stop(): Promise<void> {
    await this.#stopButton().click();
    await this.#stopButton().waitFor({ state: 'hidden' });
  }

  /** Presses a button that the response at the end shows. */
  async pressButton(label: string): Promise<void> {
    await this.#lastResponse().getByRole('button', { name: label, exact: true }).click();
  }

  /** Starts a new conversation, unless the one that is shown is new: nobody can see when one has taken its place. */
  async newChat(): Promise<void> {
    if ((await this.#rows().count()) === 0) return;
    await this.#page.locator('.part.auxiliarybar .title-actions a[aria-label^="New Chat ("]').first().click();
    await this.#rows().first().waitFor({ state: 'detached' });
    // It takes the focus a moment later, also from a palette that is opened meanwhile.
    await this.#session.locator('.interactive-input-part .monaco-editor.focused').first().waitFor();
  }

  /** Presses *Retry* on the response at the end and returns the new answer. */
  async retry(): Promise<string> {
    await this.#markShownAnswers();
    await this.#lastResponse().locator('a[aria-label="Retry"]').click();
    return this.#nextAnswer();
  }

  /** Edits the `turn`th prompt (from 0) and sends it again; later turns go away. Returns the new answer. */
  async edit(turn: number, prompt: string): Promise<string> {
    await this.#markShownAnswers();
    const row = this.#row('request', turn * 2);
    await this.#reveal(row);
    await row.locator('.chat-markdown-part.clickable').click();
    const box = this.#session.locator('.chat-edit-input-container');
    await this.#fill(box, prompt);
    // No Escape here: it asks whether to discard the edit.
    await box.locator('.chat-submit-button a:not(.disabled)').click();
    await box.waitFor({ state: 'detached' });
    return this.#nextAnswer();
  }

  /** Presses *Restore Checkpoint* above the `turn`th prompt (from 0), which goes away with all later ones. */
  async restoreCheckpoint(turn: number): Promise<void> {
    const row = this.#row('request', turn * 2);
    await this.#reveal(row);
    await row.locator('.chat-restore-checkpoint-item a.action-label').first().click();
    await row.waitFor({ state: 'detached' });
  }

  async #fill(box: Locator, text: string): Promise<void> {
    await box.locator('.monaco-editor').first().click();
    await this.#page.keyboard.press('ControlOrMeta+a');
    // Inserted at once, so that no completion list opens and takes the Enter key.
    await this.#page.keyboard.insertText(text);
  }

  /** Scrolls up until a prompt is drawn, and not under the copy of another one that sticks to the top. */
  async #reveal(row: Locator): Promise<void> {
    const list = await this.#session.locator('.interactive-list').boundingBox();
    if (list === null) throw new Error('The Chat view is hidden.');
    const stickyHeight = 80;
    await this.#page.mouse.move(list.x + list.width / 2, list.y + list.height / 2);
    for (let tries = 0; tries < 1000; tries++) {
      const box = (await row.count()) === 0 ? null : await row.boundingBox();
      const top = (await this.#row('request', 0).and(row).count()) === 0 ? list.y + stickyHeight : list.y;
      if (box !== null && box.y >= top) return;
      await this.#page.mouse.wheel(0, -200);
      await nextFrame(this.#page);
    }
    throw new Error('The prompt is not in the Chat view.');
  }

  async #lastIndex(): Promise<number> {
    const indices = await this.#rows().evaluateAll((rows) =>
      rows.map((row) => Number(row.getAttribute('data-index'))),
    );
    return Math.max(-1, ...indices);
  }

  /** Marks what is shown, because a new answer in the same row may have the same text. */
  async #markShownAnswers(): Promise<void> {
    await this.#rows()
      .locator('.value > *')
      .evaluateAll((parts) => {
        for (const part of parts) part.setAttribute('data-shown-before', '');
      });
  }

  async #nextAnswer(): Promise<string> {
    await this.#lastResponse()
      .locator('.value', { hasNot: this.#page.locator('[data-shown-before]') })
      .waitFor();
    return this.waitForAnswer();
  }

  #input(): Locator {
    return this.#session.locator('> .interactive-input-part');
  }

  #modelPicker(): Locator {
    return this.#input().locator('.model-picker-name .chat-input-picker-label');
  }

  #stopButton(): Locator {
    return this.#input().locator('.chat-execute-toolbar a.codicon-stop-circle');
  }

  #rows(): Locator {
    // Not the copies in .monaco-tree-sticky-container, which VS Code keeps at the top while one scrolls.
    return this.#session.locator('.monaco-list-rows > .monaco-list-row');
  }

  #row(kind: 'request' | 'response', index: number): Locator {
    return this.#session.locator(`.monaco-list-rows > .monaco-list-row.${kind}[data-index="${index}"]`);
  }

  #lastResponse(state = ''): Locator {
    return this.#rows().locator(`.interactive-response.chat-most-recent-response${state}`);
  }
}
