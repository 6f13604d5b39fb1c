import { setImmediate as settled } from 'node:timers/promises';
import type { ChatroomOperations, Endpoint, NewChatroom } from '../../../../src/api/endpoint.ts';
import { joinParts } from '../../../../src/api/parts.ts';
import type { ChatCompletionMessage, ChatCompletionRequest } from '../../../../src/api/wireRequest.ts';
import { createLocalChatrooms, type LocalChatroomsInput } from '../../../../src/chat/localChatrooms.ts';
import type { FileStore } from '../../../../src/chat/journal.ts';
import { textChunk } from './memoryChatrooms.ts';
import { createMemoryFileStore } from './memoryFileStore.ts';
import { createManualClock } from './quickClock.ts';

type Complete = Endpoint['streamChatCompletion'];

export interface OpenedRooms {
  readonly rooms: ChatroomOperations;
  /** What was sent to the model. */
  readonly requests: ChatCompletionRequest[];
}

/** Answers `Re: ` and the last message, in two chunks. */
async function* echo({ messages }: ChatCompletionRequest) {
  yield textChunk('Re: ');
  yield textChunk(joinParts(messages.at(-1)?.content) ?? '', 'stop');
}

/** The local rooms of one window. */
export function openRooms(more: Partial<LocalChatroomsInput> = {}): OpenedRooms {
  const requests: ChatCompletionRequest[] = [];
  const complete: Complete = more.streamChatCompletion ?? echo;
  const rooms = createLocalChatrooms({
    files: createMemoryFileStore(),
    connection: 'ollama',
    writer: 'w',
    ...more,
    streamChatCompletion: (request, options) => {
      requests.push(request);
      return complete(request, options);
    },
  });
  return { rooms, requests };
}

/** A clock that only moves when it is told to, in milliseconds. */
export function createClock(): { now: () => number; advance: (ms: number) => void } {
  let time = Date.parse('2026-01-02T03:04:05Z');
  return { now: () => time, advance: (ms) => void (time += ms) };
}

export function named(name: string): NewChatroom {
  return { name, metadata: {} };
}

export function user(content: string): ChatCompletionMessage {
  return { role: 'user', content };
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

/** Asks in a room and reads the whole reply. */
export async function askRoom(rooms: ChatroomOperations, id: string, content: string): Promise<string> {
  let reply = '';
  for await (const { choices } of rooms.streamChatCompletion(id, { messages: [user(content)] })) {
    reply += choices[0]?.delta.content ?? '';
  }
  return reply;
}

/** `role: text` of each stored message. */
export async function transcript(rooms: ChatroomOperations, id: string): Promise<string[]> {
  return (await rooms.listMessages(id, { limit: 100 })).map(({ role, text }) => `${role}: ${text}`);
}

/** The paths of the files of a kind. */
export function ofKind(files: ReadonlyMap<string, Uint8Array>, kind: string): string[] {
  return [...files.keys()].filter((path) => path.includes(`/${kind}.`));
}

/** What a slow window is answered with. */
export const pieces = Array.from({ length: 12 }, (_, i) => `piece ${i} 😀;`);

export interface SlowWindow {
  readonly rooms: ChatroomOperations;
  readonly now: () => number;
  readonly advance: (ms: number) => void;
  /** Sets the clock of the machine, and no time goes by. */
  readonly setBack: (ms: number) => void;
  /** The reply so far, at each time when a piece came. */
  readonly arrived: { readonly at: number; readonly text: string }[];
}

/** A window whose reply is a piece every 400 ms. */
export function slowWindow(files: FileStore, onError?: (error: unknown) => void): SlowWindow {
  const clock = createManualClock();
  let start = Date.parse('2026-01-02T03:04:05Z');
  const now = () => start + clock.now();
  const arrived: SlowWindow['arrived'] = [];
  const { rooms } = openRooms({
    files,
    now,
    clock,
    ...(onError && { onError }),
    async *streamChatCompletion() {
      for (const piece of pieces) {
        // What is due in between is written then.
        for (const step of [200, 200]) {
          clock.advance(step);
          await settled();
        }
        arrived.push({ at: now(), text: (arrived.at(-1)?.text ?? '') + piece });
        yield textChunk(piece);
        await settled();
      }
    },
  });
  return { rooms, now, advance: (ms) => clock.advance(ms), setBack: (ms) => void (start -= ms), arrived };
}
