import type { Check } from './checks.ts';
import { anything, arrayOf, flag, integer, number, object, oneOf, text, textOrArrayOf } from './checks.ts';
import { badRequest } from './httpError.ts';

/** A part of a message (wire contract A6, D1), as far as the server itself looks at it. */
export interface ContentPart {
  readonly type: string;
  readonly text?: string | null;
  readonly image_url?: { readonly url: string } | null;
  readonly input_audio?: { readonly format: string } | null;
  readonly file?: { readonly file_data?: string | null; readonly filename?: string | null } | null;
}

/** A message of a completion request (wire contract A6, C, D1). */
export interface CompletionMessage {
  readonly role: string;
  readonly content?: string | readonly ContentPart[] | null;
  readonly tool_calls?: readonly { readonly id?: string }[] | null;
  readonly tool_call_id?: string | null;
}

/** The fields of a completion request that the server itself looks at; the others are only checked. */
export interface CompletionRequest {
  readonly messages: readonly CompletionMessage[];
  readonly model?: string | null;
  readonly stream?: boolean | null;
  readonly stream_options?: {
    readonly include_usage?: boolean | null;
    readonly include_obfuscation?: boolean | null;
  } | null;
  readonly n?: number | null;
  readonly max_completion_tokens?: number | null;
  readonly max_tokens?: number | null;
  readonly logprobs?: boolean | null;
  readonly top_logprobs?: number | null;
  readonly audio?: { readonly format: string } | null;
  readonly tools?: readonly { readonly function?: { readonly name: string } | null }[] | null;
}

/** Body of a new or changed chatroom. */
export interface ChatroomFields {
  readonly name?: string | null;
  readonly metadata?: unknown;
}

const contentPart = object(
  { type: text() },
  { text: text(), image_url: object({ url: text() }, { detail: text(), mime_type: text() }) },
);

const toolCall = object({
  id: text(),
  type: text(),
  function: object({ name: text(), arguments: text() }),
});

const message = object(
  { role: text() },
  { content: textOrArrayOf(contentPart), tool_calls: arrayOf(toolCall) },
);

/** `parameters` is a JSON Schema, so only the fields that the contract demands are checked. */
const toolParameters = (value: unknown, path: string): void => {
  const schema = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const known = schema.filter(([name]) => ['type', 'properties', 'required'].includes(name));
  object({ type: text(), properties: anything, required: arrayOf(text()) })(Object.fromEntries(known), path);
};

const tool = object({
  type: oneOf('function'),
  function: object({ name: text(), description: text(), parameters: toolParameters }, { strict: flag }),
});

const completionRequest = object(
  { messages: arrayOf(message, 1) },
  {
    model: text(),
    stream: flag,
    temperature: number({ min: 0, max: 2 }),
    top_p: number({ min: 0, max: 1 }),
    n: integer({ min: 1, max: 10 }),
    max_completion_tokens: integer(),
    presence_penalty: number({ min: -2, max: 2 }),
    frequency_penalty: number({ min: -2, max: 2 }),
    response_format: object({ type: text() }),
    tools: arrayOf(tool),
    tool_choice: oneOf('auto', 'any'),
    user: text(),
    communication_style: text(),
    explanation_style: text(),
    technical_level: text(),
    memory_settings: object({
      extract_memory: flag,
      max_memories: integer({ min: 1, max: 20 }),
      min_relevance_score: number({ min: 0, max: 1 }),
    }),
    web_search: object({ query: text(1000) }, { max_results: integer({ min: 1, max: 10 }) }),
  },
);

const roomName: Check = (value, path) => {
  text()(value, path);
  const length = String(value).trim().length;
  if (length < 1 || length > 100) throw badRequest('name must have 1 to 100 characters');
};

const chatroomFields = object({}, { name: roomName, metadata: anything });

/** Checks a completion request against wire contract A6. Throws a 400. */
export function checkCompletionRequest(body: unknown): asserts body is CompletionRequest {
  completionRequest(body, '');
}

/** Checks the body of a new or changed chatroom; its name must have 1 to 100 characters. Throws a 400. */
export function checkChatroomFields(body: unknown): asserts body is ChatroomFields {
  chatroomFields(body, '');
}

/** The text of a message; parts that are not text are left out. */
export function messageText(content: CompletionMessage['content']): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map((part) => part.text ?? '').join('');
}
