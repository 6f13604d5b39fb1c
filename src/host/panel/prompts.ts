import * as vscode from 'vscode';
import type { RoomEndpoint } from '../../api/endpoint.ts';
import type { SentRequest } from '../../api/requestTap.ts';
import { ask } from '../../chat/ask.ts';
import type { Prompt } from '../../chat/askRequest.ts';
import { type DescribedError, describeError } from '../../chat/describeError.ts';
import { isParameterSet } from '../../chat/droppedParameter.ts';
import { endpointId } from '../../chat/endpointId.ts';
import { withLoadingNotice } from '../../chat/loadingModel.ts';
import { placeInRoom } from '../../chat/panel/panelPlacement.ts';
import type { Placement } from '../../chat/placement.ts';
import { plannedRequest } from '../../chat/plannedRequest.ts';
import { isAbort } from '../../chat/turnOutcome.ts';
import { settings } from '../../shared/contributions.ts';
import type { SentAttachments } from '../attachments/sentAttachments.ts';
import { turnTarget, type TurnTarget } from '../models/turnTarget.ts';
import { noConnectionText, signInText } from '../participant/conversationNotes.ts';
import type { RunningLiveTurn } from '../rooms/liveTurns.ts';
import { newRoom } from '../rooms/newRoom.ts';
import { tappedEndpoint } from '../sent/tappedEndpoint.ts';
import { stringSetting } from '../settings.ts';
import type { Conversation } from './conversation.ts';
import type { Conversations } from './conversations.ts';
import { wantedModel } from './modelPicks.ts';
import type { PanelServices } from './panelServices.ts';
import { isImported } from './roomPlaces.ts';

/** What a failed turn's buttons need. */
export interface TurnProblem {
  readonly described: DescribedError;
  readonly target: TurnTarget;
}

/** A prompt, and where it goes. */
interface PlacedPrompt {
  readonly target: TurnTarget;
  readonly placement: Placement;
  readonly prompt: string;
  readonly attachments: SentAttachments;
  /** Under which it is kept until a room has it. */
  readonly draftKey: string;
}

/** What goes with a prompt. */
export interface PromptExtras {
  /** The turn whose prompt is asked once more because it got no whole answer. */
  readonly again?: string | undefined;
  /** Read when it is known which model gets them; undefined: there is none. */
  readonly attachments?: (target: TurnTarget | undefined) => Promise<SentAttachments>;
}

