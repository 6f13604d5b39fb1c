import { randomBytes } from 'node:crypto';
import { constants, gzipSync } from 'node:zlib';
import type { Connection } from '../../../../src/api/connection.ts';
import type { RunningServer } from '../../../server/server.ts';
import { cutAt, type Relay, type Spoil } from '../../../support/relay.ts';
import type { Window } from './doors.ts';

/** Where a conversation is kept: on the server, on this machine, or nowhere. */
export type Keeper = 'server' | 'local' | 'once';

/** How a prompt ends: with its whole answer, with the one that the room had, without; or it was never taken. */
export type End = 'answered' | 'recovered' | 'interrupted' | 'failed' | 'refused';

/** What a fault works on. */
export interface Scene {
  readonly server: RunningServer;
  readonly relay: Relay;
  /** The one that asks. */
  readonly window: Window;
  /** The room of the conversation; undefined where there is none. */
  readonly room: string | undefined;
  /** Asks in another window, in the same room. */
  readonly askElsewhere: (prompt: string) => Promise<void>;
  /** The machine sleeps for an hour as soon as an answer is looked for. */
  readonly sleep: () => void;
  /** The host is killed. */
  readonly kill: () => never;
}

/** What had come of the answer: some, all of its text, or its end, too. */
export type Arrived = 'some' | 'text' | 'end';

/** One fault in the middle of a conversation. */
export interface Fault {
  readonly name: string;
  /** Called before the prompt goes out. */
  readonly arm?: (scene: Scene) => Promise<void> | void;
  /** Called when the first text of the answer is shown. */
  readonly during?: (scene: Scene) => Promise<void> | void;
  /** Called at each wait before the request goes out again. */
  readonly waiting?: (scene: Scene, count: number) => Promise<void> | void;
  /** Nothing more comes: time passes until a limit fires. */
  readonly stalls?: true;
  /** The clock of the machine is off by so much while the prompt is asked, in milliseconds. */
  readonly clockOff?: number;
  readonly connection?: Partial<Connection>;
  readonly end: (keeper: Keeper, arrived: Arrived) => End;
  /** Where it can come; missing: anywhere. */
  readonly keepers?: readonly Keeper[];
  /** How long the server asks to wait, in milliseconds. */
  readonly delay?: number;
  /** A new window goes on: the old one's host is dead. */
  readonly kills?: true;
  /** It comes with the first prompt, whose chatroom must be made: nothing of the prompt has gone out. */
  readonly isFirst?: true;
}

const once: Pick<Fault, 'connection'> = { connection: { retry: { strategy: 'none' } } };
const completions = '/completions';
const hour = 3_600_000;

/** What the server has is read from its room; where that is what had come, nobody knows whether it is all. */
const cut: Fault['end'] = (keeper, arrived) => {
  if (arrived === 'end') return 'answered';
  return keeper === 'server' && arrived === 'some' ? 'recovered' : 'interrupted';
};
const spoiled = (name: string, spoil: Spoil, end: Fault['end'] = cut, more: Partial<Fault> = {}): Fault => ({
  name,
  arm: ({ relay }) => relay.spoil(completions, spoil),
  end,
  ...more,
});

/** The connection dies at every fiftieth of the stream. */
export const cuts: readonly Fault[] = Array.from({ length: 50 }, (_, i) => (i + 1) / 50).map((share) =>
  spoiled(`cut at ${Math.round(share * 100)} %`, cutAt(share)),
);

/** Statuses that pass; after those by which a request is refused unread, even what is stored may go out again. */
export const statuses = ([408, 425, 429, 500, 502, 503, 504] as const).flatMap((status): Fault[] => {
  const name = `${status}` as const;
  const isUntaken = status === 425 || status === 429;
  const last: End = status >= 500 ? 'failed' : 'refused';
  const passes = (keeper: Keeper): End => (keeper !== 'server' || isUntaken ? 'answered' : last);
  const headers = { 'retry-after': '1' };
  const arm =
    (more: object) =>
    ({ server }: Scene) =>
      server.fault({ name, path: completions, ...more });
  return [
    { name: `${status}`, arm: arm({}), end: passes },
    { name: `${status} with Retry-After`, arm: arm({ headers }), end: passes, delay: 1000 },
    { name: `${status} for good`, arm: arm({ headers }), end: () => last, ...once },
  ];
});

/** Headers that never end. */
const slowLoris: Spoil = (_reply, response) => {
  const { socket } = response;
  socket?.write('HTTP/1.1 200 OK\r\n');
  const drip = setInterval(() => socket?.write('x-a: b\r\n'), 5);
  socket?.once('close', () => clearInterval(drip));
  return Buffer.alloc(0);
};

const stalled: Spoil = ({ status, headers, body }, response) => {
  const sent = body.subarray(0, body.length / 2);
  response.writeHead(status, headers).write(sent);
  return sent;
};

/** Half of it can be read, and the end of the coding is missing. */
const truncatedGzip: Spoil = ({ status, headers, body }, response) => {
  const sent = body.subarray(0, body.indexOf('\n\n', body.length / 2) + 2);
  const { 'content-length': _, ...rest } = headers;
  response.writeHead(status, { ...rest, 'content-encoding': 'gzip' });
  response.end(gzipSync(sent, { finishFlush: constants.Z_SYNC_FLUSH }));
  return sent;
};

