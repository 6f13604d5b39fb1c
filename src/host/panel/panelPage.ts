import * as vscode from 'vscode';
import { systemClock } from '../../chat/clock.ts';
import { draftOfNewChat } from '../../chat/panel/drafts.ts';
import { readEdit, writeEdit } from '../../chat/panel/editDrafts.ts';
import { readDraft } from '../../chat/panel/outgoingDrafts.ts';
import { readSlashCommand } from '../../chat/panel/slashCommand.ts';
import type { ConversationHeader, FromWebview, PanelTurn, ToWebview } from '../../shared/panelMessages.ts';
import { parseFromWebview } from '../../shared/parseFromWebview.ts';
import type { Conversation, ConversationChange } from './conversation.ts';
import { commandCompletions, commandNames } from './commandCompletions.ts';
import { conversationState, latestTurns } from './conversationState.ts';
import { createSearch } from './findInConversation.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { isAboutAttachments, PageAttachments } from './pageAttachments.ts';
import { PageHeader } from './pageHeader.ts';
import type { PanelActions } from './panelActions.ts';
import { isPanelRequest } from './panelRequest.ts';
import type { PanelState } from './panelState.ts';
import { panelTexts } from './panelTexts.ts';
import type { PanelHolder } from './panelHolder.ts';
import { RoomList } from './roomList.ts';
import { isAboutRooms, runListRequest } from './roomListRequests.ts';
import { shownTurn } from './roomTurns.ts';

/** One page: which conversation it shows, and what it is told of it. The page itself may come and go. */
export class PanelPage implements vscode.Disposable {
  readonly #state: PanelState;
  readonly #holder: PanelHolder;
  readonly #actions: PanelActions;
  readonly #outbox: Outbox;
  readonly #list: RoomList;
  readonly attachments: PageAttachments;
  #conversation: Conversation;
  #subscription: vscode.Disposable | undefined;
  readonly #header: PageHeader;
  #isReady = false;
  #isDisposed = false;
  /** The page has the conversation's turns, and is told what changes. */
  #isShown = false;
  /** The conversation that came last was told. */
  #lastShown: Promise<void> = Promise.resolve();
  #starting = 0;
  #showing = 0;
  readonly #find = createSearch(this);

