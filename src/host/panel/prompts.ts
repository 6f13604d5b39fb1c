import * as vscode from 'vscode';
import type { SentRequest } from '../../api/requestTap.ts';
import { describeError } from '../../chat/describeError.ts';
import { isParameterSet, setsParameter } from '../../chat/droppedParameter.ts';
import { placeInRoom } from '../../chat/panel/panelPlacement.ts';
import type { Placement } from '../../chat/placement.ts';
import { plannedRequest } from '../../chat/plannedRequest.ts';
import { isAbort } from '../../chat/turnOutcome.ts';
import { plainText } from '../../chat/untrusted.ts';
import { type SentAttachments, UnsentAttachments } from '../attachments/sentAttachments.ts';
import { abortable } from '../cancellation.ts';
import { turnTarget, type TurnTarget } from '../models/turnTarget.ts';
import { noConnectionText, signInText } from '../participant/conversationNotes.ts';
import type { RunningLiveTurn } from '../rooms/liveTurns.ts';
import { carriedOf } from './carriedOf.ts';
import type { Conversation } from './conversation.ts';
import type { Conversations } from './conversations.ts';
import { wantedModel } from './modelPicks.ts';
import type { PanelServices } from './panelServices.ts';
import {
  noAttachments,
  type PlacedPrompt,
  type PromptExtras,
  promptOf,
  type TurnProblem,
  type UnsentPrompt,
} from './placedPrompt.ts';
import { isImported } from './roomPlaces.ts';
import { roomParameters } from './roomParameters.ts';
import { streamPrompt } from './streamPrompt.ts';

/** A prompt that is shown and can be stopped. */
interface OutgoingTurn {
  readonly turn: RunningLiveTurn;
  readonly stop: AbortController;
}

/** Sends the prompts of the panel; each runs to its end, whether or not a page shows it. */
export class Prompts {
  readonly #services: PanelServices;
  readonly #conversations: Conversations;
  /** By turn. */
  readonly #problems = new WeakMap<RunningLiveTurn, TurnProblem>();

  constructor(services: PanelServices, conversations: Conversations) {
    this.#services = services;
    this.#conversations = conversations;
  }

  /** Why a turn failed. */
  problemOf(turn: RunningLiveTurn | undefined): TurnProblem | undefined {
    return turn && this.#problems.get(turn);
  }

