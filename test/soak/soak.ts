import { getEventListeners } from 'node:events';
import { globalAgent } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ApiError } from '../../src/api/apiError.ts';
import { createEndpoint } from '../../src/api/createEndpoint.ts';
import type { Connection } from '../../src/api/connection.ts';
import type { RoomEndpoint } from '../../src/api/endpoint.ts';
import { createFileJournal } from '../../src/chat/fileJournal.ts';
import type { FileStore, Journal } from '../../src/chat/journal.ts';
import { createLocalChatrooms } from '../../src/chat/localChatrooms.ts';
import { readRoom } from '../../src/chat/roomMessages.ts';
import type { VisibleTurn } from '../../src/chat/turns.ts';
import { createNodeFetch } from '../../src/host/node/nodeFetch.ts';
import { developmentKey, developmentOperator } from '../server/server.ts';
import { askTurn } from '../unit/chat/support/conversation.ts';
import { spawnServer } from './server.ts';

/** What a soak found. */
export interface SoakResult {
  readonly prompts: number;
  /** Turns that ended with an error, by its kind, and those that were stopped. */
  readonly failed: Readonly<Record<string, number>>;
  /** Prompts that neither a chatroom nor the journal has. */
  readonly lost: readonly string[];
  /** Bytes on the heap after a collection, after each hundred prompts. */
  readonly heaps: readonly number[];
  /** Sockets, timers and listeners that were not there before. */
  readonly left: readonly string[];
}

const turnsOfConversation = 50;
/** One of ten prompts meets one of these. */
const faults = [
  'cut',
  'lost-reply',
  'lost-rest',
  'reset',
  'error-event',
  'broken-json',
  'eof',
  'stall',
] as const;
const statuses = ['429', '503', '401', '502html', '408', '400', '500'] as const;

interface Asked {
  readonly endpoint: RoomEndpoint;
  readonly room: string;
  readonly prompt: string;
  readonly signal: AbortSignal;
}

/**
 * Asks so many prompts in conversations, half of them in chatrooms of the server, half in those on this machine. `openFiles`
 * gives the storage of each name.
 */
export async function soak(prompts: number, openFiles: (name: string) => FileStore): Promise<SoakResult> {
  const server = await spawnServer();
  const before = process.getActiveResourcesInfo();
  const journal = createFileJournal(openFiles('journal'), 'soak');
  const endpoints = [serverRooms(server.url), localRooms(server.url, openFiles('rooms'))] as const;
  const failed: Record<string, number> = {};
  const heaps: number[] = [];
  const lost: string[] = [];
  const left: string[] = [];
  try {
    let visible: VisibleTurn[] = [];
    let asked: Asked[] = [];
    for (let index = 0; index < prompts; index += 1) {
      const conversation = Math.floor(index / turnsOfConversation);
      const endpoint = endpoints[conversation % 2] ?? endpoints[0];
      if (index % turnsOfConversation === 0) visible = [];
      const prompt = promptAt(index);
      const stop = new AbortController();
      const { signal } = stop;
      const onBinding = index % 23 === 22 ? () => setImmediate(() => stop.abort()) : () => undefined;
      let room = '';
      const turn = await askTurn(endpoint, journal, visible, prompt, {
        model: endpoint.kind === 'tachyon' ? 'tachyon/demo' : 'demo:latest',
        signal,
        onBinding: (binding) => {
          ({ room } = binding);
          onBinding();
        },
      });
      if (turn.error !== undefined) {
        const kind = turn.error instanceof ApiError ? turn.error.kind : signal.aborted ? 'stopped' : 'other';
        failed[kind] = (failed[kind] ?? 0) + 1;
        if (kind === 'other') throw turn.error;
      }
      visible.push({ ...turn.visible, ...(turn.binding && { binding: turn.binding }) });
      asked.push({ endpoint, room, prompt, signal });
      if (index % turnsOfConversation === turnsOfConversation - 1 || index === prompts - 1) {
        lost.push(...(await findLost(asked, journal)));
        left.push(...asked.flatMap(listenersOf));
        asked = [];
      }
      if (index % 100 === 99) heaps.push(collectedHeap());
    }
    left.push(...(await leftOpen(before, () => server.stop())));
    return { prompts, failed, lost, heaps, left };
  } finally {
    await server.stop();
  }
}

function promptAt(index: number): string {
  if (index % 10 !== 9) return `!echo prompt ${index}`;
  const all = [...faults, ...statuses];
  return `!fault ${all[Math.floor(index / 10) % all.length]} prompt ${index}`;
}

function connectionTo(url: string, kind: Connection['kind']): Connection {
  return {
    name: kind,
    kind,
    url,
    operatorId: developmentOperator,
    credential: developmentKey,
    timeouts: { silence: 200 },
    retry: {
      strategy: 'backoff',
      backoff: { initialInterval: 1, maxInterval: 2, exponent: 2, maxElapsedTime: 20 },
    },
  };
}

function serverRooms(url: string): RoomEndpoint {
  const { chatrooms, ...rest } = createEndpoint(connectionTo(url, 'tachyon'), { fetch: createNodeFetch() });
  if (!chatrooms) throw new TypeError('Tachyon has chatrooms.');
  return { ...rest, chatrooms };
}

function localRooms(url: string, files: FileStore): RoomEndpoint {
  const connection = connectionTo(`${url}/compatible/v1`, 'openai-compatible');
  const endpoint = createEndpoint(connection, { fetch: createNodeFetch() });
  return { ...endpoint, chatrooms: createLocalChatrooms({ ...endpoint, files, writer: 'soak' }) };
}

async function findLost(asked: readonly Asked[], journal: Journal): Promise<string[]> {
  const lost: string[] = [];
  const rooms = Map.groupBy(asked, ({ room }) => room);
  for (const [room, turns] of rooms) {
    const [first] = turns;
    if (!first) continue;
    const messages = await readRoom(first.endpoint.chatrooms, room);
    const records = await journal.records(room);
    const kept = new Set([...messages.map(({ text }) => text), ...records.map((record) => record.prompt)]);
    lost.push(...turns.flatMap(({ prompt }) => (kept.has(prompt) ? [] : prompt)));
  }
  return lost;
}

/** A request hears of its stop until its socket is free again, a moment after the answer. */
function listenersOf({ prompt, signal }: Asked): string[] {
  return getEventListeners(signal, 'abort').map(() => `a listener of “${prompt}”`);
}

function collectedHeap(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed;
}

/** What stays open: connections that a request still holds, and what is left when the server has closed the idle ones. */
async function leftOpen(before: readonly string[], stopServer: () => Promise<void>): Promise<string[]> {
  const held = await whatStays(() =>
    Object.entries(globalAgent.sockets).flatMap(([name, sockets = []]) =>
      sockets.map(() => `a socket to ${name}`),
    ),
  );
  await stopServer();
  return [...held, ...(await whatStays(() => added(before)))];
}

/** What is still there some turns later. */
async function whatStays(look: () => string[]): Promise<string[]> {
  let left = look();
  for (let turn = 0; turn < 10_000 && left.length > 0; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    left = look();
  }
  return left;
}

/** What is open and was not. */
function added(before: readonly string[]): string[] {
  const rest = [...before];
  return process.getActiveResourcesInfo().filter((resource) => {
    const at = rest.indexOf(resource);
    if (at !== -1) rest.splice(at, 1);
    return at === -1;
  });
}
