import type { FrameLocator, Locator, Page } from 'playwright-core';
import type { Workbench } from './workbench.ts';

/** A busy machine takes its time to start an extension host and to load a webview. */
const readyLimitMs = 90_000;

/** The chat panel of a window: its page is in a frame of a frame. */
export class Panel {
  readonly #workbench: Workbench;
  readonly #page: Page;
  readonly frame: FrameLocator;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
    this.#page = workbench.page;
    this.frame = this.#page.frameLocator('iframe.webview.ready').last().frameLocator('#active-frame');
  }

  /** Opens the panel from the palette with a new chat: an earlier test may have left a room there. */
  async open(): Promise<void> {
    // The palette knows our commands only once the extension host is there; the side bar shows one of the two views.
    await Promise.any([this.#workbench.chat.ready(), this.ready()]);
    // A new conversation in the Chat view brings that view back a moment later.
    for (let tries = 0; tries < 3; tries += 1) {
      await this.#workbench.runCommand('Tachyon: Open Chat Panel');
      if (await this.#isShown()) break;
    }
    await this.ready();
    await this.frame.locator('.header').getByRole('button', { name: 'New Chat' }).click();
    await this.turns().first().waitFor({ state: 'detached' });
  }

  async #isShown(): Promise<boolean> {
    return this.composer()
      .waitFor({ timeout: 15_000 })
      .then(() => true)
      .catch(() => false);
  }

  /** Waits until the page is there. */
  async ready(): Promise<void> {
    await this.composer().waitFor({ timeout: readyLimitMs });
  }

  composer(): Locator {
    return this.frame.locator('.composer textarea');
  }

  turns(): Locator {
    return this.frame.locator('article.turn');
  }

  lastTurn(): Locator {
    return this.turns().last();
  }

  /** The name above the transcript. */
  name(): Locator {
    return this.frame.locator('.room-name');
  }

  /** Sends a prompt and waits until it stands in the transcript. */
  async send(prompt: string): Promise<void> {
    await this.composer().fill(prompt);
    await this.composer().press('Enter');
    await this.turns().locator('.prompt-text').filter({ hasText: prompt }).last().waitFor();
  }

  /** Sends a prompt and returns its whole answer. */
  async ask(prompt: string): Promise<string> {
    await this.send(prompt);
    await this.waitForState('answered');
    return this.reply();
  }

  /** Text of the reply at the end as it is shown now. */
  async reply(): Promise<string> {
    return (await this.lastTurn().locator('.reply').first().innerText()).trim();
  }

  /** Waits until the turn at the end is in a state. */
  async waitForState(state: string, limitMs = 60_000): Promise<void> {
    await this.frame
      .locator(`article.turn[data-state="${state}"]`)
      .and(this.lastTurn())
      .waitFor({ timeout: limitMs });
  }

  /** Waits until the turn at the end shows a text. */
  async waitForText(text: string | RegExp, limitMs = 30_000): Promise<void> {
    await this.lastTurn().filter({ hasText: text }).waitFor({ timeout: limitMs });
  }

  /** The prompts that are shown, oldest first. */
  async prompts(): Promise<string[]> {
    return this.turns().locator('.prompt-text').allInnerTexts();
  }

  /** Unfolds the list of chatrooms. */
  async openList(): Promise<void> {
    const toggle = this.frame.locator('.header button').first();
    if ((await toggle.getAttribute('aria-expanded')) !== 'true') await toggle.click();
    await this.frame.locator('.rooms-listbox').waitFor();
  }

  /** A row of the list by its room's name. */
  room(name: string | RegExp): Locator {
    return this.frame.locator('.room-option').filter({ hasText: name });
  }

  /** Chooses an item of a menu that a button opens. */
  async choose(button: Locator, item: string): Promise<void> {
    await button.click();
    await this.frame.getByRole('menuitem', { name: item }).click();
  }

  /** The menu in the header. */
  menu(): Locator {
    return this.frame.locator('.header button').last();
  }

  /** Presses a button of a turn. */
  async press(turn: Locator, label: string): Promise<void> {
    await turn.hover();
    await turn.getByRole('button', { name: label, exact: true }).first().click();
  }
}