  /**
   * Asks a prompt at the end of a conversation, which shows it at once. Resolves when the prompt goes out, with the
   * conversation that it is in: another one where the room cannot take it. Rejects with an `ApiError` if no model can be
   * chosen, with what `attachments` rejects with, and with an `AbortError` if it was stopped before; then no turn shows
   * it.
   */
  async send(conversation: Conversation, prompt: string, extras: PromptExtras = {}): Promise<Conversation> {
    const { turn, stop } = this.#begin(conversation, prompt, extras);
    try {
      const placed = await abortable(this.#prepare(conversation, prompt, extras), stop.signal);
      turn.tell(turn.live.attach(placed.attachments));
      if ('unsent' in placed) {
        turn.tell(turn.live.failed(placed.unsent));
        this.#end(turn);
        extras.door?.end(new UnsentAttachments(plainText(placed.unsent.message)));
        return conversation;
      }
      const to = this.#moveTurn(conversation, turn, placed);
      void this.#run(to, { turn, stop }, placed);
      return to;
    } catch (error) {
      conversation.withdraw(turn);
      this.#end(turn);
      throw error;
    }
  }

  /** The model that the next prompt goes to; undefined: there is no connection at all. Throws `ApiError`. */
  async target(conversation: Conversation): Promise<TurnTarget | undefined> {
    return turnTarget(await wantedModel(conversation, this.#services), this.#services);
  }

  /** The request that would go out with this prompt, as it would go out; nothing does. Throws `ApiError`. */
  async plan(
    conversation: Conversation,
    prompt: string,
    target: TurnTarget,
    attachments: SentAttachments,
  ): Promise<{ readonly request: SentRequest; readonly placement: Placement }> {
    const placement = await this.#place(conversation, prompt, target, undefined);
    const endpoint = this.#services.rooms(target.connection);
    const parameters = roomParameters(conversation, this.#services.globalState);
    const asked = promptOf({ target, prompt, attachments, parameters });
    return { request: await plannedRequest(endpoint, placement, asked), placement };
  }

  /** Asks a prompt in a new room that carries these turns. */
  async sendAfter(
    conversation: Conversation,
    end: number,
    prompt: string,
    extras: PromptExtras,
  ): Promise<Conversation> {
    const carried = await carriedOf(conversation, end);
    const wanted = await wantedModel(conversation, this.#services);
    const reason = carried.length === 0 ? 'first' : 'fork';
    const to = this.#conversations.create({ carried, reason, wanted });
    to.parameters = roomParameters(conversation, this.#services.globalState);
    extras.onCreated?.(to);
    return this.send(to, prompt, extras);
  }

  /** Where the prompt goes, or why it does not go out: there is no key, or no connection at all. */
  async #prepare(
    conversation: Conversation,
    prompt: string,
    { again, attachments: read, door, typed = { text: prompt, title: prompt } }: PromptExtras,
  ): Promise<PlacedPrompt | UnsentPrompt> {
    const { connections, globalState } = this.#services;
    const target = door?.target ?? (await this.target(conversation));
    const attachments = (typeof read === 'function' ? await read(target) : read) ?? noAttachments;
    if (!target)
      return { attachments, unsent: { message: noConnectionText(connections), action: 'openSettings' } };
    const { connection } = target;
    if ((await connections.missing(connection)) === 'credential')
      return { attachments, unsent: { message: signInText(connections, connection), action: 'signIn' } };
    const placement = await this.#place(conversation, prompt, target, again);
    const parameters = roomParameters(conversation, globalState);
    const { draftKey } = conversation;
    return { target, placement, prompt, typed, attachments, parameters, draftKey, ...(door && { door }) };
  }

  async #place(
    conversation: Conversation,
    prompt: string,
    target: TurnTarget,
    again: string | undefined,
  ): Promise<Placement> {
    const { view, beginning } = conversation;
    if (view && (view.place.connection.name !== target.connection.name || isImported(view.place)))
      return { kind: 'newRoom', reason: 'connectionChanged', carried: await carriedOf(conversation) };
    if (!view) return { kind: 'newRoom', reason: beginning.reason, carried: beginning.carried };
    const { connection, stored, room, chatrooms } = view.place;
    if (again !== undefined) conversation.show(again, { state: 'recovering', problem: '', actions: [] });
    return placeInRoom({
      room,
      connection: stored,
      kind: connection.kind,
      prompt,
      records: await this.#services.journal.records(room).catch(() => view.records),
      carried: view.carried,
      isEmpty: view.isEmpty,
      shown: conversation.shown(),
      ...(again !== undefined && { again }),
      journal: this.#services.journal,
      chatrooms,
    });
  }

  /** Shows the prompt before anything is known of where it goes: until then it can be stopped like any other. */
  #begin(
    conversation: Conversation,
    prompt: string,
    { again, attachments, door, typed }: PromptExtras,
  ): OutgoingTurn {
    const { live, running, buffering } = this.#services;
    const id = door?.turn ?? crypto.randomUUID();
    const stop = new AbortController();
    const turn = live.begin({
      id,
      prompt,
      ...(typed && { typed }),
      connection: '',
      ...(typeof attachments === 'object' && { attachments }),
      startClock: () => buffering.start(),
      l10n: vscode.l10n,
    });
    running.add(id, () => stop.abort());
    door?.signal.addEventListener('abort', () => stop.abort(), { once: true });
    if (door?.signal.aborted) stop.abort();
    conversation.begin(turn, again);
    return { turn, stop };
  }

  /** A room that cannot take the prompt leaves it to a new conversation. */
  #moveTurn(
    conversation: Conversation,
    turn: RunningLiveTurn,
    { target: { connection, model }, placement, parameters }: PlacedPrompt,
  ): Conversation {
    const price = model === undefined ? undefined : connection.models?.[model]?.price;
    const aimed = turn.live.aim({
      connection: connection.name,
      ...(model !== undefined && { model }),
      ...(price && { price }),
    });
    if (!conversation.view || placement.kind !== 'newRoom') {
      turn.tell(aimed);
      return conversation;
    }
    const to = this.#conversations.create(placement);
    to.parameters = parameters;
    conversation.withdraw(turn);
    to.begin(turn);
    return to;
  }

  #end(turn: RunningLiveTurn): void {
    this.#services.running.remove(turn.live.turn.id);
    turn.end();
  }

  async #run(to: Conversation, { turn, stop }: OutgoingTurn, placed: PlacedPrompt): Promise<void> {
    const { connection, model } = placed.target;
    try {
      await streamPrompt(to, turn, placed, this.#services, stop.signal);
      placed.door?.end();
    } catch (error) {
      placed.door?.end(error);
      if (stop.signal.aborted || isAbort(error)) {
        turn.tell(turn.live.stopped());
        return;
      }
      this.#services.log.failure('Turn failed', error, { connection: connection.name });
      const isSet = (parameter: string) =>
        setsParameter(placed.parameters, parameter) || isParameterSet(connection, model, parameter);
      const described = describeError(error, connection.name, vscode.l10n, connection.kind, isSet);
      this.#problems.set(turn, { described, target: placed.target });
      turn.tell(turn.live.failed(described));
    } finally {
      this.#end(turn);
    }
  }
}