const noAttachments: SentAttachments = { names: [], text: '', media: [] };

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
   * Asks a prompt at the end of a conversation. Resolves when the turn has begun, with the conversation that it is in:
   * another one where the room cannot take it. Rejects with an `ApiError` if no model can be chosen, and with what
   * `attachments` rejects with.
   */
  async send(conversation: Conversation, prompt: string, extras: PromptExtras = {}): Promise<Conversation> {
    const { again } = extras;
    const target = await this.target(conversation);
    const attachments = (await extras.attachments?.(target)) ?? noAttachments;
    if (!target || (await this.#services.connections.missing(target.connection)) === 'credential')
      return this.#unsent(conversation, { prompt, attachments, target }, again);
    const placement = await this.#place(conversation, prompt, target, again);
    const isMoved = conversation.view !== undefined && placement.kind === 'newRoom';
    const to = isMoved ? this.#conversations.create(placement) : conversation;
    const { draftKey } = conversation;
    void this.#run(to, { target, placement, prompt, attachments, draftKey }, isMoved ? undefined : again);
    return to;
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
    const asked = promptOf({ target, prompt, attachments });
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
    const to = this.#conversations.create({
      carried,
      reason: carried.length === 0 ? 'first' : 'fork',
      wanted,
    });
    return this.send(to, prompt, extras);
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

  /** Nothing is sent: there is no key, or no connection at all. */
  #unsent(
    conversation: Conversation,
    {
      prompt,
      attachments,
      target,
    }: Pick<PlacedPrompt, 'prompt' | 'attachments'> & {
      readonly target: TurnTarget | undefined;
    },
    again: string | undefined,
  ): Conversation {
    const { connections, live } = this.#services;
    const turn = live.begin({
      id: crypto.randomUUID(),
      prompt,
      attachments,
      connection: target?.connection.name ?? '',
      l10n: vscode.l10n,
    });
    conversation.begin(turn, again);
    const described: DescribedError = target
      ? { message: signInText(connections, target.connection), action: 'signIn' }
      : { message: noConnectionText(connections), action: 'openSettings' };
    turn.tell(turn.live.failed(described));
    turn.end();
    return conversation;
  }

  async #run(conversation: Conversation, placed: PlacedPrompt, again: string | undefined): Promise<void> {
    const { running, live, log, buffering } = this.#services;
    const { target, prompt, attachments } = placed;
    const { connection, model } = target;
    const id = crypto.randomUUID();
    const stop = new AbortController();
    const price = model === undefined ? undefined : connection.models?.[model]?.price;
    const turn = live.begin({
      id,
      prompt,
      attachments,
      connection: connection.name,
      startClock: () => buffering.start(),
      l10n: vscode.l10n,
      ...(model !== undefined && { model }),
      ...(price && { price }),
    });
    running.add(id, () => stop.abort());
    conversation.begin(turn, again);
    try {
      await this.#stream(turn, placed, stop.signal);
    } catch (error) {
      if (stop.signal.aborted || isAbort(error)) {
        turn.tell(turn.live.stopped());
        return;
      }
      log.failure('Turn failed', error, { connection: connection.name });
      const isSet = (parameter: string) => isParameterSet(connection, model, parameter);
      const described = describeError(error, connection.name, vscode.l10n, connection.kind, isSet);
      this.#problems.set(turn, { described, target });
      turn.tell(turn.live.failed(described));
    } finally {
      running.remove(id);
      turn.end();
    }
  }

  async #stream(turn: RunningLiveTurn, placed: PlacedPrompt, signal: AbortSignal): Promise<void> {
    const { journal, carriedTranscripts, workspaceState, running, audio, drafts, log } = this.#services;
    const { target, placement, prompt, attachments, draftKey } = placed;
    const { connection } = target;
    const { id } = turn.live.turn;
    const events = ask({
      endpoint: this.#endpoint(turn, this.#services.rooms(connection), connection.name, prompt),
      endpointId: await endpointId(connection),
      placement,
      journal,
      carriedTranscripts,
      ...promptOf(placed),
      newRoom: await newRoom(prompt, 'panel', connection, workspaceState, vscode.l10n),
      l10n: vscode.l10n,
      signal,
      surface: 'panel',
      conversation: placement.conversation ?? crypto.randomUUID(),
      turn: id,
      onBinding: (binding) => {
        turn.bind(binding);
        attachments.taken?.();
        // From here on the room shows it, also after a reload.
        drafts.sent(draftKey, prompt).catch((error: unknown) => {
          log.failure('Draft not removed', error);
        });
      },
      onJournalError: (error) => log.failure('Journal not written or read', error),
    });
    for await (const event of withLoadingNotice(events, connection, vscode.l10n)) {
      if (event.type === 'audio') turn.live.keepAudio(await audio.keep(id, event.format, event.data));
      if (event.type === 'state' && event.state === 'waiting') running.waiting(id, event.tryNow);
      turn.tell(turn.live.show(event));
    }
  }

  #endpoint(turn: RunningLiveTurn, endpoint: RoomEndpoint, connection: string, prompt: string): RoomEndpoint {
    return tappedEndpoint(endpoint, (request) => {
      turn.tell(turn.live.patch({ hasRequest: true }));
      void this.#services.sent.keep(turn.live.turn.id, { connection, prompt }, request);
    });
  }
}

/** What `ask` sends of a prompt. */
function promptOf({
  target: { model },
  prompt,
  attachments: { text, media },
}: Pick<PlacedPrompt, 'target' | 'prompt' | 'attachments'>): Prompt {
  const systemPrompt = stringSetting(settings.systemPrompt);
  return {
    prompt,
    media,
    ...(text && { attachments: text }),
    ...(systemPrompt && { systemPrompt }),
    ...(model !== undefined && { model }),
  };
}

/** Everything of a conversation, or what comes before the turn with this index. */
export async function carriedOf(conversation: Conversation, end?: number) {
  await conversation.complete();
  const turns = await conversation.turns(0, end ?? conversation.count);
  return turns
    .filter(({ reply, state }) => reply !== '' || (state !== 'failed' && state !== 'sending'))
    .map(({ id, prompt, reply }) => ({ prompt: conversation.own(id)?.live.wholePrompt ?? prompt, reply }));
}
