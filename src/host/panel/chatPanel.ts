import * as vscode from 'vscode';
import { isObject } from '../../api/json.ts';
import type { CarriedTurn } from '../../chat/carried.ts';
import { parseRoomReference } from '../../chat/openedRoom.ts';
import { panel as ids } from '../../shared/contributions.ts';
import { continueInChatView } from '../rooms/openRoom.ts';
import type { RoomNews } from '../rooms/roomNews.ts';
import type { WantedModel } from '../models/turnTarget.ts';
import type { Conversation } from './conversation.ts';
import { Conversations } from './conversations.ts';
import { PanelActions } from './panelActions.ts';
import { FrontPage } from './frontPage.ts';
import { registerHelp } from './helpDocument.ts';
import { panelHtml, panelOptions } from './panelHtml.ts';
import type { PanelCommand } from './panelCommands.ts';
import type { PanelHolder } from './panelHolder.ts';
import { PanelPage } from './panelPage.ts';
import type { PanelServices } from './panelServices.ts';
import type { PanelState } from './panelState.ts';
import type { PinnedRooms } from './pinnedRooms.ts';
import type { PromptDoor } from './placedPrompt.ts';
import { Prompts } from './prompts.ts';
import { type AskedFor, askThroughDoor, modelOfRoom } from './roomDoor.ts';
import { RoomDeletes } from './roomDeletes.ts';
import { RoomNames } from './roomNames.ts';
import { badgeOf } from './viewBadge.ts';
import { watchRooms } from './watchRooms.ts';

/** The room that the view shows, for after a reload. */
const shownRoomKey = 'panelRoom';

