import { ApiError } from '../../../../src/api/apiError.ts';
import type { RequestOptions } from '../../../../src/api/connection.ts';
import type { NewChatroom, ReplyExpectation, RoomEndpoint } from '../../../../src/api/endpoint.ts';
import type { ChatCompletionChunk, ChatMessage } from '../../../../src/api/wire.ts';
import type { ChatCompletionMessage, ChatCompletionRequest } from '../../../../src/api/wireRequest.ts';

/** An endpoint whose rooms are kept in memory, images as messages of their own, with a script for its replies. */
export interface MemoryEndpoint extends RoomEndpoint {
  readonly rooms: Map<string, ChatMessage[]>;
  readonly created: NewChatroom[];
  readonly requests: { room: string; request: ChatCompletionRequest }[];
  /** Messages that another client added. */
  addMessage(room: string, role: string, text: string): void;
}

export interface MemoryEndpointOptions {
  /** Whether a request's earlier messages are stored too, or only its last one. */
  readonly storesCarried?: boolean;
  /** Begins the ids of the rooms: `ch` if nothing else is said. */
  readonly roomPrefix?: string;
  /** What replies are expected to be like: one answer each, perhaps without a finish reason, if nothing else is said. */
  readonly expected?: ReplyExpectation;
  /** Chunks of each reply; throws to fail before the stream. */
  readonly reply?: (
    request: ChatCompletionRequest,
    options: RequestOptions,
  ) => AsyncIterable<ChatCompletionChunk>;
  /** Called before messages are read. */
  beforeList?(room: string): Promise<void> | void;
}

/** A chunk with a piece of text. */
export function textChunk(content: string, finish: string | null = null): ChatCompletionChunk {
  return { model: 'anthropic:claude', choices: [{ index: 0, delta: { content }, finish_reason: finish }] };
}

function contentText(message: ChatCompletionMessage | undefined): string {
  const content = message?.content ?? '';
  return typeof content === 'string'
    ? content
    : content.flatMap((part) => (part.type === 'text' ? part.text : [])).join('');
}

function unused(): Promise<never> {
  return Promise.reject(new Error('not part of these tests'));
}

async function* echo(request: ChatCompletionRequest): AsyncGenerator<ChatCompletionChunk> {
  yield textChunk('You said: ');
  yield textChunk(contentText(request.messages.at(-1)), 'stop');
}

export function createMemoryEndpoint(options: MemoryEndpointOptions = {}): MemoryEndpoint {
  const rooms = new Map<string, ChatMessage[]>();
  const created: NewChatroom[] = [];
  const requests: { room: string; request: ChatCompletionRequest }[] = [];
  const add = (room: string, role: string, text: string, type = 'text') => {
    const messages = rooms.get(room) ?? [];
    messages.push({ id: `msg_${room}_${messages.length}`, role, text, type });
  };
  const store = (room: string, message: ChatCompletionMessage) => {
    add(room, message.role, contentText(message));
    for (const { type } of Array.isArray(message.content) ? message.content : []) {
      if (type !== 'text') add(room, message.role, '', type);
    }
  };
  const messagesOf = (room: string) => {
    const messages = rooms.get(room);
    if (!messages) throw new ApiError('notFound', 'no such room', { status: 404 });
    return messages;
  };
  async function* stream(room: string, request: ChatCompletionRequest, requestOptions: RequestOptions = {}) {
    requests.push({ room, request });
    requestOptions.signal?.throwIfAborted();
    messagesOf(room);
    let answer = '';
    const replied = (options.reply ?? echo)(request, requestOptions)[Symbol.asyncIterator]();
    for (let first = true; ; first = false) {
      const next = await replied.next();
      if (first) {
        const stored = options.storesCarried ? request.messages : request.messages.slice(-1);
        for (const message of stored) store(room, message);
      }
      if (next.done) break;
      answer += next.value.choices[0]?.delta.content ?? '';
      yield next.value;
    }
    add(room, 'assistant', answer);
  }
  return {
    connection: 'tachyon',
    kind: 'tachyon',
    rooms,
    created,
    requests,
    addMessage: add,
    listModels: unused,
    expects: () => options.expected ?? { alternatives: 1, alwaysFinishes: false },
    streamChatCompletion: () => {
      throw new Error('chatrooms only');
    },
    chatrooms: {
      list: unused,
      rename: unused,
      remove: unused,
      create: async (room) => {
        created.push(room);
        const id = `${options.roomPrefix ?? 'ch'}_${created.length}`;
        rooms.set(id, []);
        return { id, name: room.name ?? '', metadata: {} };
      },
      listMessages: async (room, { limit = 20, offset = 0 }) => {
        await options.beforeList?.(room);
        return messagesOf(room).slice(offset, offset + limit);
      },
      streamChatCompletion: stream,
    },
  };
}
