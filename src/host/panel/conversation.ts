import * as vscode from 'vscode';
import type { Parameters } from '../../api/connection.ts';
import type { CarriedTurn } from '../../chat/carried.ts';
import { draftOfNewChat } from '../../chat/panel/drafts.ts';
import type { PlacedTurn } from '../../chat/panel/panelPlacement.ts';
import type { NewRoomReason } from '../../chat/placement.ts';
import { isAbort } from '../../chat/turnOutcome.ts';
import type { PanelTurn, ToWebview, TurnPatch } from '../../shared/panelMessages.ts';
import type { WantedModel } from '../models/turnTarget.ts';
import type { LiveEvent, RunningLiveTurn } from '../rooms/liveTurns.ts';
import type { PanelServices } from './panelServices.ts';
import { carriedTurn } from './roomTurns.ts';
import { placeOf } from './roomPlaces.ts';
import { RoomReading } from './roomReading.ts';
import { RoomView } from './roomView.ts';

/** What pages that show a conversation are told; `all`: everything of it anew. */
export type ConversationChange =
  | Extract<ToWebview, { type: 'turnAdded' | 'textDelta' | 'reasoningDelta' | 'turnChanged' }>
  | { readonly type: 'header' }
  | { readonly type: 'all' };

/** Where a conversation without a room begins. */
export interface Beginning {
  readonly carried: readonly CarriedTurn[];
  readonly reason: NewRoomReason;
  /** The model that the conversation had before. */
  readonly wanted?: WantedModel;
}

/** Turns of this window that stay as they were seen, with their notices and problems. */
const mostSeen = 30;

