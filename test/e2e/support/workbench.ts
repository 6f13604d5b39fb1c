import type { BrowserContext, Locator, Page } from 'playwright-core';
import { ChatView } from './chatView.ts';
import { Notifications } from './notifications.ts';
import { QuickInput } from './quickInput.ts';
import { inTallWindow } from './tallWindow.ts';

/** How often a command is tried from the palette, and how long each step may take, in milliseconds. */
const mostTries = 4;
const stepLimitMs = 10_000;

/** A row of *Developer: Show Running Extensions*. */
export interface RunningExtension {
  readonly name: string;
  /** Milliseconds from the activation event to the end of activation; undefined while not activated. */
  readonly activationMs: number | undefined;
  /** The row's whole text. */
  readonly text: string;
}

/** One window of VS Code in the browser, driven as a person would. */
export class Workbench {
  readonly page: Page;
  readonly chat: ChatView;
  readonly quickInput: QuickInput;
  readonly notifications: Notifications;

  private constructor(page: Page) {
    this.page = page;
    this.chat = new ChatView(page);
    this.quickInput = new QuickInput(page);
    this.notifications = new Notifications(page);
  }

  /** Opens a window and waits until its workbench is there. */
  static async open(context: BrowserContext, url: string): Promise<Workbench> {
    const workbench = new Workbench(await context.newPage());
    await workbench.page.goto(url);
    await workbench.ready();
    return workbench;
  }

  /** Waits until the workbench has restored itself. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar .statusbar-item').first().waitFor();
  }

  /** Reloads the window as a person does: VS Code saves its conversations first, and the host starts anew. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.runCommand('Developer: Reload Window');
    await loaded;
    await this.ready();
  }

  /** Runs a command from the palette by its whole title, such as `Tachyon: Sign In`. */
  async runCommand(title: string): Promise<void> {
    const palette = this.page.locator('.quick-input-widget');
    // Not the first row: "Chat: New Chat" also finds "Chat: New Chat Editor", and the list fills while one types.
    const row = palette
      .locator('.monaco-list-row')
      .filter({ has: exactly(this.page, title) })
      .first();
    await this.#tryAgain(async () => {
      await this.page.keyboard.press('F1');
      await palette.locator('input[type=text]').first().fill(`>${title}`, { timeout: stepLimitMs });
      await row.click({ timeout: stepLimitMs });
    });
  }

  /** Opens a file of the workspace by its name, and waits for its tab. */
  async openFile(name: string): Promise<void> {
    const rows = this.page.locator('.quick-input-widget .monaco-list-row').filter({ hasText: name });
    await this.#tryAgain(async () => {
      await this.page.keyboard.press('Control+P');
      await this.quickInput.fill(name);
      // A row that is made anew under the click opens nothing.
      await rows.first().click({ timeout: stepLimitMs });
      await this.tab(name).waitFor({ timeout: stepLimitMs });
    });
  }

  /** Asks a question by the list of quick prompts, again where a new conversation took the focus from the box. */
  async askQuickPrompt(text: string): Promise<void> {
    const box = this.page.locator('.quick-input-widget');
    await this.#tryAgain(async () => {
      await this.page.keyboard.press('Control+Alt+q');
      await box
        .locator('.quick-input-title')
        .filter({ hasText: 'Quick Prompt' })
        .waitFor({ timeout: stepLimitMs });
      await box.locator('input[type=text]').first().fill(text, { timeout: stepLimitMs });
      const first = box.locator('.quick-input-list .monaco-list-row').first();
      // Not with Enter: without the box it would send what stands in the Chat view.
      await first.filter({ hasText: text }).click({ timeout: stepLimitMs });
    });
  }

  /** A view that takes the focus a moment later closes a box: again, as a person would. */
  async #tryAgain(choose: () => Promise<void>): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        await choose();
        return;
      } catch (error) {
        if (tries === mostTries) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** The tab of an editor. */
  tab(name: string | RegExp): Locator {
    return this.page.locator('.part.editor .tabs-container .tab').filter({ hasText: name });
  }

  /** Closes the menus, hovers and pickers that may cover the window, and writes a PNG. */
  async screenshot(path: string): Promise<void> {
    await this.page.mouse.move(0, 0);
    await this.page.screenshot({ path });
  }

  /** Opens *Developer: Show Running Extensions* and reads its rows once `name` is among them with its time. */
  async runningExtensions(name: string): Promise<RunningExtension[]> {
    await this.runCommand('Developer: Show Running Extensions');
    const rows = this.page.locator('.runtime-extensions-editor .monaco-list-row');
    const texts = await inTallWindow(this.page, async () => {
      await rows
        .filter({ has: this.page.getByText(name, { exact: true }) })
        .filter({ hasText: /\d+\s?ms/ })
        .first()
        .waitFor();
      return rows.allInnerTexts();
    });
    return texts.map(readRunningExtension);
  }
}

function readRunningExtension(text: string): RunningExtension {
  const milliseconds = /(\d+)\s?ms/.exec(text)?.[1];
  return {
    name: text.split('\n')[0] ?? '',
    activationMs: milliseconds === undefined ? undefined : Number(milliseconds),
    text,
  };
}

function exactly(page: Page, label: string): Locator {
  return page.locator('.label-name').getByText(label, { exact: true });
}