/** The chat panel of this window: the view in the side bar and any number of editor tabs. */
export class ChatPanel
  implements vscode.Disposable, vscode.WebviewViewProvider, vscode.WebviewPanelSerializer
{
  readonly #services: PanelServices;
  readonly #state: PanelState;
  readonly #prompts: Prompts;
  readonly #actions: PanelActions;
  readonly #front = new FrontPage();
  readonly #subscriptions: vscode.Disposable[];
  #view: { readonly view: vscode.WebviewView; readonly page: PanelPage } | undefined;
  /** What the view showed when it was taken away. */
  #left: Conversation | undefined;
  /** What the view shows when it is made. */
  #wanted: { readonly key: string | undefined } | undefined;

  constructor(services: PanelServices, news: RoomNews, pins: PinnedRooms) {
    const deletes = new RoomDeletes(services, news, pins);
    const conversations = new Conversations(services);
    this.#services = services;
    this.#state = { panel: services, news, pins, deletes, roomNames: new RoomNames(), conversations };
    this.#prompts = new Prompts(services, conversations);
    this.#actions = new PanelActions(this.#state, this.#prompts, (key) => this.#openEditor(key));
    this.#subscriptions = [
      deletes,
      conversations,
      watchRooms(this.#state, () => this.#front.all),
      registerHelp(),
      // Made lazily: a hidden page is destroyed by VS Code and built anew from what is kept here.
      vscode.window.registerWebviewViewProvider(ids.view, this),
      vscode.window.registerWebviewPanelSerializer(ids.editor, this),
    ];
  }

  dispose(): void {
    for (const page of this.#front.all) page.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Whether the person is in a page of it. */
  get hasFocus(): boolean {
    return this.#front.hasFocus;
  }

  /** Does at once what waits for its time: the window closes. */
  flush(): Promise<void> {
    return this.#state.deletes.flush();
  }

  /** Shows the panel, with a room if `key` names one; it comes from a command's argument and is untrusted. */
  async open(key?: unknown): Promise<void> {
    const room = typeof key === 'string' && parseRoomReference(key) ? key : undefined;
    if (this.#view) {
      this.#view.view.show(false);
      if (room !== undefined) this.#showRoom(this.#view.page, room);
      this.#view.page.focus();
      return;
    }
    if (room !== undefined) this.#wanted = { key: room };
    await vscode.commands.executeCommand(`${ids.view}.focus`);
  }

  /** Carries out a command in the page in front; a panel that is not seen is shown first. */
  async run(command: PanelCommand): Promise<void> {
    const page = this.#front.current ?? (await this.#openReady());
    page.begin(this.#actions.commands.run(page, command));
  }

  /** Command *New Chat*. */
  async newChat(): Promise<void> {
    const page = this.#front.current;
    if (page) {
      await this.#actions.run(page, page.conversation, { type: 'newChat' });
      if (page === this.#view?.page) this.#view.view.show(false);
      page.focus();
      return;
    }
    this.#wanted = { key: undefined };
    await this.open();
  }

  /** Command *Open in Editor*: the room that the view shows, in a tab of its own. */
  openInEditor(): void {
    this.#openEditor(this.#front.current?.conversation.key);
  }

  /** Command *Continue in Chat View*: the room of the argument, which is untrusted, or the one that is shown. */
  async continueInChat(key: unknown): Promise<void> {
    const page = this.#front.current;
    if (typeof key !== 'string' && page) {
      page.begin(this.#actions.run(page, page.conversation, { type: 'continueInChat' }));
      return;
    }
    const room = typeof key === 'string' ? key : this.#services.live.lastRoom;
    if (room !== undefined) await continueInChatView(room);
    else void vscode.window.showInformationMessage(vscode.l10n.t('The panel shows no chatroom yet.'));
  }

  /** Command *Open in Panel*: the room that this window asked in last, since the Chat view tells nothing of its own. */
  async openLastRoom(): Promise<void> {
    await this.open(this.#services.live.lastRoom);
  }

  /**
   * Asks a prompt of another door in a room, or in a new one. As `Prompts.send`; rejects with an `UnsentAttachments` too
   * while an answer is still coming there.
   */
  askFor(door: PromptDoor, asked: AskedFor): Promise<Conversation> {
    return askThroughDoor(door, asked, {
      conversations: this.#state.conversations,
      prompts: this.#prompts,
      show: (conversation) => this.#show(conversation),
    });
  }

  /** What a room says of the model that its next prompt goes to. */
  modelOf(key: string): Promise<WantedModel> {
    return modelOfRoom(key, this.#state);
  }

  /** Shows a new conversation that goes on from a turn; nothing is asked yet. */
  async continueFrom(turn: CarriedTurn): Promise<void> {
    await this.#show(this.#state.conversations.create({ carried: [turn], reason: 'first' }));
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const { workspaceState } = this.#services;
    const saved = workspaceState.get<unknown>(shownRoomKey);
    const key = this.#wanted ? this.#wanted.key : typeof saved === 'string' ? saved : undefined;
    this.#wanted = undefined;
    const page = this.#addPage(view.webview, false, key, {
      onLook: ({ name, description }) => {
        // Where the view is alone in its container, only the title shows, and the page itself has the name.
        view.title = description;
        view.description = name;
      },
      onRoom: (room) => void workspaceState.update(shownRoomKey, room),
    });
    if (key === saved && this.#left) page.show(this.#left);
    this.#leave(undefined);
    this.#view = { view, page };
    const badge = badgeOf(view, this.#services.live, () => page.conversation);
    view.onDidChangeVisibility(() => {
      if (!view.visible) this.#hide(page);
    });
    view.onDidDispose(() => {
      badge.dispose();
      // Moved to another side bar it is made anew, and a first prompt may be under way.
      if (this.#view?.page === page) this.#leave(page.conversation);
      this.#removePage(page);
      if (this.#view?.page === page) this.#view = undefined;
    });
  }

  async deserializeWebviewPanel(tab: vscode.WebviewPanel, state: unknown): Promise<void> {
    // The state comes from the page: untrusted.
    const room = isObject(state) ? state['room'] : undefined;
    this.#fillEditor(tab, typeof room === 'string' ? room : undefined);
  }

  #openEditor(key: string | undefined): void {
    const tab = vscode.window.createWebviewPanel(
      ids.editor,
      vscode.l10n.t('Tachyon Chat'),
      vscode.ViewColumn.Active,
      panelOptions(this.#services.extensionUri),
    );
    this.#fillEditor(tab, key);
  }

  #fillEditor(tab: vscode.WebviewPanel, key: string | undefined): void {
    tab.iconPath = new vscode.ThemeIcon('comment-discussion');
    const page = this.#addPage(tab.webview, true, key, {
      onLook: ({ title }) => (tab.title = title),
      onRoom: () => undefined,
    });
    tab.onDidChangeViewState(() => {
      if (!tab.visible) this.#hide(page);
      else if (tab.active) this.#front.add(page);
    });
    tab.onDidDispose(() => this.#removePage(page));
  }

  #addPage(
    webview: vscode.Webview,
    isEditor: boolean,
    key: string | undefined,
    more: Pick<PanelHolder, 'onLook' | 'onRoom'>,
  ): PanelPage {
    const post = (message: unknown) => void webview.postMessage(message);
    const holder: PanelHolder = {
      isEditor,
      post,
      onLook: more.onLook,
      onRoom: (room) => {
        more.onRoom(room);
        this.#front.tellContext();
      },
      onReady: () => this.#front.ready(page),
      onFocus: (hasFocus) => this.#front.focusChanged(page, hasFocus),
    };
    const page: PanelPage = new PanelPage(this.#state, this.#actions, holder, key);
    this.#front.add(page);
    webview.onDidReceiveMessage((message: unknown) => page.receive(message));
    webview.options = panelOptions(this.#services.extensionUri);
    webview.html = panelHtml(webview, this.#services.extensionUri, vscode.l10n.t('Tachyon Chat'));
    return page;
  }

  #leave(conversation: Conversation | undefined): void {
    const { conversations } = this.#state;
    if (conversation) conversations.acquire(conversation);
    if (this.#left) conversations.release(this.#left);
    this.#left = conversation;
  }

  #removePage(page: PanelPage): void {
    this.#front.remove(page);
    page.dispose();
  }

  #hide(page: PanelPage): void {
    page.hide();
    this.#front.focusChanged(page, false);
  }

  async #show(conversation: Conversation): Promise<void> {
    const page = this.#front.current ?? (await this.#openReady());
    page.show(conversation);
    if (page === this.#view?.page) this.#view.view.show(false);
    page.focus();
  }

  async #openReady(): Promise<PanelPage> {
    const ready = this.#front.next();
    await this.open();
    return ready;
  }

  #showRoom(page: PanelPage, key: string): void {
    void this.#actions.run(page, page.conversation, { type: 'openRoom', room: key });
  }
}
