import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { ask } from '../../chat/ask.ts';
import { describeError } from '../../chat/describeError.ts';
import { findPlacement, lastModel } from '../../chat/findPlacement.ts';
import { isParameterSet } from '../../chat/droppedParameter.ts';
import { endpointId } from '../../chat/endpointId.ts';
import { type JournalReader, readOnce } from '../../chat/journalReader.ts';
import { withLoadingNotice } from '../../chat/loadingModel.ts';
import { isAbort } from '../../chat/turnOutcome.ts';
import type { TurnBinding, VisibleTurn } from '../../chat/turns.ts';
import { escapeMarkdown } from '../../chat/untrusted.ts';
import { commands, settings } from '../../shared/contributions.ts';
import { UnsentAttachments } from '../attachments/sentAttachments.ts';
import { abortable, toAbortSignal } from '../cancellation.ts';
import { stringSetting } from '../settings.ts';
import { repeatedPrompt } from './askAgain.ts';
import { AnswerView, type AnswerViewInput } from './answerView.ts';
import { type AnswerWriter, createAnswerWriter } from './answerWriter.ts';
import { conversationNotes, noConnectionText, signInText } from './conversationNotes.ts';
import { findAttachable, offerAttach } from './attachOffer.ts';
import { offerAction, offerLocalModel } from './errorAnswer.ts';
import type { ParticipantServices } from './participantServices.ts';
import { resolveReferences } from './references.ts';
import type { RunningLiveTurn } from '../rooms/liveTurns.ts';
import { newRoom } from '../rooms/newRoom.ts';
import { tappedEndpoint } from '../sent/tappedEndpoint.ts';
import { type ChatPrompt, chatPrompt } from './chatPrompt.ts';
import { openRoomTurn } from './openRoom.ts';
import { chatResult, earlierUsage, type SentTurn, visibleTurns } from './turnMetadata.ts';
import { type TurnTarget, turnTarget } from '../models/turnTarget.ts';

/** Answers one `@tachyon` prompt. Never throws: VS Code drops the metadata of a turn that throws. */
export function createHandler(services: ParticipantServices): vscode.ChatRequestHandler {
  return async (request, context, stream, token) => {
    const isNew = request.command === 'new';
    if (isNew && request.prompt.trim() === '') {
      stream.markdown(vscode.l10n.t('The next prompt begins a new, empty chatroom.'));
      return chatResult({ unsent: true });
    }
    if (request.command === 'room') {
      return openRoomTurn(request, stream, services, toAbortSignal(token), commands.openRoom);
    }
    const turn = new Turn(services, request, stream, token);
    const history = isNew ? [] : context.history;
    return turn.run(visibleTurns(history), earlierUsage(history));
  };
}

class Turn {
  readonly #services: ParticipantServices;
  readonly #request: vscode.ChatRequest;
  readonly #stream: vscode.ChatResponseStream;
  readonly #id = crypto.randomUUID();
  readonly #stop = new AbortController();
  readonly #token: vscode.CancellationToken;
  readonly #signal: AbortSignal;
  readonly #writer: AnswerWriter;
  readonly #onJournalError: (error: unknown) => void;
  readonly #reader: JournalReader;
  #asked: ChatPrompt | undefined;
  #view: AnswerView | undefined;
  #live: RunningLiveTurn | undefined;
  #binding: TurnBinding | undefined;
  #ending: SentTurn['ending'] = 'answered';

  constructor(
    services: ParticipantServices,
    request: vscode.ChatRequest,
    stream: vscode.ChatResponseStream,
    token: vscode.CancellationToken,
  ) {
    this.#services = services;
    this.#request = request;
    this.#stream = stream;
    this.#token = token;
    this.#signal = AbortSignal.any([toAbortSignal(token), this.#stop.signal]);
    this.#writer = createAnswerWriter(stream);
    this.#onJournalError = (error) => services.log.failure('Journal not written or read', error);
    this.#reader = readOnce(services.journal, this.#onJournalError);
  }

