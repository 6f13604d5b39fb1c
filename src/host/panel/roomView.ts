import type { Connection } from '../../api/connection.ts';
import type { ChatroomOperations } from '../../api/endpoint.ts';
import type { CarriedTurn } from '../../chat/carried.ts';
import { systemClock } from '../../chat/clock.ts';
import type { L10n } from '../../chat/l10n.ts';
import type { PlacedTurn } from '../../chat/panel/panelPlacement.ts';
import { createRoomTranscript, type RoomTranscript } from '../../chat/panel/roomTranscript.ts';
import { matchRecords, unheldTurns } from '../../chat/panel/turnRecords.ts';
import { carriedPrompts } from '../../chat/roomMessages.ts';
import { recoverRoom } from '../../chat/recoverRoom.ts';
import { isUnfinished, type TurnRecord } from '../../chat/turns.ts';
import type { PanelTurn, TurnState } from '../../shared/panelMessages.ts';
import type { PanelServices } from './panelServices.ts';
import { carriedTurn, heldTurn, longer, type TurnFacts, unheldTurn } from './roomTurns.ts';

/** A chatroom, and the connection that it is asked through. */
export interface RoomPlace {
  /** `roomReference` of it, under the stored name. */
  readonly key: string;
  readonly connection: Connection;
  /** The name of the connection that its rooms know. */
  readonly stored: string;
  readonly room: string;
  readonly chatrooms: ChatroomOperations;
}

interface RoomViewServices extends Pick<PanelServices, 'journal' | 'carriedTranscripts'> {
  readonly live: Pick<PanelServices['live'], 'isRunning'>;
  readonly sent: Pick<PanelServices['sent'], 'turns'>;
}

/** Turns at the end whose records are matched whenever the room was read. */
const endLength = 30;

/** What a chatroom holds, told as turns: carried ones, those of its messages, and those that no server took. */
export class RoomView {
  readonly place: RoomPlace;
  /** Another window answers a turn of the room: it is not looked up. */
  isElsewhere = false;
  readonly #services: RoomViewServices;
  readonly #l10n: L10n;
  readonly #transcript: RoomTranscript;
  /** Message id → turn. */
  readonly #assigned = new Map<string, string>();
  #records: readonly TurnRecord[] = [];
  #carried: readonly CarriedTurn[] = [];
  #unheld: readonly TurnRecord[] = [];
  #kept: ReadonlyMap<string, string> = new Map();
  #requests: ReadonlySet<string> = new Set();
  #isSettled = false;

  constructor(place: RoomPlace, services: RoomViewServices, l10n: L10n) {
    this.place = place;
    this.#services = services;
    this.#l10n = l10n;
    this.#transcript = createRoomTranscript(place.chatrooms, place.room);
  }

  get key(): string {
    return this.place.key;
  }

  get count(): number {
    return this.#carried.length + this.#transcript.count + this.#unheld.length;
  }

  /** The whole room was looked at. */
  get isWhole(): boolean {
    return this.#transcript.isWhole;
  }

  get records(): readonly TurnRecord[] {
    return this.#records;
  }

  /** What was carried into the room and is not in it. */
  get carried(): readonly CarriedTurn[] {
    return this.#carried;
  }

  /** The room holds turns that no record of this workspace tells of. */
  get hasUnknown(): boolean {
    return this.#transcript.count > this.#records.length;
  }

  /** The room has no message. */
  get isEmpty(): boolean {
    return this.#transcript.count === 0;
  }

