import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { ask } from '../../chat/ask.ts';
import { describeError } from '../../chat/describeError.ts';
import { findPlacement } from '../../chat/findPlacement.ts';
import { endpointId } from '../../chat/endpointId.ts';
import type { Journal } from '../../chat/journal.ts';
import { type JournalReader, readOnce } from '../../chat/journalReader.ts';
import { roomName } from '../../chat/roomName.ts';
import { isAbort } from '../../chat/turnOutcome.ts';
import type { TurnBinding } from '../../chat/turns.ts';
import { settings } from '../../shared/contributions.ts';
import { abortable, toAbortSignal } from '../cancellation.ts';
import type { Connections } from '../connections/connections.ts';
import type { Log } from '../log.ts';
import { stringSetting } from '../settings.ts';
import type { ModelList } from '../models/modelList.ts';
import { workspaceGroup } from '../workspace/workspaceGroup.ts';
import { repeatedPrompt } from './askAgain.ts';
import { type AnswerWriter, createAnswerWriter } from './answerWriter.ts';
import { conversationNotes, noConnectionText, signInText } from './conversationNotes.ts';
import { showEvent } from './eventView.ts';
import { findAttachable, offerAttach } from './attachOffer.ts';
import { offerAction } from './errorAnswer.ts';
import { resolveReferences } from './references.ts';
import { chatResult, type SentTurn, visibleTurns } from './turnMetadata.ts';
import { type TurnTarget, turnTarget } from './turnTarget.ts';

/** What the participant works with. */
export interface ParticipantServices {
  readonly connections: Connections;
  readonly models: ModelList;
  readonly journal: Journal;
  readonly log: Log;
  readonly workspaceState: vscode.Memento;
}

/** Answers one `@tachyon` prompt. Never throws: VS Code drops the metadata of a turn that throws. */
export function createHandler(services: ParticipantServices): vscode.ChatRequestHandler {
  return async (request, context, stream, token) => {
    const isNew = request.command === 'new';
    if (isNew && request.prompt.trim() === '') {
      stream.markdown(vscode.l10n.t('The next prompt begins a new, empty chatroom.'));
      return chatResult({ unsent: true });
    }
    const turn = new Turn(services, request, stream, toAbortSignal(token));
    return turn.run(isNew ? [] : visibleTurns(context.history));
  };
}

class Turn {
  readonly #services: ParticipantServices;
  readonly #request: vscode.ChatRequest;
  readonly #stream: vscode.ChatResponseStream;
  readonly #signal: AbortSignal;
  readonly #writer: AnswerWriter;
  readonly #onJournalError: (error: unknown) => void;
  readonly #reader: JournalReader;
  #binding: TurnBinding | undefined;
  #ending: SentTurn['ending'] = 'answered';

  constructor(
    services: ParticipantServices,
    request: vscode.ChatRequest,
    stream: vscode.ChatResponseStream,
    signal: AbortSignal,
  ) {
    this.#services = services;
    this.#request = request;
    this.#stream = stream;
    this.#signal = signal;
    this.#writer = createAnswerWriter(stream);
    this.#onJournalError = (error) => services.log.failure('Journal not written or read', error);
    this.#reader = readOnce(services.journal, this.#onJournalError);
  }

  async run(visible: ReturnType<typeof visibleTurns>): Promise<vscode.ChatResult> {
    const { connections, log } = this.#services;
    let name = '';
    try {
      const target = await abortable(
        turnTarget(this.#request.model, visible, this.#reader, this.#services),
        this.#signal,
      );
      if (!target) return this.#noConnection();
      name = target.connection.name;
      if ((await connections.credentials.get(target.connection)) === undefined)
        return this.#signInFirst(name);
      await this.#ask(target, visible);
      return this.#result();
    } catch (error) {
      // After a stop too: a batch that waits for its time would be written to a closed stream.
      this.#writer.finish();
      if (this.#signal.aborted || isAbort(error)) {
        this.#ending = 'stopped';
        return this.#result();
      }
      this.#ending = 'failed';
      log.failure('Turn failed', error, { connection: name });
      const { message, action } = describeError(error, name, vscode.l10n);
      offerAction(this.#stream, action, repeatedPrompt(this.#request));
      return this.#result(message);
    }
  }

  async #ask(target: TurnTarget, visible: ReturnType<typeof visibleTurns>): Promise<void> {
    const { connections, journal, workspaceState } = this.#services;
    const { connection } = target;
    const { prompt } = this.#request;
    const endpoint = connections.endpoint(connection);
    const { chatrooms } = endpoint;
    const server = await endpointId(connection);
    const preparation = Promise.all([
      findPlacement({
        visible,
        prompt,
        connection: connection.name,
        endpointId: server,
        journal: this.#reader,
        chatrooms,
        signal: this.#signal,
        onJournalError: this.#onJournalError,
      }),
      resolveReferences(this.#request.references),
      describeRoom(prompt, connection, workspaceState),
    ]);
    const [placement, references, newRoom] = await abortable(preparation, this.#signal);
    const notes =
      visible.length === 0 ? conversationNotes(connections, target, this.#request.model.name) : [];
    for (const note of [...notes, ...references.refused]) this.#writer.note(`> ${note}\n\n`);
    for (const sent of references.sent) this.#stream.reference(sent);
    const systemPrompt = stringSetting(settings.systemPrompt);
    const events = ask({
      endpoint,
      endpointId: server,
      placement,
      journal,
      prompt,
      newRoom,
      l10n: vscode.l10n,
      signal: this.#signal,
      surface: 'participant',
      conversation: placement.conversation ?? crypto.randomUUID(),
      turn: crypto.randomUUID(),
      ...(references.text && { attachments: references.text }),
      ...(systemPrompt && { systemPrompt }),
      ...(target.model !== undefined && { model: target.model }),
      onBinding: (binding) => {
        this.#binding = binding;
      },
      onJournalError: this.#onJournalError,
    });
    const attachable = findAttachable(chatrooms, newRoom.metadata, workspaceState, this.#signal);
    for await (const event of events) {
      if (event.type === 'finished' && event.finishReason === 'length') this.#ending = 'length';
      showEvent(event, this.#writer, this.#stream, target);
    }
    await offerAttach(attachable, workspaceState, this.#writer, this.#stream);
  }

  #result(errorMessage?: string): vscode.ChatResult {
    const sent = this.#binding && { ...this.#binding, reply: this.#writer.reply, ending: this.#ending };
    return chatResult(sent ?? { unsent: true }, errorMessage);
  }

  #noConnection(): vscode.ChatResult {
    offerAction(this.#stream, 'openSettings', repeatedPrompt(this.#request));
    return chatResult({ unsent: true }, noConnectionText(this.#services.connections));
  }

  #signInFirst(name: string): vscode.ChatResult {
    this.#stream.markdown(signInText(this.#services.connections, name));
    offerAction(this.#stream, 'signIn', repeatedPrompt(this.#request));
    return chatResult({ unsent: true });
  }
}

async function describeRoom(prompt: string, connection: Connection, state: vscode.Memento) {
  const naming = stringSetting(settings.roomNames) === 'neutral' ? 'neutral' : 'prompt';
  const group = await workspaceGroup(connection.operatorId ?? '', state);
  return {
    name: roomName(prompt, naming, new Date(), vscode.l10n),
    metadata: { client: 'tachyon-chat', surface: 'participant', ...group },
  };
}
