import type * as vscode from 'vscode';
import { parts } from '../../vscodeParts.ts';

/** A box that is played: what a person does there. */
export class PlayedBox {
  value = '';
  busy = false;
  title = '';
  placeholder = '';
  matchOnDescription = false;
  isOpen = false;
  activeItems: readonly vscode.QuickPickItem[] = [];
  selectedItems: readonly vscode.QuickPickItem[] = [];
  #items: readonly vscode.QuickPickItem[] = [];
  readonly #listed = Promise.withResolvers<void>();
  readonly #changed = new parts.EventEmitter();
  readonly #accepted = new parts.EventEmitter();
  readonly #hidden = new parts.EventEmitter();
  readonly #pressed = new parts.EventEmitter();
  readonly onDidChangeValue = this.#changed.event;
  readonly onDidAccept = this.#accepted.event;
  readonly onDidHide = this.#hidden.event;
  readonly onDidTriggerItemButton = this.#pressed.event;

  get items() {
    return this.#items;
  }

  /** The first one is active then, as in VS Code. */
  set items(items) {
    this.#items = items;
    this.activeItems = this.choices.slice(0, 1);
    this.#listed.resolve();
  }

  /** The list is there. */
  get listed(): Promise<void> {
    return this.#listed.promise;
  }

  get choices() {
    return this.#items.filter(({ kind }) => kind === undefined);
  }

  get labels() {
    return this.choices.map(({ label }) => label);
  }

  show(): void {
    this.isOpen = true;
  }

  hide(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.#hidden.fire(undefined);
  }

  dispose(): void {
    this.#hidden.dispose();
  }

  type(text: string): void {
    this.value = text;
    this.#changed.fire(text);
  }

  goTo(label: string): void {
    this.activeItems = this.choices.filter((item) => item.label === label);
  }

  enter(): void {
    this.selectedItems = this.activeItems;
    this.#accepted.fire(undefined);
  }

  press(label: string, tooltip: string): void {
    const item = this.choices.find((each) => each.label === label);
    const button = item?.buttons?.find((each) => each.tooltip === tooltip);
    this.#pressed.fire({ item, button });
  }
}
