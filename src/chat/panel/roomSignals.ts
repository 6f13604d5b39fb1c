import { sha256Hex } from '../fingerprint.ts';
import type { FileStore } from '../journal.ts';

const kinds = ['running', 'ended', 'changed'] as const;

/** `running`: a turn is being answered, told again and again. `ended`: it no longer is. `changed`: made, renamed, deleted. */
type SignalKind = (typeof kinds)[number];

/** Tells the other windows of this machine which chatrooms change. */
export interface RoomSignals {
  /** `room` as for {@link hashOfRoom}. Never rejects. */
  tell(room: string, kind: SignalKind): Promise<void>;
  /** Whether another window is answering a turn in a room; rejects as `look` does. */
  isRunning(room: string): Promise<boolean>;
  /** Looks what other windows have told since the last look. Rejects with what the storage rejects with. */
  look(): Promise<Heard>;
}

/** What a look found; rooms by {@link hashOfRoom}. */
interface Heard {
  /** Something is new of this room. */
  isNew(room: string): boolean;
  /** Another window is answering a turn there. */
  isRunning(room: string): boolean;
  /** Something is new of any room, beside a reply that goes on. */
  readonly hasNews: boolean;
}

const folder = '~changed';
/** Files this old have been seen by every window that looks, in milliseconds. */
const longestKept = 60_000;
/** How often a running turn is told of, and after how long without a word its window is taken for dead; milliseconds. */
export const runningInterval = 4000;
const longestSilence = 12_000;

/** The name of a room in {@link Heard}; `room` is any text that is the same in all windows. */
export async function hashOfRoom(room: string): Promise<string> {
  return (await sha256Hex(room)).slice(0, 32);
}

/**
 * Signals are empty write-once files, `~changed/<milliseconds since 1970>.<writer>.<kind>.<room>.json`: listing the
 * folder tells everything. `onError` hears what could not be written.
 */
export function createRoomSignals(
  files: FileStore,
  writer: string,
  onError: (error: unknown) => void,
  now: () => number = Date.now,
): RoomSignals {
  let last = 0;
  /** Missing until the first look: what was told before is no news. */
  let seen: ReadonlySet<string> | undefined;
  let wasRunning: ReadonlySet<string> = new Set();

  async function list(): Promise<Signal[]> {
    return (await files.list(folder)).flatMap((name) => parseSignal(name) ?? []);
  }

  async function listOthers(): Promise<Signal[]> {
    return (await list()).filter((signal) => signal.writer !== writer);
  }

  return {
    tell: async (room, kind) => {
      try {
        last = Math.max(now(), last + 1);
        const time = String(last).padStart(13, '0');
        await files.writeNew(
          `${folder}/${time}.${writer}.${kind}.${await hashOfRoom(room)}.json`,
          new Uint8Array(),
        );
        const old = (await list()).filter((signal) => signal.time < now() - longestKept);
        await Promise.allSettled(old.map(({ name }) => files.remove(`${folder}/${name}`)));
      } catch (error) {
        onError(error);
      }
    },
    isRunning: async (room) => runningRooms(await listOthers(), now()).has(await hashOfRoom(room)),
    look: async () => {
      const others = await listOthers();
      const before = seen ?? new Set(others.map(({ name }) => name));
      seen = new Set(others.map(({ name }) => name));
      const fresh = others.filter(({ name }) => !before.has(name));
      const rooms = new Set(fresh.map(({ room }) => room));
      const running = runningRooms(others, now());
      const known = wasRunning;
      wasRunning = running;
      return {
        isNew: (room) => rooms.has(room),
        isRunning: (room) => running.has(room),
        hasNews: fresh.some(({ kind, room }) => kind !== 'running' || !known.has(room)),
      };
    },
  };
}

interface Signal {
  readonly name: string;
  readonly time: number;
  readonly writer: string;
  readonly kind: SignalKind;
  readonly room: string;
}

function parseSignal(name: string): Signal | undefined {
  const [, time = '', writer = '', word, room = ''] =
    /^(\d{13,16})\.([^.]+)\.([a-z]+)\.([0-9a-f]{32})\.json$/.exec(name) ?? [];
  const kind = kinds.find((known) => known === word);
  return kind && { name, time: Number(time), writer, kind, room };
}

function runningRooms(signals: readonly Signal[], now: number): Set<string> {
  const last = new Map<string, Signal>();
  for (const signal of signals.toSorted((a, b) => a.time - b.time)) {
    if (signal.kind !== 'changed') last.set(`${signal.writer} ${signal.room}`, signal);
  }
  const running = [...last.values()].filter(
    ({ kind, time }) => kind === 'running' && time > now - longestSilence,
  );
  return new Set(running.map(({ room }) => room));
}
