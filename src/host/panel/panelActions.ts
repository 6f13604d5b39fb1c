import * as vscode from 'vscode';
import { keepOutgoing, readDraft } from '../../chat/panel/outgoingDrafts.ts';
import { promptHistory, SentPrompts } from '../../chat/panel/promptHistory.ts';
import { isAbort } from '../../chat/turnOutcome.ts';
import { plainText } from '../../chat/untrusted.ts';
import type { PanelTurn } from '../../shared/panelMessages.ts';
import { UnsentAttachments } from '../attachments/sentAttachments.ts';
import { noConnectionText } from '../participant/conversationNotes.ts';
import { errorText } from '../rooms/tellError.ts';
import { sentUri } from '../sent/sentDocuments.ts';
import { hasMedia } from './carriedOf.ts';
import { composedPrompt } from './composedPrompt.ts';
import type { Conversation } from './conversation.ts';
import { continueInChatView } from './continueInChatView.ts';
import { forkRoom } from './forkRoom.ts';
import { openLink } from './openLink.ts';
import { PanelCommands } from './panelCommands.ts';
import type { PanelPage } from './panelPage.ts';
import type { PanelRequest } from './panelRequest.ts';
import type { PanelState } from './panelState.ts';
import { changeRoomParameters } from './parametersOfRoom.ts';
import { pickPanelModel } from './pickPanelModel.ts';
import { showPromptReceipt } from './promptReceipt.ts';
import type { Prompts } from './prompts.ts';
import { sentNow } from './promptAttachments.ts';
import { sentBefore, type SentBefore } from './sentBefore.ts';
import { runTurnAction } from './turnActions.ts';

/** Does what people ask for in the panel. */
export class PanelActions {
  readonly #state: PanelState;
  readonly #prompts: Prompts;
  readonly #openEditor: (key: string | undefined) => void;
  /** Conversations that a prompt is on its way to, and what was typed; undefined: a button asks it again. */
  readonly #sending = new Map<Conversation, string | undefined>();
  readonly #sent = new SentPrompts();
  readonly commands: PanelCommands;

  constructor(state: PanelState, prompts: Prompts, openEditor: (key: string | undefined) => void) {
    this.#state = state;
    this.#prompts = prompts;
    this.#openEditor = openEditor;
    this.commands = new PanelCommands(state, this);
  }