  constructor(state: PanelState, actions: PanelActions, holder: PanelHolder, key: string | undefined) {
    this.#state = state;
    this.#actions = actions;
    this.#holder = holder;
    this.#outbox = createOutbox((message) => holder.post(message), systemClock);
    this.#list = new RoomList(state, (list) => this.tell({ type: 'rooms', list }));
    this.#conversation =
      (key === undefined ? undefined : state.conversations.open(key)) ?? state.conversations.create();
    this.attachments = new PageAttachments(
      {
        conversation: () => this.#conversation,
        post: (message) => this.tell(message),
        notice: (text) => this.notice(text),
      },
      state.panel,
    );
    this.#header = new PageHeader(
      {
        conversation: () => this.#conversation,
        isDisposed: () => this.#isDisposed,
        onLook: (look) => holder.onLook(look),
        begin: (work) => this.begin(work),
        tell: (header) => this.#tellHeader(header),
      },
      state,
    );
    this.#follow();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.hide();
    this.#list.dispose();
    this.attachments.dispose();
    this.#subscription?.dispose();
    this.#state.conversations.release(this.#conversation);
  }

  get conversation(): Conversation {
    return this.#conversation;
  }

  /** Whether this is the conversation that people see here, or see when the page comes back. */
  shows(conversation: Conversation): boolean {
    return conversation === this.#conversation && !this.#isDisposed;
  }

  /** A page is there and listens. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** The page is gone until it says `ready` again. */
  hide(): void {
    this.#starting += 1;
    this.#isReady = false;
    this.#isShown = false;
    this.#outbox.clear();
  }

  /** Takes a message of the page: anything at all. */
  receive(value: unknown): void {
    const message = parseFromWebview(value);
    if (!message) {
      this.#state.panel.log.info('A message of the panel was ignored');
      return;
    }
    this.begin(this.#handle(message));
  }

  /** Follows some work for this page, and says what went wrong. */
  begin(work: Promise<void>): void {
    work.catch((error: unknown) => this.#actions.tellFailure(this, error));
  }

  /** Shows another conversation. */
  show(conversation: Conversation): void {
    if (conversation === this.#conversation) return;
    const before = this.#conversation;
    this.#conversation = conversation;
    this.#follow();
    this.#state.conversations.release(before);
    if (this.#isReady) this.begin((this.#lastShown = this.#showAll()));
  }

  /** Tells the page something, if it is there. */
  tell(message: ToWebview): void {
    if (this.#isReady) this.#outbox.push(message);
  }

  /** Says something for some seconds. */
  notice(text: string): void {
    this.tell({ type: 'notice', text });
  }

  /** The person shall be able to type at once. */
  focus(): void {
    this.tell({ type: 'focus' });
  }

  /** Puts a text into the composer of the conversation, when the page has that. */
  compose(text: string): void {
    this.begin(this.#compose(this.#conversation, text));
  }

  async #compose(conversation: Conversation, text: string): Promise<void> {
    await this.#lastShown.catch(() => undefined);
    if (this.shows(conversation)) this.tell({ type: 'compose', text });
  }

  /** The list of rooms is no longer right: it is read anew, or only told anew. */
  roomsChanged(isToRead: boolean): void {
    if (!this.#isReady) return;
    if (isToRead) void this.#list.refresh();
    else this.#list.show();
  }

  /** Tells the page the header anew. */
  headerChanged(): Promise<void> {
    return this.#header.changed();
  }

  #tellHeader(header: ConversationHeader): void {
    if (!this.#isShown) return;
    this.tell({ type: 'header', header: { ...header, problem: header.problem ?? '' } });
    void this.attachments.tell();
  }

  #follow(): void {
    const conversation = this.#conversation;
    this.#isShown = false;
    this.#header.forget();
    this.#subscription?.dispose();
    this.#subscription = conversation.onDidChange((change) => this.#changed(change));
    this.#state.conversations.acquire(conversation);
    this.#holder.onRoom(conversation.key);
    if (conversation.view && this.#isReady) void conversation.refresh();
  }

  #changed(change: ConversationChange): void {
    // A prompt may have moved it.
    if (change.type === 'all' || change.type === 'header') this.#holder.onRoom(this.#conversation.key);
    this.attachments.follow();
    if (change.type === 'all') {
      this.begin(this.#isReady ? this.#showAll() : this.#header.show());
    } else if (change.type === 'header') {
      this.begin(this.headerChanged());
    } else {
      const isState = change.type === 'turnAdded' || (change.type === 'turnChanged' && change.patch.state);
      if (isState) this.#header.stateChanged();
      if (this.#isShown)
        this.tell(change.type === 'turnAdded' ? { ...change, turn: shownTurn(change.turn) } : change);
    }
  }

  async #handle(message: FromWebview): Promise<void> {
    const conversation = this.#conversation;
    if (isAboutAttachments(message)) return this.attachments.handle(message);
    if (isAboutRooms(message)) return runListRequest(message, this.#list, this.#state);
    if (isPanelRequest(message)) return this.#actions.run(this, conversation, message);
    switch (message.type) {
      case 'ready':
        return this.#start();
      case 'focusChanged':
        this.#holder.onFocus(message.hasFocus);
        return;
      case 'complete':
        if (message.query.startsWith('/')) this.tell(commandCompletions(message.query));
        return;
      case 'loadHistory':
        this.tell({ type: 'history', prompts: await this.#actions.history(conversation) });
        return;
      case 'loadTurns':
        return this.#loadTurns(message.first, message.count);
      case 'changeDraft':
        await this.#state.panel.drafts.write(message.room ?? draftOfNewChat, message.text);
        return this.attachments.typed(message.text);
      case 'changeEdit':
        return writeEdit(this.#state.panel.drafts, message.room ?? conversation.id, message);
      case 'find':
        return this.#find(message.query);
      case 'useCode':
        return this.#state.panel.useCode(message);
      case 'submitPrompt': {
        const command = readSlashCommand(message.text, commandNames);
        if (command) return this.#actions.commands.runSlash(this, command);
        return this.#actions.submit(this, conversation, message.text);
      }
      case 'showReceipt':
        await this.attachments.added;
        return this.#actions.showReceipt(this, conversation, message.text);
    }
  }

  async #start(): Promise<void> {
    const starting = ++this.#starting;
    const commands = await vscode.commands.getCommands(true);
    if (starting !== this.#starting) return;
    // Not before: the page takes nothing until it has `start`.
    this.#isReady = true;
    this.#outbox.clear();
    this.tell({
      type: 'start',
      texts: panelTexts(),
      locale: vscode.env.language,
      hasChatView: commands.includes('workbench.action.chat.open'),
      isEditor: this.#holder.isEditor,
    });
    this.#holder.onReady();
    if (this.#conversation.view) void this.#conversation.refresh();
    await Promise.all([this.#showAll(), this.#list.refresh()]);
  }

  async #showAll(): Promise<void> {
    const showing = ++this.#showing;
    const conversation = this.#conversation;
    this.begin(this.#header.findName());
    const { drafts, journal } = this.#state.panel;
    const { draftKey } = conversation;
    const isOnItsWay = (prompt: string) => this.#actions.isOnItsWay(draftKey, prompt);
    const [kept, edit] = await Promise.all([
      readDraft(drafts, draftKey, isOnItsWay, journal).catch(() => ''),
      readEdit(drafts, conversation.key ?? conversation.id),
    ]);
    const state = await conversationState(conversation, this.#state);
    if (showing !== this.#showing || !this.#isReady) return;
    const draft = isOnItsWay(kept) ? '' : kept;
    this.#isShown = true;
    this.#header.look(state);
    const turns = latestTurns(state.turns, conversation);
    this.tell({ type: 'conversation', conversation: { ...state, turns, draft, ...(edit && { edit }) } });
    void this.attachments.tell();
  }

  async #loadTurns(first: number, count: number): Promise<void> {
    const conversation = this.#conversation;
    let turns: PanelTurn[] = [];
    try {
      turns = await conversation.turns(first, count);
    } finally {
      // The page asks for nothing else before it has an answer, also when there is none.
      if (conversation === this.#conversation && this.#isShown)
        this.tell({ type: 'turns', first, turns: latestTurns(turns, conversation) });
    }
  }
}
