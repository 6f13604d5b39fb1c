import type { ConversationHeader } from '../../shared/panelMessages.ts';
import type { Conversation } from './conversation.ts';
import { conversationHeader } from './conversationHeader.ts';
import type { PanelState } from './panelState.ts';
import { type PanelLook, panelLook } from './quickLook.ts';

/** The page that a header stands on. */
interface HeaderPage {
  conversation(): Conversation;
  isDisposed(): boolean;
  /** Title and the like, which are seen also while the page is not. */
  onLook(look: PanelLook): void;
  /** Follows some work, and says what went wrong. */
  begin(work: Promise<void>): void;
  tell(header: ConversationHeader): void;
}

/** What a page and its title say of the conversation. */
export class PageHeader {
  readonly #page: HeaderPage;
  readonly #state: PanelState;
  #shown: ConversationHeader | undefined;

  constructor(page: HeaderPage, state: PanelState) {
    this.#page = page;
    this.#state = state;
  }

  /** Another conversation is shown. */
  forget(): void {
    this.#shown = undefined;
  }

  /** Something that it says is another one. */
  async changed(): Promise<void> {
    this.#page.begin(this.findName());
    await this.show();
  }

  /** The list that says what the room is called may be slow, and is waited for by nobody. */
  async findName(): Promise<void> {
    const { view } = this.#page.conversation();
    if (!view) return;
    const { roomNames } = this.#state;
    const before = roomNames.get(view.key);
    // The list itself says what is wrong with it.
    const found = await roomNames.find(view.place).catch(() => undefined);
    if (found && found !== before) await this.show();
  }

  /** Tells it anew. */
  async show(): Promise<void> {
    const conversation = this.#page.conversation();
    const header = await conversationHeader(conversation, this.#state);
    if (conversation !== this.#page.conversation()) return;
    this.look(header);
    this.#page.tell(header);
  }

  /** Tells the title and the like. */
  look(header: ConversationHeader): void {
    if (this.#page.isDisposed()) return;
    this.#shown = header;
    this.#page.onLook(panelLook(this.#page.conversation(), header));
  }

  /** An answer began, or came to its end. */
  stateChanged(): void {
    if (this.#shown) this.look(this.#shown);
  }
}