/** A chatroom as the pages of this window show it, or one that its first prompt will make. */
export class Conversation implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<ConversationChange>();
  readonly #services: PanelServices;
  readonly #subscription: vscode.Disposable;
  readonly #stop = new AbortController();
  readonly onDidChange = this.#changed.event;
  /** Names it for as long as it has no room. */
  readonly id = crypto.randomUUID();
  /** The model that the person picked, as `<connection>/<model>`. */
  pickedModel: string | undefined;
  /** What the person set for its requests while it has no room to keep it with. */
  parameters: Parameters = {};
  /** Turns that this window answers or answered, by id, in their order. */
  #own = new Map<string, RunningLiveTurn>();
  /** Turns that ask a prompt again. */
  readonly #replacing = new Set<string>();
  /** What such a turn took the place of, if that was a turn of this window. */
  readonly #replaced = new WeakMap<RunningLiveTurn, RunningLiveTurn>();
  #view: RoomView | undefined;
  readonly #beginning: Beginning;
  readonly #reading: RoomReading;

  constructor(services: PanelServices, beginning: Beginning = { carried: [], reason: 'first' }) {
    this.#services = services;
    this.#beginning = beginning;
    this.#reading = new RoomReading(services, {
      view: () => this.#view,
      signal: this.#stop.signal,
      onChange: (type) => this.#changed.fire({ type }),
    });
    this.#subscription = services.live.onEvent((event) => this.#hear(event));
  }

  dispose(): void {
    for (const { live } of this.#own.values()) live.attachments?.release?.();
    this.#stop.abort();
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  get view(): RoomView | undefined {
    return this.#view;
  }

  get key(): string | undefined {
    return this.#view?.key;
  }

  /** Under which the composer's text is kept. */
  get draftKey(): string {
    return this.key ?? draftOfNewChat;
  }

  get beginning(): Beginning {
    return this.#beginning;
  }

  get problem(): string | undefined {
    return this.#reading.problem;
  }

  get isLoading(): boolean {
    return this.#reading.isLoading;
  }

  /** The turns that are being answered here. */
  get running(): RunningLiveTurn[] {
    return [...this.#own.values()].filter(({ live }) => live.isRunning);
  }

  get count(): number {
    return (this.#view?.count ?? this.#beginning.carried.length) + this.#added().length;
  }

  /** Opens a room of a connection by its reference; false: it names none. */
  openRoom(key: string): boolean {
    const place = placeOf(key, this.#services);
    if (!place) return false;
    this.#view = new RoomView(place, this.#services, vscode.l10n);
    for (const turn of this.#services.live.inRoom(key)) this.#own.set(turn.live.turn.id, turn);
    return true;
  }

  /** The settings or a key changed: returns whether the room is to be read from elsewhere now, or may be readable again. */
  connectionsChanged(): boolean {
    const view = this.#view;
    const connection = view && placeOf(view.key, this.#services)?.connection;
    if (!connection) return false;
    const isOther = JSON.stringify(connection) !== JSON.stringify(view.place.connection);
    if (isOther) this.openRoom(view.key);
    return isOther || this.problem !== undefined;
  }

  /** Reads the room, or what is new of it, and tells the pages; one after the other. Never rejects. */
  refresh(): Promise<void> {
    return this.#reading.refresh();
  }

  /** Gives an answer up that may still come into the room. Returns whether one was looked for. */
  stopLooking(): boolean {
    return this.#reading.stopLooking();
  }

  /** Turns by their index. */
  async turns(first: number, count: number): Promise<PanelTurn[]> {
    const { carried } = this.#beginning;
    const held = this.#view
      ? await this.#view.turns(first, count, this.#stop.signal)
      : carried.slice(first, first + count).map((turn, i) => carriedTurn(turn, first + i));
    const shown = held.map((turn) => this.#own.get(turn.id)?.live.turn ?? turn);
    const before = this.#view?.count ?? carried.length;
    const added = this.#added().slice(Math.max(0, first - before), Math.max(0, first + count - before));
    return [...shown, ...added.map(({ live }) => live.turn)];
  }

  /** Looks at the whole room: until then indexes count from somewhere in it. Rejects with what its reading rejects with. */
  async complete(): Promise<void> {
    await this.#view?.complete(this.#stop.signal);
  }

  /** The turn with this id and its index; from the end, where people look. */
  async find(id: string): Promise<{ readonly turn: PanelTurn; readonly index: number } | undefined> {
    await this.complete();
    for (let to = this.count; to > 0; to -= 50) {
      const first = Math.max(0, to - 50);
      const turns = await this.turns(first, to - first);
      const at = turns.findIndex((turn) => turn.id === id);
      const turn = turns[at];
      if (turn) return { turn, index: first + at };
    }
    return undefined;
  }

  /** Whether a turn that the room does not have asks what was typed so. */
  asks(typed: string): boolean {
    return this.#added().some(({ live }) => (live.typed?.text ?? live.turn.prompt) === typed);
  }

  /** A turn of this window, by its id. */
  own(id: string): RunningLiveTurn | undefined {
    return this.#own.get(id);
  }

  /** What is shown, as far as it is at hand. */
  shown(): PlacedTurn[] {
    const held = this.#view?.keptTurns() ?? this.#beginning.carried;
    const added = this.#added().map(({ live: { turn, wholePrompt } }) => ({
      prompt: wholePrompt,
      reply: turn.reply,
      turn: turn.id,
    }));
    return [...held, ...added.filter(({ reply }) => reply !== '')];
  }

  /** A turn of the panel begins here; `replaced` is no longer shown. */
  begin(turn: RunningLiveTurn, replaced?: string): void {
    const before = replaced === undefined ? undefined : this.#own.get(replaced);
    if (before) this.#replaced.set(turn, before);
    if (replaced !== undefined) {
      this.#own.delete(replaced);
      this.#replacing.add(turn.live.turn.id);
    }
    this.#own.set(turn.live.turn.id, turn);
    if (before) this.#changed.fire({ type: 'all' });
    else this.#changed.fire({ type: 'turnAdded', index: this.count - 1, turn: turn.live.turn });
    this.#forgetOldest();
  }

  /** A turn that began here is not asked here after all. */
  withdraw(turn: RunningLiveTurn): void {
    const { id } = turn.live.turn;
    if (!this.#own.delete(id)) return;
    this.#replacing.delete(id);
    const before = this.#replaced.get(turn);
    if (before) this.#own.set(before.live.turn.id, before);
    this.#changed.fire({ type: 'all' });
  }

  /** Changes how a turn is shown until the room is read again. */
  show(turn: string, patch: TurnPatch): void {
    this.#changed.fire({ type: 'turnChanged', turn, patch });
  }

  /** Name, model or anything else of the header is another one. */
  headerChanged(): void {
    this.#changed.fire({ type: 'header' });
  }

  #hear(event: LiveEvent): void {
    const { turn } = event;
    const { id } = turn.live.turn;
    if (event.type === 'bound') this.#bound(turn, event.room);
    if (this.#own.get(id) !== turn) return;
    if (event.type === 'changed') this.#changed.fire({ ...event.change, turn: id });
    if (event.type === 'ended') void this.#reading.inTurn(() => this.#readEnd(turn));
  }

  #bound(turn: RunningLiveTurn, room: string): void {
    const { id } = turn.live.turn;
    const isOwn = this.#own.get(id) === turn;
    if (!isOwn && room !== this.key) return;
    if (!isOwn) {
      // Another door of this window asks in the room.
      this.#own.set(id, turn);
      this.#changed.fire({ type: 'turnAdded', index: this.count - 1, turn: turn.live.turn });
      return;
    }
    const { recordId } = turn;
    if (recordId !== undefined && recordId !== id) {
      // The room had the answer: the turn is the one that is there already.
      this.#own.delete(id);
      void this.refresh();
    } else if (room !== this.key) {
      this.#moveTo(room);
    } else if (this.#replacing.delete(id)) {
      // The room's list still has the turn whose prompt is asked again.
      void this.refresh();
    }
  }

  /** The first prompt made the room, or the old one was gone. */
  #moveTo(room: string): void {
    const isNew = this.#view === undefined;
    const carried = isNew ? this.#beginning.carried : this.shown().map(withoutId);
    // What the old room held comes along as a carried transcript.
    if (!isNew) this.#own = new Map([...this.#own].filter(([, { live }]) => live.isRunning));
    this.openRoom(room);
    // It is read when the answer has ended: until then it holds nothing else.
    this.#view?.startWith(carried);
    this.#reading.problem = undefined;
    this.#changed.fire({ type: isNew ? 'header' : 'all' });
  }

  async #readEnd({ live }: RunningLiveTurn): Promise<void> {
    const view = this.#view;
    if (!view) return;
    const before = this.count;
    try {
      await view.refresh(this.#stop.signal);
      if (live.turn.state === 'answered') await view.adopt(live.turn);
      this.#changed.fire({ type: this.count === before ? 'header' : 'all' });
    } catch (error) {
      if (!isAbort(error)) this.#services.log.failure('Chatroom not read', error);
    }
  }

  /** Turns of this window that the room's list does not have. */
  #added(): RunningLiveTurn[] {
    return [...this.#own.values()].filter(({ live }) => !this.#view?.has(live.turn.id));
  }

  #forgetOldest(): void {
    const over = [...this.#own].filter(([id, { live }]) => !live.isRunning && this.#view?.has(id) === true);
    for (const [id] of over.slice(0, Math.max(0, over.length - mostSeen))) this.#own.delete(id);
  }
}

function withoutId({ prompt, reply }: PlacedTurn): CarriedTurn {
  return { prompt, reply };
}