  async run(
    visible: readonly VisibleTurn[],
    earlier: AnswerViewInput['earlier'],
  ): Promise<vscode.ChatResult> {
    const { connections, running } = this.#services;
    let target: TurnTarget | undefined;
    running.add(this.#id, () => this.#stop.abort());
    try {
      target = await abortable(this.#findTarget(visible), this.#signal);
      if (!target) return this.#noConnection();
      if ((await connections.missing(target.connection)) === 'credential')
        return this.#signInFirst(target.connection);
      const filled = chatPrompt(this.#request, this.#services.attachments, this.#token);
      const prompt = await abortable(filled, this.#signal);
      if (typeof prompt !== 'object') return this.#unsent(prompt);
      await this.#ask(target, prompt, visible, earlier);
      return this.#result();
    } catch (error) {
      // After a stop too: a batch that waits for its time would be written to a closed stream.
      this.#writer.finish();
      if (error instanceof UnsentAttachments) return this.#unsent(error.message);
      return this.#signal.aborted || isAbort(error) ? this.#stopped() : this.#failed(error, target);
    } finally {
      running.remove(this.#id);
      this.#live?.end();
    }
  }

  async #findTarget(visible: readonly VisibleTurn[]): Promise<TurnTarget | undefined> {
    const room = await lastModel(visible, this.#reader);
    const { vendor, id } = this.#request.model;
    return turnTarget({ picked: { vendor, id }, ...(room && { room }) }, this.#services);
  }

  async #ask(
    target: TurnTarget,
    asked: ChatPrompt,
    visible: readonly VisibleTurn[],
    earlier: AnswerViewInput['earlier'],
  ): Promise<void> {
    const { connections, rooms, journal, workspaceState, running, audio, sent, buffering } = this.#services;
    const { connection, model } = target;
    const { text: prompt, title } = asked;
    this.#asked = asked;
    const systemPrompt = stringSetting(settings.systemPrompt);
    const about = { connection: connection.name, prompt };
    const live = this.#services.live.begin({
      id: this.#id,
      prompt,
      connection: connection.name,
      l10n: vscode.l10n,
      ...(model !== undefined && { model }),
    });
    this.#live = live;
    const endpoint = tappedEndpoint(rooms(connection), (request) => {
      live.tell(live.live.patch({ hasRequest: true }));
      void sent.keep(this.#id, about, request);
    });
    const { chatrooms } = endpoint;
    const server = await endpointId(connection);
    const preparation = Promise.all([
      findPlacement({
        visible,
        prompt,
        // Under the name that its rooms know.
        connection: endpoint.connection,
        kind: connection.kind,
        endpointId: server,
        journal: this.#reader,
        chatrooms,
        signal: this.#signal,
        onJournalError: this.#onJournalError,
      }),
      resolveReferences(this.#request, { asked, target, visible, systemPrompt }, this.#services),
      newRoom(title, 'participant', connection, workspaceState, vscode.l10n),
    ]);
    const [placement, references, made] = await abortable(preparation, this.#signal);
    const notes =
      visible.length === 0 ? conversationNotes(connections, target, this.#request.model.name) : [];
    for (const note of [...notes, ...references.notes]) this.#writer.note(`> ${note}\n\n`);
    live.tell(live.live.attach(references));
    for (const reference of references.sent) this.#stream.reference(reference);
    const events = ask({
      endpoint,
      endpointId: server,
      placement,
      journal,
      prompt,
      newRoom: made,
      carriedTranscripts: this.#services.carriedTranscripts,
      l10n: vscode.l10n,
      signal: this.#signal,
      surface: 'participant',
      conversation: placement.conversation ?? crypto.randomUUID(),
      turn: this.#id,
      media: references.media,
      ...(references.text && { attachments: references.text }),
      ...(systemPrompt && { systemPrompt }),
      ...(model !== undefined && { model }),
      onBinding: (binding) => {
        this.#binding = binding;
        live.bind(binding);
      },
      onJournalError: this.#onJournalError,
    });
    const attachable = findAttachable(chatrooms, made.metadata, workspaceState, this.#signal);
    const shown = { turn: this.#id, target, writer: this.#writer, stream: this.#stream, running, audio };
    this.#view = new AnswerView({ ...shown, earlier, buffering, room: () => this.#binding });
    for await (const event of withLoadingNotice(events, connection, vscode.l10n)) {
      live.tell(live.live.show(event));
      await this.#view.show(event);
    }
    if (this.#view.reachedLength) this.#ending = 'length';
    await offerAttach(attachable, workspaceState, this.#writer, this.#stream);
  }

  #result(errorMessage?: string): vscode.ChatResult {
    const usage = this.#view?.usage;
    const sent = this.#binding && {
      ...this.#binding,
      ...(this.#request.command !== undefined && this.#asked && { prompt: this.#asked.text }),
      reply: this.#writer.reply,
      ending: this.#ending,
      ...(usage && { usage }),
    };
    return chatResult(sent ?? { unsent: true }, errorMessage);
  }

  #stopped(): vscode.ChatResult {
    this.#ending = 'stopped';
    this.#live?.tell(this.#live.live.stopped());
    // VS Code's own stop closes the view's answer at once; ours would end it without a word.
    if (this.#stop.signal.aborted) this.#writer.note(`\n\n> ${vscode.l10n.t('Stopped.')}\n\n`);
    return this.#result();
  }

  #failed(error: unknown, target: TurnTarget | undefined): vscode.ChatResult {
    const name = target?.connection.name ?? '';
    this.#ending = 'failed';
    this.#services.log.failure('Turn failed', error, { connection: name });
    const isSet = (parameter: string) =>
      target !== undefined && isParameterSet(target.connection, target.model, parameter);
    const described = describeError(error, name, vscode.l10n, target?.connection.kind, isSet);
    this.#live?.tell(this.#live.live.failed(described));
    offerAction(this.#stream, described, target, repeatedPrompt(this.#request));
    return this.#result(described.message);
  }

  /** `problem` says what to do first; undefined: the person changed their mind. */
  #unsent(problem: string = vscode.l10n.t('Nothing was sent.')): vscode.ChatResult {
    this.#stream.markdown(escapeMarkdown(problem));
    return chatResult({ unsent: true });
  }

  #noConnection(): vscode.ChatResult {
    const message = noConnectionText(this.#services.connections);
    offerAction(this.#stream, { action: 'openSettings' }, undefined, repeatedPrompt(this.#request));
    return chatResult({ unsent: true }, message);
  }

  #signInFirst(connection: Connection): vscode.ChatResult {
    this.#stream.markdown(signInText(this.#services.connections, connection));
    offerAction(this.#stream, { action: 'signIn' }, undefined, repeatedPrompt(this.#request));
    offerLocalModel(this.#stream, repeatedPrompt(this.#request));
    return chatResult({ unsent: true });
  }
}
