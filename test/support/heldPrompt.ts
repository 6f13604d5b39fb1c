import type { Connection, ConnectionKind } from '../../src/api/connection.ts';
import { createEndpoint } from '../../src/api/createEndpoint.ts';
import { ask } from '../../src/chat/ask.ts';
import { createLocalChatrooms } from '../../src/chat/localChatrooms.ts';
import { askOnce } from '../../src/chat/quickPrompts/askOnce.ts';
import type { ReplyEvent } from '../../src/chat/replyEvents.ts';
import { createNodeFetch } from '../../src/host/node/nodeFetch.ts';
import { developmentKey, developmentOperator, type RunningServer } from '../server/server.ts';
import type { Placement } from '../../src/chat/placement.ts';
import { newTurn } from '../unit/chat/support/conversation.ts';
import { createMemoryFileStore } from '../unit/chat/support/memoryFileStore.ts';
import type { RoomState } from './heldStates.ts';

/** What asks. */
export interface HeldDoor {
  readonly kind: ConnectionKind;
  /** Missing: in no chatroom. */
  readonly room?: RoomState;
}

type Ask = (prompt: string, signal: AbortSignal) => AsyncIterable<ReplyEvent>;

const fetch = createNodeFetch();

/** Prepares what a door does with a prompt; `origin` is where the requests of the prompt go, if not to the server. */
export async function heldPrompt(server: RunningServer, door: HeldDoor, origin: string): Promise<Ask> {
  const { kind, room: state } = door;
  const base = server.baseUrls[kind];
  const connection: Connection = {
    name: 'held',
    kind,
    url: base.replace(server.url, origin),
    operatorId: developmentOperator,
    credential: async () => developmentKey,
  };
  const endpoint = createEndpoint(connection, { fetch });
  const model = kind === 'tachyon' ? 'tachyon/demo' : 'gpt-4o-demo';
  if (!state) return (prompt, signal) => askOnce({ endpoint, prompt, model, signal });
  const local = createLocalChatrooms({
    files: createMemoryFileStore(),
    streamChatCompletion: (request, options) => endpoint.streamChatCompletion(request, options),
    connection: connection.name,
    writer: 'w',
  });
  const direct = createEndpoint({ ...connection, url: base }, { fetch });
  const make = async () => (await (direct.chatrooms ?? local).create({ name: 'Room' })).id;
  const placement = placementIn(state, state === 'missing' ? '' : await make(), connection.name);
  const chatrooms = endpoint.chatrooms ?? local;
  return (prompt, signal) => {
    const more = { placement, prompt, model, signal, surface: 'panel' } as const;
    const { clock: _, ...turn } = newTurn({ ...endpoint, chatrooms }, more);
    return ask(turn);
  };
}

function placementIn(state: RoomState, room: string, connection: string): Placement {
  if (state === 'missing') return { kind: 'newRoom', reason: 'first', carried: [] };
  const surface = 'panel';
  const record = {
    turn: 'earlier',
    conversation: 'c',
    connection,
    room,
    surface,
    promptHash: 'hash',
  } as const;
  return {
    kind: 'continue',
    room,
    empty: true,
    carried: [],
    carriedStored: true,
    transcript: [],
    records: [],
    ...(state === 'unfinished' && {
      unfinished: [{ record: { ...record, askedAt: new Date().toISOString() }, shown: '' }],
    }),
  };
}