  /** Sends what stood in the composer with what is attached to `from`; what cannot be sent comes back. */
  async submit(
    page: PanelPage,
    conversation: Conversation,
    text: string,
    from = conversation,
  ): Promise<void> {
    await this.#send(page, conversation, text, async () => {
      const { panel } = this.#state;
      const notKept = (error: unknown) => panel.log.failure('Prompt not kept', error);
      // The page has let go of it, and the journal does not have it yet.
      keepOutgoing(panel.drafts, conversation.draftKey, text).catch(notKept);
      const hold = page.attachments.hold(from);
      try {
        const { text: prompt, title, attachments: own } = await composedPrompt(text, panel);
        const attachments = async (target: Parameters<typeof sentNow>[2]['target']) =>
          sentNow(own, await hold.held, { conversation, target, prompt }, panel);
        return await this.#prompts.send(conversation, prompt, { typed: { text, title }, attachments });
      } catch (error) {
        hold.release();
        throw error;
      }
    });
  }

  /** Sends a prompt that the person did not type; what is attached stays for the next one. */
  async say(page: PanelPage, conversation: Conversation, text: string): Promise<void> {
    await this.#send(page, conversation, text, () => this.#prompts.send(conversation, text));
  }

  /** Shows what would go out with this text. */
  async showReceipt(page: PanelPage, conversation: Conversation, text: string): Promise<void> {
    await showPromptReceipt({ page, conversation, text }, this.#prompts, this.#state);
  }

  /** Whether this prompt, typed where this draft stands, is on its way, or is a turn that no room has. */
  isOnItsWay(draftKey: string, prompt: string): boolean {
    return this.#state.conversations
      .all()
      .filter((conversation) => conversation.draftKey === draftKey)
      .some((conversation) => this.#sending.get(conversation) === prompt || conversation.asks(prompt));
  }

  async run(page: PanelPage, conversation: Conversation, request: PanelRequest): Promise<void> {
    const { panel, conversations } = this.#state;
    switch (request.type) {
      case 'openRoom': {
        const opened = conversations.open(request.room);
        if (opened) page.show(opened);
        else page.notice(vscode.l10n.t('The connection of this chatroom is no longer there.'));
        return;
      }
      case 'newChat':
        page.show(conversations.create());
        return;
      case 'stopReply': {
        const { running, view } = conversation;
        for (const { live } of running) panel.running.stop(live.turn.id);
        if (running.length === 0 && !conversation.stopLooking() && view?.isElsewhere)
          page.notice(vscode.l10n.t('This answer comes in another window; stop it there.'));
        return;
      }
      case 'copyText':
        await vscode.env.clipboard.writeText(request.text);
        return;
      case 'openLink':
        if (!(await openLink(request.href)))
          page.notice(vscode.l10n.t('Only links to web pages and mail addresses are opened.'));
        return;
      case 'askAgain':
        return this.askAgain(page, conversation, request.turn);
      case 'forkFrom': {
        const found = await conversation.find(request.turn);
        if (found) await this.fork(page, conversation, found.index + 1);
        return;
      }
      case 'editPrompt': {
        const { turn, text } = request;
        const found = await conversation.find(turn).catch((error: unknown) => {
          page.compose(text);
          throw error;
        });
        if (!found) {
          page.compose(text);
          page.notice(vscode.l10n.t('That turn is no longer there; what you wrote is in the composer.'));
          return;
        }
        const send = async (onCreated: (to: Conversation) => void) => {
          const { attachments } = await this.#sentBefore(page, conversation, found.turn);
          return this.#prompts.sendAfter(conversation, found.index, text, { attachments, onCreated });
        };
        return this.#send(page, conversation, text, send);
      }
      case 'showSent':
        if (/^[0-9a-f-]{36}$/.test(request.turn))
          await vscode.window.showTextDocument(sentUri(request.turn), { preview: true });
        return;
      case 'runAction':
        return runTurnAction(
          { page, conversation, turn: request.turn, actions: this, prompts: this.#prompts, panel },
          request.action,
        );
      case 'pickModel':
        return pickPanelModel(page, conversation, panel);
      case 'setParameters':
        return changeRoomParameters(page, conversation, panel);
      case 'continueInChat':
        return continueInChatView(page, conversation, this);
      case 'openInEditor':
        this.#openEditor(conversation.key);
    }
  }

  /** Shows a new room with the turns before the index `end`, or with all of them. */
  async fork(page: PanelPage, conversation: Conversation, end: number | undefined): Promise<void> {
    const { running, count } = conversation;
    if (end === undefined && running.length > 0) {
      page.notice(stillComing());
      return;
    }
    if (count === 0) {
      page.notice(vscode.l10n.t('There is nothing to fork yet.'));
      return;
    }
    const fork = await forkRoom(conversation, end, this.#state);
    const isLess = fork !== undefined && (await hasMedia(conversation, end));
    if (fork) page.show(fork);
    if (isLess)
      page.notice(vscode.l10n.t('The images, sounds and files of earlier prompts do not come along.'));
    if (!fork) page.notice(plainText(noConnectionText(this.#state.panel.connections)));
  }

  /** The prompts that a composer can go back to, the newest last. */
  async history(conversation: Conversation): Promise<string[]> {
    const { count } = conversation;
    const turns = await conversation.turns(Math.max(0, count - 100), 100);
    return promptHistory(
      turns.map(({ id, prompt }) => conversation.own(id)?.live.typed?.text ?? prompt),
      this.#sent.all,
    );
  }

  /** Asks the prompt of a turn once more: an answered one in a new room, so that no answer follows itself. */
  async askAgain(page: PanelPage, conversation: Conversation, id: string): Promise<void> {
    const found = await conversation.find(id);
    if (!found) return;
    const { turn, index } = found;
    const isLast = index === conversation.count - 1;
    // Of one that the person stopped nobody need look what became of it.
    const again = turn.state === 'stopped' ? undefined : id;
    const isInPlace = isLast && turn.state !== 'answered';
    const { prompt, typed, attachments } = await this.#sentBefore(page, conversation, turn);
    await this.#send(page, conversation, undefined, (onCreated) =>
      isInPlace
        ? this.#prompts.send(conversation, prompt, { attachments, again, typed })
        : this.#prompts.sendAfter(conversation, index, prompt, { attachments, typed, onCreated }),
    );
  }

  async #sentBefore(page: PanelPage, conversation: Conversation, turn: PanelTurn): Promise<SentBefore> {
    const before = await sentBefore(conversation, turn, this.#state.panel.sent);
    if (before.isIncomplete) {
      page.notice(
        vscode.l10n.t(
          'What was attached to this prompt is no longer on this machine; it goes out without its images, sounds and files.',
        ),
      );
    }
    return before;
  }

  /** Says in one sentence what went wrong, in the log and to the person; of a stop there is nothing to say. */
  tellFailure(page: PanelPage, error: unknown): void {
    if (isAbort(error)) return;
    if (error instanceof UnsentAttachments) {
      page.notice(error.message);
      return;
    }
    const { log, connections } = this.#state.panel;
    log.failure('Panel action failed', error);
    const connection = page.conversation.view?.place.connection ?? connections.all()[0];
    page.notice(
      connection
        ? errorText(error, connection)
        : vscode.l10n.t('Something unexpected went wrong; the log says more.'),
    );
  }

  async #send(
    page: PanelPage,
    conversation: Conversation,
    typed: string | undefined,
    send: (onCreated: (to: Conversation) => void) => Promise<Conversation>,
  ): Promise<void> {
    if (this.#sending.has(conversation) || conversation.running.length > 0) {
      if (typed !== undefined) page.compose(typed);
      page.notice(stillComing());
      return;
    }
    const { conversations } = this.#state;
    this.#sending.set(conversation, typed);
    // Also before the room is asked for: ten seconds may be over by then.
    if (conversation.key !== undefined) this.#state.deletes.undo(conversation.key);
    // The page may leave it before the turn begins.
    conversations.acquire(conversation);
    let shown = conversation;
    try {
      const to = await send((created) => {
        // It is seen and can be stopped while its model is looked for.
        if (page.shows(conversation)) page.show(created);
        shown = created;
      });
      if (typed !== undefined) this.#sent.add(typed);
      if (page.shows(conversation) || page.shows(shown)) page.show(to);
      else if (to !== conversation) conversations.release(to);
    } catch (error) {
      if (page.shows(shown)) page.show(conversation);
      else if (shown !== conversation) conversations.release(shown);
      if (typed !== undefined && page.isReady && page.shows(conversation)) {
        // Where no page shows it, the next one that does gets it as its draft.
        await readDraft(this.#state.panel.drafts, conversation.draftKey, () => false).catch(() => '');
        page.compose(typed);
      }
      throw error;
    } finally {
      this.#sending.delete(conversation);
      conversations.release(conversation);
    }
  }
}

function stillComing(): string {
  return vscode.l10n.t('An answer is still coming; stop it first, or wait for it.');
}
