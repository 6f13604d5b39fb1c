import { invalidRequest } from './apiError.ts';
import { completionChunks, type CompletionTarget, wholeCompletion } from './completionCall.ts';
import type { Connection, RequestOptions } from './connection.ts';
import type { ListQuery, NewChatroom } from './endpoint.ts';
import { requestJson } from './reply.ts';
import type { Call } from './request.ts';
import { readChatroom, readChatrooms, readMessages } from './resources.ts';
import { pathSegment } from './url.ts';
import { dialectOf } from './dialects.ts';
import type { ChatCompletion, ChatCompletionChunk, ChatMessage, ChatRoom } from './wire.ts';
import type { ChatCompletionRequest } from './wireRequest.ts';

// All of these throw `ApiError`, `invalidRequest` for an empty or odd id or an API without chatrooms, or what `options.signal` was aborted with.

/** What the server allows at most for a list (wire contract A5). */
const longestList = 100;

/** Lists the operator's chatrooms, 20 if `query` says nothing else. */
export async function list(
  connection: Connection,
  query: ListQuery = {},
  options?: RequestOptions,
): Promise<ChatRoom[]> {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) {
      search.set(name, String(value));
    }
  }
  const path = chatroomsPath(connection) + (search.size === 0 ? '' : `?${search.toString()}`);
  return await requestJson(connection, { method: 'GET', path }, readChatrooms, options);
}

/** Creates a chatroom. */
export async function create(
  connection: Connection,
  room: NewChatroom,
  options?: RequestOptions,
): Promise<ChatRoom> {
  const { name, metadata } = room;
  const body = { ...(name === undefined ? {} : { name }), ...(metadata === undefined ? {} : { metadata }) };
  const call: Call = { method: 'POST', path: chatroomsPath(connection), body, idempotent: false };
  return await requestJson(connection, call, readChatroom, options);
}

/** Renames a chatroom. */
export async function rename(
  connection: Connection,
  id: string,
  name: string,
  options?: RequestOptions,
): Promise<ChatRoom> {
  const call = { method: 'PATCH', path: pathOf(connection, id), body: { name } } as const;
  return await requestJson(connection, call, readChatroom, options);
}

/** Deletes a chatroom. */
export async function remove(connection: Connection, id: string, options?: RequestOptions): Promise<void> {
  await requestJson(connection, { method: 'DELETE', path: pathOf(connection, id) }, () => true, options);
}

/** Lists a chatroom's stored messages; the server demands all three parameters. */
export async function listMessages(
  connection: Connection,
  id: string,
  query: ListQuery = {},
  options?: RequestOptions,
): Promise<ChatMessage[]> {
  const { limit = longestList, offset = 0, search = '' } = query;
  const parameters = new URLSearchParams({ limit: String(limit), offset: String(offset), search });
  const path = `${pathOf(connection, id)}/messages?${parameters.toString()}`;
  return await requestJson(connection, { method: 'GET', path }, readMessages, options);
}

/** Streams the reply to new turns of a chatroom; the server keeps the history (wire contract B2). */
export function streamChatCompletion(
  connection: Connection,
  id: string,
  request: ChatCompletionRequest,
  options?: RequestOptions,
): AsyncGenerator<ChatCompletionChunk, void, undefined> {
  return completionChunks(connection, completionIn(connection, id), request, options);
}

/** Asks for a whole reply to new turns of a chatroom. */
export function createChatCompletion(
  connection: Connection,
  id: string,
  request: ChatCompletionRequest,
  options?: RequestOptions,
): Promise<ChatCompletion> {
  return wholeCompletion(connection, completionIn(connection, id), request, options);
}

function completionIn(connection: Connection, id: string): CompletionTarget {
  return { path: () => `${pathOf(connection, id)}/chat/completions`, idempotent: false };
}

function pathOf(connection: Connection, id: string): string {
  return `${chatroomsPath(connection)}/${pathSegment(id)}`;
}

function chatroomsPath({ kind }: Connection): string {
  if (!dialectOf(kind).hasChatrooms) {
    throw invalidRequest('noChatrooms', 'The API has no chatrooms.');
  }
  return '/v1/llms/chatrooms';
}
