import type { Locator, Page } from 'playwright-core';

/**
 * Notification toasts. They are not shown by a server that runs with `--enable-smoke-test-driver`, which is why
 * extensions are installed for end-to-end tests instead of being loaded with extensionDevelopmentPath.
 */
export class Notifications {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Waits for a notification with the text and returns its whole message. */
  async waitFor(text: string | RegExp): Promise<string> {
    const message = this.#toast(text).locator('.notification-list-item-message');
    await message.waitFor();
    return message.innerText();
  }

  /** Labels of the notification's buttons. */
  async buttons(text: string | RegExp): Promise<string[]> {
    await this.waitFor(text);
    return this.#toast(text)
      .locator('.notification-list-item-buttons-container .monaco-button')
      .allInnerTexts();
  }

  /** Presses a button of the notification with the text. */
  async press(text: string | RegExp, button: string): Promise<void> {
    await this.#toast(text).getByRole('button', { name: button, exact: true }).click();
  }

  /** Messages of all toasts that are shown now. */
  async messages(): Promise<string[]> {
    return this.#page.locator('.notification-toast .notification-list-item-message').allInnerTexts();
  }

  #toast(text: string | RegExp): Locator {
    return this.#page.locator('.notification-toast').filter({ hasText: text }).first();
  }
}
