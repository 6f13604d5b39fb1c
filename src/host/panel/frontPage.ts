import * as vscode from 'vscode';
import { contexts } from '../../shared/contributions.ts';
import type { PanelPage } from './panelPage.ts';

/** Which page of the panel commands act on: the one that had the focus last, of those that are seen. */
export class FrontPage {
  /** The one that had the focus last comes last. */
  readonly #pages = new Set<PanelPage>();
  readonly #waiting = new Set<(page: PanelPage) => void>();
  #focused: PanelPage | undefined;
  readonly #told = new Map<string, boolean>();

  get current(): PanelPage | undefined {
    return [...this.#pages].findLast(({ isReady }) => isReady);
  }

  /** All pages, seen or not. */
  get all(): PanelPage[] {
    return [...this.#pages];
  }

  get hasFocus(): boolean {
    return this.#focused !== undefined;
  }

  /** A page came, or is in front now. */
  add(page: PanelPage): void {
    this.#pages.delete(page);
    this.#pages.add(page);
    this.tellContext();
  }

  remove(page: PanelPage): void {
    this.#pages.delete(page);
    this.focusChanged(page, false);
  }

  focusChanged(page: PanelPage, hasFocus: boolean): void {
    if (hasFocus) {
      this.#focused = page;
      this.add(page);
      return;
    }
    if (this.#focused === page) this.#focused = undefined;
    this.tellContext();
  }

  /** The next page that is ready. */
  next(): Promise<PanelPage> {
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  /** A page can be told things from now on. */
  ready(page: PanelPage): void {
    for (const resolve of this.#waiting) resolve(page);
    this.#waiting.clear();
    this.tellContext();
  }

  /** Tells VS Code which commands make sense. */
  tellContext(): void {
    this.#set(contexts.showsRoom, this.current?.conversation.key !== undefined);
    this.#set(contexts.hasFocus, this.hasFocus);
  }

  #set(context: string, value: boolean): void {
    if (this.#told.get(context) === value) return;
    this.#told.set(context, value);
    void vscode.commands.executeCommand('setContext', context, value);
  }
}
