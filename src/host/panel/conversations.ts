import type * as vscode from 'vscode';
import { type Beginning, Conversation } from './conversation.ts';
import type { PanelServices } from './panelServices.ts';
import { placeOf } from './roomPlaces.ts';

/** The conversations of this window: pages that show the same room share one. */
export class Conversations implements vscode.Disposable {
  readonly #services: PanelServices;
  /** How many pages show it; `undefined`: none yet. */
  readonly #users = new Map<Conversation, number | undefined>();

  readonly #subscription: vscode.Disposable;

  constructor(services: PanelServices) {
    this.#services = services;
    this.#subscription = services.live.onEvent(({ type }) => {
      if (type === 'ended') this.#tidy();
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const conversation of this.#users.keys()) conversation.dispose();
  }

  /** All that are shown or still run. */
  all(): Conversation[] {
    return [...this.#users.keys()];
  }

  /** The conversation of a room; undefined for a key that names no connection's room. */
  open(wanted: string): Conversation | undefined {
    const key = placeOf(wanted, this.#services)?.key;
    if (key === undefined) return undefined;
    const known = this.all().find((conversation) => conversation.key === key);
    if (known) return known;
    const conversation = new Conversation(this.#services);
    if (!conversation.openRoom(key)) {
      conversation.dispose();
      return undefined;
    }
    this.#users.set(conversation, undefined);
    return conversation;
  }

  /** One without a room. */
  create(beginning?: Beginning): Conversation {
    const conversation = new Conversation(this.#services, beginning);
    this.#users.set(conversation, undefined);
    return conversation;
  }

  /** A page shows it. */
  acquire(conversation: Conversation): void {
    this.#users.set(conversation, (this.#users.get(conversation) ?? 0) + 1);
  }

  /** A page no longer shows it. What runs goes on. */
  release(conversation: Conversation): void {
    this.#users.set(conversation, Math.max(0, (this.#users.get(conversation) ?? 0) - 1));
    this.#tidy();
  }

  #tidy(): void {
    for (const [conversation, users] of this.#users) {
      if (users !== 0 || conversation.running.length > 0) continue;
      this.#users.delete(conversation);
      conversation.dispose();
    }
  }
}
