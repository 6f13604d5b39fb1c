import type { ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import type { ForeignChatroom } from './foreignChatrooms.ts';
import { newId } from './foreignChatrooms.ts';
import type { ForeignRequest } from './foreignRequests.ts';
import { field, items } from './foreignRequests.ts';
import { cutAnywhere, replyStream } from './foreignStream.ts';

/** What a completion request is answered with. */
export type Script =
  | { readonly type: 'reply' | 'hold' | 'raw'; readonly text: string }
  | CutScript
  | WrittenScript
  | {
      readonly type: 'fail';
      readonly status: number;
      readonly body: object | string;
      readonly headers: Readonly<Record<string, string>>;
    };

/** What a room keeps of an answer whose connection dies: all, at once or later; what was sent; the prompt alone; not even that. */
export type StoredOfCut = 'whole' | 'late' | 'sent' | 'prompt' | 'nothing';

/** An answer of which only this share is sent, from 0 (not even headers) to 1, before the connection dies. */
interface CutScript {
  readonly type: 'cut';
  readonly text: string;
  readonly share: number;
  readonly stored: StoredOfCut;
  /** Gets what stores a late answer. */
  readonly later: (store: () => void) => void;
}

/** An answer whose bytes are given as they are to be written, with the text that the room keeps of it. */
interface WrittenScript {
  readonly type: 'written';
  readonly text: string;
  readonly writes: readonly Uint8Array[];
  /** The connection dies after the last write. */
  readonly dies: boolean;
}

/** How completions are written. */
export interface CompletionStyle {
  readonly done: boolean;
  readonly contentType: string;
  readonly random: (limit: number) => number;
}

/** Sends JSON, or a page if the body is a string. */
export function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const isPage = typeof body === 'string';
  response.writeHead(status, { 'content-type': isPage ? 'text/html' : 'application/json', ...headers });
  response.end(isPage ? body : JSON.stringify(body));
}

/** Answers a completion; with a chatroom, its last user message and the finished reply are stored. */
export async function complete(
  request: ForeignRequest,
  response: ServerResponse,
  room: ForeignChatroom | undefined,
  script: Script | undefined,
  style: CompletionStyle,
): Promise<void> {
  if (script?.type === 'fail') {
    send(response, script.status, script.body, script.headers);
    return;
  }
  const users = items(field(request.body, 'messages')).filter((message) => field(message, 'role') === 'user');
  const prompt = textOf(field(users.at(-1), 'content'));
  room?.messages.push({ id: newId('msg'), role: 'user', text: prompt });
  const turn = room ? room.messages.filter(({ role }) => role === 'user').length : users.length;
  const text = script?.text ?? `Reply ${turn} to: ${prompt} 応答です。`;
  const id = newId(room ? 'msg' : 'chatcmpl');
  const chatroom = room !== undefined;
  if (script?.type === 'cut') {
    await cut(response, room, script, { id, prompt }, style);
  } else if (script?.type === 'written') {
    // A client may have what it needs before the last write.
    room?.messages.push({ id, role: 'assistant', text });
    await writeEach(response, script.writes, style);
    if (script.dies) response.destroy();
    else response.end();
  } else if (script?.type === 'raw') {
    await writeCut(response, text, style);
    response.end();
  } else if (script?.type === 'hold') {
    await writeCut(response, replyStream(text, { chatroom, done: false, id }, style.random), style);
  } else if (field(request.body, 'stream') === true) {
    const body = replyStream(text, { chatroom, done: style.done, id }, style.random);
    await writeCut(response, body, style);
    if (response.destroyed) return;
    room?.messages.push({ id, role: 'assistant', text });
    response.end();
  } else {
    room?.messages.push({ id, role: 'assistant', text });
    send(response, 200, wholeJson(id, text));
  }
}

async function cut(
  response: ServerResponse,
  room: ForeignChatroom | undefined,
  { text, share, stored, later }: CutScript,
  { id, prompt }: { readonly id: string; readonly prompt: string },
  style: CompletionStyle,
): Promise<void> {
  const characters = Array.from(text);
  const sent = characters.slice(0, Math.ceil(characters.length * share)).join('');
  if (share > 0) {
    const body = replyStream(sent, { chatroom: room !== undefined, done: false, id }, style.random);
    await writeCut(response, body, style);
    // The bytes must have gone out before the connection does.
    await new Promise((resolve) => response.write('data: {"id":"', resolve));
  }
  const store = (): void => void room?.messages.push({ id, role: 'assistant', text });
  if (stored === 'whole') store();
  if (stored === 'late') later(store);
  if (stored === 'sent') room?.messages.push({ id, role: 'assistant', text: sent });
  if (stored === 'nothing' && room?.messages.at(-1)?.text === prompt) room.messages.pop();
  response.destroy();
}

function wholeJson(id: string, text: string): object {
  const choice = { index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' };
  const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
  return { id, object: 'chat.completion', created: 1_736_054_703, model: 'm', choices: [choice], usage };
}

function writeCut(response: ServerResponse, body: string, style: CompletionStyle): Promise<void> {
  return writeEach(response, cutAnywhere(Buffer.from(body), style.random), style);
}

async function writeEach(
  response: ServerResponse,
  writes: readonly Uint8Array[],
  style: CompletionStyle,
): Promise<void> {
  response.writeHead(200, { 'content-type': style.contentType });
  response.socket?.setNoDelay(true);
  for (const bytes of writes) {
    if (response.destroyed) return;
    response.write(bytes);
    await setImmediate();
  }
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  const texts = items(content).map((part) => field(part, 'text'));
  return texts.filter((text) => typeof text === 'string').join('');
}
