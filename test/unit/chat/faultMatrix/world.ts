import assert from 'node:assert/strict';
import type { Connection, ConnectionKind } from '../../../../src/api/connection.ts';
import { dialectOf } from '../../../../src/api/dialects.ts';
import { developmentKey, developmentOperator, type RunningServer } from '../../../server/server.ts';
import type { Relay } from '../../../support/relay.ts';
import { createMemoryFileStore } from '../support/memoryFileStore.ts';
import { createQuickClock } from '../support/quickClock.ts';
import { type DoorName, doors, openPanel, openWindow, type Window } from './doors.ts';
import type { Fault, Keeper, Scene } from './faults.ts';

/** Where a fault is tried. */
export interface Place {
  readonly door: DoorName;
  readonly kind: ConnectionKind;
}

/** A server and a relay to it, which all cells share. */
export interface Line {
  readonly server: RunningServer;
  readonly relay: Relay;
}

/** What a host that is killed ends its turn with. */
export class Killed extends Error {}

/** One that chats, at the local server. */
const models: Readonly<Record<ConnectionKind, string>> = {
  tachyon: 'tachyon/demo',
  openai: 'gpt-4o-demo',
  atoma: 'demo-labs/Demo-3.3-70B-Instruct',
  'openai-compatible': 'demo:latest',
};

/** Who keeps a conversation there. */
export function keeperOf({ door, kind }: Place): Keeper {
  if (door === 'quickOnce') return 'once';
  return dialectOf(kind).hasChatrooms ? 'server' : 'local';
}

/** The machine that a conversation runs on: its disk, its clock and its windows. */
export class World {
  readonly keeper: Keeper;
  readonly #line: Line;
  readonly #model: string;
  readonly #connection: Connection;
  readonly #files = createMemoryFileStore();
  /** Nothing is written any more. */
  #isFrozen = false;
  #slept = 0;
  #isTired = false;
  /** Requests go through the relay; only then, because that takes time. */
  isRelayed = false;
  /** An answer is looked for in its room. */
  isLooking = false;

  constructor({ connection }: Fault, place: Place, line: Line) {
    const { kind } = place;
    this.keeper = keeperOf(place);
    this.#line = line;
    this.#model = models[kind];
    this.#connection = {
      name: 'matrix',
      kind,
      url: line.server.baseUrls[kind].replace(line.server.url, line.relay.url),
      operatorId: developmentOperator,
      credential: async () => developmentKey,
      ...connection,
    };
  }

  /** Opens a window; the disk works again. */
  open(writer: string): Window {
    this.#isFrozen = false;
    const { relay, server } = this.#line;
    const clock = createQuickClock(() => {
      if (!this.#isTired || !this.isLooking) return;
      this.#isTired = false;
      this.#slept += 3_600_000;
    });
    const files = this.#files;
    return openWindow({
      connection: this.#connection,
      model: this.#model,
      files: {
        ...files,
        writeNew: async (path, bytes) => void (this.#isFrozen || (await files.writeNew(path, bytes))),
        remove: async (path) => void (this.#isFrozen || (await files.remove(path))),
      },
      writer,
      clock: { ...clock, now: () => clock.now() + this.#slept },
      route: (url) => (this.isRelayed ? url : url.replace(relay.url, server.url)),
    });
  }

  /** What a fault that is ordered for this window works on. */
  scene(window: Window, room: string | undefined): Scene {
    return {
      ...this.#line,
      window,
      room: this.keeper === 'once' ? undefined : room,
      askElsewhere: async (prompt) => {
        const other = this.open('other');
        const door = room === undefined ? doors.quickOnce(other) : openPanel(other, room);
        const answer = await door.ask(prompt);
        assert.equal(answer.error, undefined);
      },
      sleep: () => void (this.#isTired = true),
      kill: () => {
        this.#isFrozen = true;
        throw new Killed('The host was killed.');
      },
    };
  }
}
