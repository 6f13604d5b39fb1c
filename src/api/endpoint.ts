import type { ConnectionKind, RequestOptions } from './connection.ts';
import type { ChatCompletionChunk, ChatMessage, ChatRoom, ModelInfo } from './wire.ts';
import type { ChatCompletionRequest } from './wireRequest.ts';

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

/** What a request lets expect of its reply. */
export interface ReplyExpectation {
  /** How many answers were asked for. */
  readonly alternatives: number;
  /** Of a spoken answer. */
  readonly audioFormat?: string;
  /** A complete reply always has a finish reason. */
  readonly alwaysFinishes: boolean;
}

/** A connection with its dialect bound: the only thing `chat` knows of the network. */
export interface Endpoint {
  readonly connection: string;
  readonly kind: ConnectionKind;
  listModels(options?: RequestOptions): Promise<ModelInfo[]>;
  expects(request: ChatCompletionRequest): ReplyExpectation;
  streamChatCompletion(
    request: ChatCompletionRequest,
    options?: RequestOptions,
  ): AsyncIterable<ChatCompletionChunk>;
  /** Missing where the API has none. */
  readonly chatrooms?: ChatroomOperations;
}

/** An endpoint with chatrooms: its own, or local ones. */
export interface RoomEndpoint extends Endpoint {
  readonly chatrooms: ChatroomOperations;
}