  /** Whether the turn is among those that are told. */
  has(turn: string): boolean {
    return [...this.#assigned.values()].includes(turn) || this.#unheld.some((record) => record.turn === turn);
  }

  /** The room was just made, with these turns brought along. */
  startWith(carried: readonly CarriedTurn[]): void {
    this.#carried = carried;
  }

  /** Reads what is new of the room. Throws `ApiError`, or a `StorageError`. */
  async refresh(signal?: AbortSignal): Promise<void> {
    const { journal, carriedTranscripts, sent } = this.#services;
    const { room, stored } = this.place;
    const [carried, records, requests] = await Promise.all([
      carriedTranscripts.find({ connection: stored, room }).catch(() => []),
      journal.records(room).catch(() => []),
      sent.turns().catch(() => new Set<string>()),
      this.#transcript.refresh(signal),
    ]);
    this.#records = records;
    this.#requests = requests;
    await this.#match(carried);
  }

  /** Looks at the rest of a long room. */
  async complete(signal?: AbortSignal): Promise<void> {
    if (this.isWhole) return;
    await this.#transcript.complete(signal);
    await this.#match(this.#carried);
  }

  /** Looks up turns whose end nobody has seen. Returns whether there were any. */
  async settle(signal?: AbortSignal): Promise<boolean> {
    const { journal, live } = this.#services;
    const { room, connection, chatrooms } = this.place;
    const isRunning = (turn: string) => this.isElsewhere || live.isRunning(turn);
    const isOpen = this.#records.some((record) => isUnfinished(record) && !isRunning(record.turn));
    const from = { room, kind: connection.kind, chatrooms, journal, clock: systemClock, isFresh: true };
    try {
      if (isOpen) await recoverRoom({ ...from, ...(signal && { signal }) }, isRunning);
    } finally {
      // Found or given up, nobody looks any more.
      this.#isSettled = true;
    }
    return isOpen;
  }

  /** The reply of a turn of ours came with the room's last message, whatever the server made of its prompt. */
  async adopt({ id, reply }: Pick<PanelTurn, 'id' | 'reply'>): Promise<void> {
    if (this.has(id) || reply.trim() === '') return;
    const last = await this.#transcript.turns(this.#transcript.count - 1, 1);
    const own = last.find((turn) => !this.#assigned.has(turn.id) && turn.reply.trim() === reply.trim());
    if (own) this.#assigned.set(own.id, id);
  }

  /** Turns by their index, as far as there are any. */
  async turns(first: number, count: number, signal?: AbortSignal): Promise<PanelTurn[]> {
    const carried = this.#carried.slice(first, first + count).map((turn, i) => carriedTurn(turn, first + i));
    const start = Math.max(0, first - this.#carried.length);
    const from = await this.#transcript.turns(start, count - carried.length, signal);
    const records = await matchRecords(from, this.#records, this.#assigned);
    const held = from.map((turn, i) => {
      const id = records[i]?.turn ?? this.#assigned.get(turn.id);
      const found = heldTurn(turn, this.#facts(records[i]));
      return id === undefined ? found : { ...found, id };
    });
    const at = Math.max(0, first - this.#carried.length - this.#transcript.count);
    const rest = this.#unheld
      .slice(at, at + count - carried.length - held.length)
      .map((record) => unheldTurn(record, this.#facts(record)));
    return [...carried, ...held, ...rest];
  }

  /** The turns that can be told without asking anybody, without those that no server took. */
  keptTurns(): PlacedTurn[] {
    const held = this.#transcript.keptEnd().map(({ id, prompt, reply }) => {
      const turn = this.#assigned.get(id);
      const kept = (turn === undefined ? undefined : this.#kept.get(turn)) ?? '';
      return { prompt, reply: longer(kept, reply), ...(turn !== undefined && { turn }) };
    });
    return [...(held.length === this.#transcript.count ? this.#carried : []), ...held];
  }

  #facts(record: TurnRecord | undefined): TurnFacts {
    const unfinishedState: TurnState = this.isElsewhere
      ? 'streaming'
      : this.#isSettled || !record
        ? 'interrupted'
        : 'recovering';
    return {
      connection: this.place.connection,
      record,
      kept: record && this.#kept.get(record.turn),
      hasRequest: record !== undefined && this.#requests.has(record.turn),
      unfinishedState,
      l10n: this.#l10n,
    };
  }

  async #match(carried: readonly CarriedTurn[]): Promise<void> {
    const { count, isWhole } = this.#transcript;
    const end = await this.#transcript.turns(Math.max(0, count - endLength), endLength);
    await matchRecords(end, this.#records, this.#assigned);
    const beginning = isWhole ? await this.#transcript.turns(0, carried.length) : [];
    const owners = await matchRecords(beginning, this.#records, this.#assigned);
    const prompts = new Set(beginning.flatMap(({ prompt }, i) => (owners[i] ? [] : prompt.trim())));
    // Those that the server turns out to hold are its own.
    const isHeld = carriedPrompts(carried).every((prompt) => prompts.has(prompt.trim()));
    this.#carried = isHeld ? [] : carried;
    this.#unheld = unheldTurns(this.#records, new Set(this.#assigned.values()));
    const lost = this.#records.filter(({ outcome }) => outcome !== 'answered').map(({ turn }) => turn);
    this.#kept = await this.#services.journal.replies(lost).catch(() => new Map());
  }
}
