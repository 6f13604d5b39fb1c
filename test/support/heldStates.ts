import { once } from 'node:events';
import http from 'node:http';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { setImmediate as turnOfLoop } from 'node:timers/promises';
import type { ReplyEvent } from '../../src/chat/replyEvents.ts';
import type { RunningServer } from '../server/server.ts';
import { listen } from './loopback.ts';
import { cutAt, type Relay } from './relay.ts';

/** Where prompts are held. */
interface Line {
  readonly server: RunningServer;
  readonly relay: Relay;
}

/** A prompt that will be held. */
interface Hold {
  readonly prompt: string;
  /** Base URL of the connection; missing: the relay's. */
  readonly url?: string;
  /** Hears each event of the answer. */
  readonly hear?: (event: ReplyEvent) => void;
  /** The prompt is held: nothing more happens by itself. */
  readonly reached: Promise<unknown>;
  /** The other side has seen that nobody waits any more; missing: there is no other side. */
  readonly closed?: Promise<unknown>;
  readonly end?: () => void;
}

/** There with nothing in it, still to be made, or with a prompt whose answer nobody has seen. */
export type RoomState = 'empty' | 'missing' | 'unfinished';

/** A state in which a prompt stays until it is stopped. */
export interface HeldState {
  readonly name: string;
  /** Only where the server has rooms: what the room of the conversation is like. */
  readonly room?: RoomState;
  readonly hold: (line: Line) => Promise<Hold> | Hold;
}

const completions = '/completions';
const messages = '/messages';
const rooms = '/chatrooms';

/** Each state in which a person may press Stop. */
export const heldStates: readonly HeldState[] = [
  { name: 'name resolution', hold: resolving },
  { name: 'connecting', hold: connecting },
  {
    name: 'headers',
    hold: ({ server }) => {
      server.fault({ name: 'hang', path: completions });
      const request = nextRequest(server, completions);
      return { prompt: '!echo hi', reached: request, closed: closeOf(request) };
    },
  },
  {
    name: 'stream',
    hold: ({ server }) => ({
      prompt: '!long 100000',
      closed: closeOf(nextRequest(server, completions)),
      ...reachedBy(({ type }) => type === 'textDelta'),
    }),
  },
  {
    name: 'silence',
    hold: ({ server }) => {
      server.fault({ name: 'stall', path: completions, afterDeltas: 1 });
      return {
        prompt: '!echo a b c',
        closed: closeOf(nextRequest(server, completions)),
        ...reachedBy(({ type }) => type === 'textDelta'),
      };
    },
  },
  {
    name: 'retry wait',
    hold: ({ server }) => waiting(server, completions),
  },
  {
    name: 'making the room',
    room: 'missing',
    hold: ({ relay }) => ({ prompt: '!echo hi', ...unanswered(relay, rooms) }),
  },
  {
    name: 'retry wait for the room',
    room: 'missing',
    hold: ({ server }) => waiting(server, rooms),
  },
  {
    name: 'looking for an earlier answer',
    room: 'unfinished',
    hold: ({ relay }) => ({ prompt: '!echo hi', ...unanswered(relay, messages) }),
  },
  {
    name: 'recovery, while the room is read',
    room: 'empty',
    hold: ({ relay }) => {
      relay.spoil(completions, cutAt(0.5));
      return { prompt: '!echo a b c', ...unanswered(relay, messages) };
    },
  },
  {
    name: 'recovery, between two looks',
    room: 'empty',
    hold: ({ server, relay }) => {
      relay.spoil(completions, cutAt(0.5));
      const looked = closeOf(nextRequest(server, messages));
      return { prompt: '!echo a b c', reached: looked.then(aWhile) };
    },
  },
];

/** No address is ever found. */
function resolving(): Hold {
  const usual = http.globalAgent;
  const asked = Promise.withResolvers<void>();
  http.globalAgent = new http.Agent({ lookup: () => asked.resolve() });
  return {
    prompt: '!echo hi',
    url: 'http://name.localhost:9',
    reached: asked.promise,
    end: () => (http.globalAgent = usual),
  };
}

/** The other side takes the connection and never answers the handshake. */
async function connecting(): Promise<Hold> {
  const silent = createTcpServer();
  const port = await listen(silent);
  const closed = Promise.withResolvers<void>();
  const accept = async () => {
    const [socket]: Socket[] = await once(silent, 'connection');
    socket?.on('error', () => undefined).once('close', closed.resolve);
    socket?.resume();
  };
  return {
    prompt: '!echo hi',
    url: `https://127.0.0.1:${port}`,
    reached: accept(),
    closed: closed.promise,
    end: () => void silent.close(),
  };
}

/** The next request with that path is to be made again after a minute. */
function waiting(server: RunningServer, path: string): Hold {
  server.fault({ name: '429', path, headers: { 'retry-after': '60' } });
  return { prompt: '!echo hi', ...reachedBy((event) => event.type === 'state') };
}

/** The next request with that path gets no answer. */
function unanswered(relay: Relay, path: string): Pick<Hold, 'reached' | 'closed'> {
  const [asked, closed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  relay.spoil(path, (_reply, response) => {
    response.once('close', closed.resolve);
    asked.resolve();
    return Buffer.alloc(0);
  });
  return { reached: asked.promise, closed: closed.promise };
}

function reachedBy(isReached: (event: ReplyEvent) => boolean): Pick<Hold, 'hear' | 'reached'> {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { reached: promise, hear: (event) => void (isReached(event) && resolve()) };
}

function nextRequest(server: RunningServer, path: string) {
  const before = new Set(server.requests);
  return server.waitForRequest((request) => request.path.endsWith(path) && !before.has(request));
}

async function closeOf(request: ReturnType<typeof nextRequest>): Promise<void> {
  await (
    await request
  ).requestClosed;
}

/** What follows by itself has happened. */
async function aWhile(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await turnOfLoop();
}
