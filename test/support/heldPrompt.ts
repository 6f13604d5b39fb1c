import type { Connection, ConnectionKind } from '../../src/api/connection.ts';
import { createEndpoint } from '../../src/api/createEndpoint.ts';
import { ask } from '../../src/chat/ask.ts';
import { createLocalChatrooms } from '../../src/chat/localChatrooms.ts';
import { askOnce } from '../../src/chat/quickPrompts/askOnce.ts';
import type { ReplyEvent } from '../../src/chat/replyEvents.ts';
import { createNodeFetch } from '../../src/host/node/nodeFetch.ts';
import { developmentKey, developmentOperator, type RunningServer } from '../server/server.ts';
import { newTurn } from '../unit/chat/support/conversation.ts';
import { createMemoryFileStore } from '../unit/chat/support/memoryFileStore.ts';

/** What asks. */
export interface HeldDoor {
  readonly kind: ConnectionKind;
  /** In a chatroom, which is there already. */
  readonly hasRoom: boolean;
}

type Ask = (prompt: string, signal: AbortSignal) => AsyncIterable<ReplyEvent>;

const fetch = createNodeFetch();

/** Prepares what a door does with a prompt; `origin` is where the requests of the prompt go, if not to the server. */
export async function heldPrompt(server: RunningServer, door: HeldDoor, origin: string): Promise<Ask> {
  const { kind, hasRoom } = door;
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
  if (!hasRoom) return (prompt, signal) => askOnce({ endpoint, prompt, model, signal });
  const local = createLocalChatrooms({
    files: createMemoryFileStore(),
    streamChatCompletion: (request, options) => endpoint.streamChatCompletion(request, options),
    connection: connection.name,
    writer: 'w',
  });
  const direct = createEndpoint({ ...connection, url: base }, { fetch });
  const { id: room } = await (direct.chatrooms ?? local).create({ name: 'Room' });
  const placement = {
    kind: 'continue',
    room,
    empty: true,
    carried: [],
    carriedStored: true,
    transcript: [],
    records: [],
  } as const;
  const chatrooms = endpoint.chatrooms ?? local;
  return (prompt, signal) => {
    const more = { placement, prompt, model, signal, surface: 'panel' } as const;
    const { clock: _, ...turn } = newTurn({ ...endpoint, chatrooms }, more);
    return ask(turn);
  };
}
