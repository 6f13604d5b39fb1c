import * as vscode from 'vscode';
import type { Clock } from '../../chat/deltaBatcher.ts';
import { roomReference } from '../../chat/openedRoom.ts';
import { type RoomSignals, runningInterval } from '../../chat/panel/roomSignals.ts';
import type { TurnBinding } from '../../chat/turns.ts';
import { LiveTurn, type LiveTurnInput, type TurnChange } from './liveTurn.ts';

/** Something happened to a turn that is being answered in this window. */
export type LiveEvent =
  /** Its room is known. */
  | { readonly type: 'bound'; readonly turn: RunningLiveTurn; readonly room: string }
  | { readonly type: 'changed'; readonly turn: RunningLiveTurn; readonly change: TurnChange }
  | { readonly type: 'ended'; readonly turn: RunningLiveTurn };

/** A door's hold on the turn that it answers. */
export interface RunningLiveTurn {
  readonly live: LiveTurn;
  /** `roomReference` of its room, once that is known. */
  readonly room: string | undefined;
  /** The journal's id of the turn, once its room is known: another one where the room had the answer already. */
  readonly recordId: string | undefined;
  bind(binding: TurnBinding): void;
  /** Passes on what `live` said is new. */
  tell(changes: readonly TurnChange[]): void;
  end(): void;
}

/** The turns that are being answered in this window, through any door, and what other windows are told of them. */
export class LiveTurns implements vscode.Disposable {
  readonly #events = new vscode.EventEmitter<LiveEvent>();
  readonly #running = new Set<RunningLiveTurn>();
  readonly #signals: RoomSignals;
  readonly #clock: Clock;
  #lastRoom: string | undefined;
  readonly onEvent = this.#events.event;

  constructor(signals: RoomSignals, clock: Clock) {
    this.#signals = signals;
    this.#clock = clock;
  }

  dispose(): void {
    this.#events.dispose();
  }

  /** `roomReference` of the room that a turn of this window went to last. */
  get lastRoom(): string | undefined {
    return this.#lastRoom;
  }

  /** The turns that run in a room. */
  inRoom(room: string): RunningLiveTurn[] {
    return [...this.#running].filter((turn) => turn.room === room);
  }

  /** Whether the journal's turn is being answered in this window. */
  isRunning(recordId: string): boolean {
    return [...this.#running].some((turn) => turn.recordId === recordId);
  }

  /** A conversation was bound to a room without a turn. */
  opened(room: string): void {
    this.#lastRoom = room;
  }

  /** A turn begins. Whoever began it ends it. */
  begin(input: LiveTurnInput): RunningLiveTurn {
    let room: string | undefined;
    let recordId: string | undefined;
    let stopTelling: (() => void) | undefined;
    const live = new LiveTurn(input);
    const beat = () => {
      if (room === undefined) return;
      void this.#signals.tell(room, 'running');
      stopTelling = this.#clock.after(runningInterval, beat);
    };
    const turn: RunningLiveTurn = {
      live,
      get room() {
        return room;
      },
      get recordId() {
        return recordId;
      },
      bind: (binding) => {
        stopTelling?.();
        room = roomReference(binding);
        recordId = binding.turn;
        this.#lastRoom = room;
        beat();
        this.#events.fire({ type: 'bound', turn, room });
      },
      tell: (changes) => {
        for (const change of changes) this.#events.fire({ type: 'changed', turn, change });
      },
      end: () => {
        stopTelling?.();
        this.#running.delete(turn);
        if (room !== undefined) void this.#signals.tell(room, 'ended');
        this.#events.fire({ type: 'ended', turn });
      },
    };
    this.#running.add(turn);
    return turn;
  }
}
