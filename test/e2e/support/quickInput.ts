import type { Locator, Page } from 'playwright-core';

/** VS Code's input box and picker; extensions' boxes and the command palette share one widget. */
export class QuickInput {
  readonly #page: Page;
  readonly #widget: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#widget = page.locator('.quick-input-widget');
  }

  /** Waits for a box by its title; the next box of a series reuses the widget, so the title tells them apart. */
  async waitForTitle(title: string | RegExp): Promise<void> {
    await this.#widget.locator('.quick-input-title').filter({ hasText: title }).waitFor();
  }

  /** Fills in the box, a password box too, without accepting it. */
  async fill(text: string): Promise<void> {
    await this.#input().fill(text);
  }

  /** Accepts the box, or the focused item. */
  async accept(): Promise<void> {
    // A box that is gone would leave the key to what has the focus then.
    await this.#input().waitFor();
    await this.#input().press('Enter');
  }

  /** Closes the box without a choice. */
  async cancel(): Promise<void> {
    await this.#input().press('Escape');
  }

  /** Whether the box hides what is typed. */
  async isPassword(): Promise<boolean> {
    return (await this.#input().getAttribute('type')) === 'password';
  }

  /** The value in the box. */
  async value(): Promise<string> {
    return this.#input().inputValue();
  }

  /**
   * Waits until the value begins with the text, and returns it whole: VS Code's file dialog is shown before its proposal
   * is in the box, and what is typed until then is lost.
   */
  async waitForValue(beginning: string): Promise<string> {
    await this.#page.waitForFunction(
      (expected) =>
        document
          .querySelector<HTMLInputElement>('.quick-input-widget input[type=text]')
          ?.value.startsWith(expected),
      beginning,
    );
    return this.value();
  }

  /** The text under the box, once it is an error of validation. */
  async validationMessage(): Promise<string> {
    await this.#widget.locator('.monaco-inputbox.error').waitFor();
    return this.#widget.locator('.quick-input-message').innerText();
  }

  /** The items of a picker, each with label and description on lines of their own. */
  async items(): Promise<string[]> {
    await this.#rows().first().waitFor();
    return this.#rows().allInnerTexts();
  }

  /** Waits until the first item has the text: an extension makes its items anew a moment after a key. */
  async waitForFirst(text: RegExp): Promise<void> {
    await this.#rows().first().filter({ hasText: text }).waitFor();
  }

  /** Picks the first item that has the text. */
  async pick(text: string | RegExp): Promise<void> {
    await this.#rows().filter({ hasText: text }).first().click();
  }

  /** Waits until no box is open. */
  async waitUntilClosed(): Promise<void> {
    await this.#page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  #input(): Locator {
    // A check box for "select all" is an input too.
    return this.#widget.locator('input[type=text], input[type=password]').first();
  }

  #rows(): Locator {
    return this.#widget.locator('.quick-input-list .monaco-list-row');
  }
}
