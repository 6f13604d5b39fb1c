// The seeds' names for the wire's types: who comes from one of their SDKs finds what they know.
import type { ChatCompletion, ChatCompletionChunk } from './wire.ts';
import type { ChatCompletionRequest } from './wireRequest.ts';

/** OpenAI's, Argot's and Atoma's name of a request. */
export type CreateChatCompletionRequest = ChatCompletionRequest;
/** Atoma's name of a request whose reply is streamed. */
export type CreateChatCompletionStreamRequest = ChatCompletionRequest;
/** OpenAI's and Argot's name of a whole reply. */
export type CreateChatCompletionResponse = ChatCompletion;
/** Atoma's name of a whole reply, and Tachyon's. */
export type ChatCompletionResponse = ChatCompletion;
/** Atoma's name of a chunk. */
export type ChatCompletionStreamResponse = ChatCompletionChunk;
/** Tachyon's name of a chunk. */
export type ChatCompletionChunkResponse = ChatCompletionChunk;
/** Tachyon's name of a chunk in a chatroom. */
export type ChatCompletionWithChatroomStreamResponse = ChatCompletionChunk;
