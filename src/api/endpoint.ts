import type { ConnectionKind, RequestOptions } from './connection.ts';
import type { ChatCompletionChunk, ChatCompletionRequest, ChatMessage, ChatRoom, ModelInfo } from './wire.ts';

/** Body of a new chatroom. */
export interface NewChatroom {
  readonly name?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** Paging and search of a list; `limit` is at most 100 for chatrooms. */
export interface ListQuery {
  readonly limit?: number;
  readonly offset?: number;
  readonly search?: string;
}

/** What an endpoint with chatrooms of its own can do with them. */
export interface ChatroomOperations {
  list(query: ListQuery, options?: RequestOptions): Promise<ChatRoom[]>;
  create(room: NewChatroom, options?: RequestOptions): Promise<ChatRoom>;
  rename(id: string, name: string, options?: RequestOptions): Promise<ChatRoom>;
  remove(id: string, options?: RequestOptions): Promise<void>;
  listMessages(id: string, query: ListQuery, options?: RequestOptions): Promise<ChatMessage[]>;
  streamChatCompletion(
    id: string,
    request: ChatCompletionRequest,
    options?: RequestOptions,
  ): AsyncIterable<ChatCompletionChunk>;
}

/** A connection with its dialect bound: the only thing `chat` knows of the network. */
export interface Endpoint {
  readonly connection: string;
  readonly kind: ConnectionKind;
  listModels(options?: RequestOptions): Promise<ModelInfo[]>;
  streamChatCompletion(
    request: ChatCompletionRequest,
    options?: RequestOptions,
  ): AsyncIterable<ChatCompletionChunk>;
  readonly chatrooms: ChatroomOperations;
}