/** What was meant for nobody, between two events. */
const garbageBetween: Spoil = ({ status, headers, body }, response) => {
  const at = body.indexOf('\n\n', body.length / 2) + 2;
  const garbage = Buffer.from(randomBytes(512).map((byte) => (byte < 32 ? 0xff : byte)));
  const sent = Buffer.concat([body.subarray(0, at), garbage, Buffer.from('\n\n'), body.subarray(at)]);
  response.writeHead(status, headers).end(sent);
  return body;
};

/** The same in the middle of one. */
const garbageWithin: Spoil = ({ status, headers, body }, response) => {
  const at = body.indexOf('"content"', body.length / 2);
  const sent = Buffer.concat([body.subarray(0, at), randomBytes(64), body.subarray(at)]);
  response.writeHead(status, headers).end(sent);
  return body.subarray(0, at);
};

const garbageOnly: Spoil = (_reply, response) => {
  response.socket?.end(Buffer.concat([Buffer.from('\u0000\u0001'), randomBytes(512)]));
  return Buffer.alloc(0);
};

const lostReply: Spoil = (_reply, response) => {
  response.socket?.resetAndDestroy();
  return Buffer.alloc(0);
};

/** All the others. */
export const otherFaults: readonly Fault[] = [
  { name: 'nothing', end: () => 'answered' },
  {
    name: 'refused at first',
    arm: ({ relay }) => relay.down(),
    waiting: ({ relay }, count) => (count === 2 ? relay.up() : undefined),
    end: () => 'answered',
  },
  { name: 'refused', arm: ({ relay }) => relay.down(), end: () => 'refused', ...once },
  {
    name: 'reset before the request',
    arm: ({ relay }) => relay.spoil(completions, 'before'),
    end: () => 'interrupted',
  },
  {
    name: 'reset after the request',
    arm: ({ relay }) => relay.spoil(completions, 'after'),
    end: () => 'interrupted',
  },
  spoiled('response lost after the server stored it', lostReply),
  {
    name: 'cut at the server, which keeps what it sent',
    arm: ({ server }) => server.fault({ name: 'cut', afterDeltas: 4 }),
    end: () => 'interrupted',
  },
  spoiled('stalled', stalled, cut, { stalls: true }),
  spoiled('slow-loris headers', slowLoris, cut, { stalls: true }),
  spoiled('truncated gzip', truncatedGzip),
  spoiled('garbage bytes between two events', garbageBetween, () => 'answered'),
  spoiled('garbage bytes within an event', garbageWithin, (keeper) =>
    keeper === 'server' ? 'recovered' : 'failed',
  ),
  spoiled('garbage bytes for a response', garbageOnly, cut),
  {
    name: 'error event',
    arm: ({ server }) => server.fault({ name: 'error-event', afterDeltas: 4 }),
    end: () => 'failed',
  },
  {
    name: 'error in the data',
    arm: ({ server }) => server.fault({ name: 'error-data', afterDeltas: 4 }),
    end: () => 'failed',
  },
  {
    name: '401 in mid-conversation',
    arm: ({ server }) => server.fault({ name: '401', path: completions }),
    end: () => 'refused',
  },
  {
    name: 'room deleted',
    keepers: ['server', 'local'],
    arm: async ({ window, room }) => {
      if (room !== undefined) await window.endpoint.chatrooms.remove(room);
    },
    end: () => 'answered',
  },
  { name: 'clock set back a day', clockOff: -24 * hour, end: () => 'answered' },
  { name: 'clock set forward a day', clockOff: 24 * hour, end: () => 'answered' },
  spoiled('sleep while the room is read for the rest', cutAt(0.5), cut, {
    keepers: ['server'],
    during: ({ relay, sleep }) => {
      for (let look = 0; look < 3; look += 1) relay.spoil('/messages', 'after');
      sleep();
    },
  }),
  {
    name: 'another window asks in the same room',
    during: ({ askElsewhere }) => askElsewhere('!echo other window'),
    end: () => 'answered',
  },
  spoiled('host killed', stalled, cut, { kills: true, during: ({ kill }) => kill() }),
];

const rooms = '/chatrooms';
const isUnsent: Pick<Fault, 'end' | 'isFirst'> = { end: () => 'refused', isFirst: true };

/** Faults of the request that makes the chatroom. */
export const firstFaults: readonly Fault[] = [
  { name: 'no room: refused', arm: ({ relay }) => relay.down(), ...isUnsent, ...once },
  { name: 'no room: reset before', arm: ({ relay }) => relay.spoil(rooms, 'before'), ...isUnsent },
  { name: 'no room: reset after', arm: ({ relay }) => relay.spoil(rooms, 'after'), ...isUnsent },
  { name: 'no room: response lost', arm: ({ relay }) => relay.spoil(rooms, lostReply), ...isUnsent },
  { name: 'no room: cut', arm: ({ relay }) => relay.spoil(rooms, cutAt(0.5)), ...isUnsent },
  { name: 'no room: garbage', arm: ({ relay }) => relay.spoil(rooms, garbageOnly), ...isUnsent },
  ...(['401', '408', '500', '502', '503', '504'] as const).map((name) => ({
    name: `no room: ${name}`,
    arm: ({ server }: Scene) => server.fault({ name, path: rooms }),
    ...isUnsent,
  })),
  ...(['425', '429'] as const).map((name) => ({
    name: `a room at the second try: ${name}`,
    arm: ({ server }: Scene) => server.fault({ name, path: rooms, headers: { 'retry-after': '1' } }),
    delay: 1000,
    end: () => 'answered' as const,
    isFirst: true as const,
  })),
];
