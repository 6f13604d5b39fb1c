import type { CaseName } from './cases.ts';

/** The API documents that the product speaks all of. */
export const seeds = {
  tachyonTypeScript: 'Tachyon SDK (TypeScript)',
  tachyonRust: 'Tachyon SDK (Rust)',
  atoma: 'Atoma SDK',
  openai: 'OpenAI SDK (generated)',
  argot: 'Argot OpenAI SDK',
} as const;

type Seed = keyof typeof seeds;

/** A thing that a seed names, where it is here, and the case that shows it. */
export interface SeedRow {
  readonly seed: Seed;
  readonly what:
    | 'operation'
    | 'parameter'
    | 'header'
    | 'authorization'
    | 'type'
    | 'error'
    | 'status'
    | 'option';
  /** As the seed writes it. */
  readonly name: string;
  /** Where it is in this project. */
  readonly here: string;
  readonly shownBy: CaseName;
}

type Entry = readonly [what: SeedRow['what'], name: string, here: string, shownBy: CaseName];

const tachyonHeaders: readonly Entry[] = [
  ['header', 'Content-Type: application/json', 'every request with a body', 'tachyonHeaders'],
  ['header', 'Accept: application/json', 'every request', 'tachyonHeaders'],
];

const bySeed: Readonly<Record<Seed, readonly Entry[]>> = {
  tachyonTypeScript: [
    ['operation', 'chatCompletion', 'streamChatCompletion, createChatCompletion', 'chatCompletion'],
    [
      'operation',
      'chatCompletionOnChatroom',
      'chatrooms.streamChatCompletion, chatrooms.createChatCompletion',
      'chatCompletionOnChatroom',
    ],
    ['parameter', 'xOperatorId', 'connection.operatorId', 'tachyonHeaders'],
    ['parameter', 'authorization', 'connection.credential', 'tachyonHeaders'],
    ['parameter', 'chatCompletionRequest', 'ChatCompletionRequest', 'tachyonRequest'],
    ['parameter', 'chatroomId', 'id of chatrooms.*', 'chatCompletionOnChatroom'],
    ['type', 'ChatCompletionRequest', 'ChatCompletionRequest', 'tachyonRequest'],
    ['type', 'ChatCompletionOperationRequest', 'connection and request', 'tachyonHeaders'],
    ['type', 'ChatCompletionOnChatroomRequest', 'connection, id and request', 'chatCompletionOnChatroom'],
    ['type', 'ChatCompletionChunkResponse', 'ChatCompletionChunkResponse', 'chatCompletion'],
    [
      'type',
      'ChatCompletionWithChatroomStreamResponse',
      'ChatCompletionWithChatroomStreamResponse',
      'chatCompletionOnChatroom',
    ],
    ...tachyonHeaders,
    ['status', '200', 'streamed or whole', 'chatCompletion'],
  ],
  tachyonRust: [
    ['operation', 'chat_completion', 'streamChatCompletion, createChatCompletion', 'chatCompletion'],
    [
      'operation',
      'chat_completion_on_chatroom',
      'chatrooms.streamChatCompletion, chatrooms.createChatCompletion',
      'chatCompletionOnChatroom',
    ],
    ['parameter', 'x_operator_id', 'connection.operatorId', 'tachyonHeaders'],
    ['parameter', 'authorization', 'connection.credential', 'tachyonHeaders'],
    ['parameter', 'chat_completion_request', 'ChatCompletionRequest', 'tachyonRequest'],
    ['parameter', 'chatroom_id', 'id of chatrooms.*', 'chatCompletionOnChatroom'],
    ['type', 'models::ChatCompletionRequest', 'ChatCompletionRequest', 'tachyonRequest'],
    ['type', 'models::ChatCompletionChunkResponse', 'ChatCompletionChunkResponse', 'chatCompletion'],
    [
      'type',
      'models::ChatCompletionWithChatroomStreamResponse',
      'ChatCompletionWithChatroomStreamResponse',
      'chatCompletionOnChatroom',
    ],
    ...tachyonHeaders,
  ],
  atoma: [
    ['operation', 'create', 'createChatCompletion', 'atomaCreate'],
    ['operation', 'createStream', 'streamChatCompletion', 'atomaCreateStream'],
    ['operation', 'chatCreate', 'safe(createChatCompletion(…))', 'safeResult'],
    ['operation', 'chatCreateStream', 'streamChatCompletion', 'atomaCreateStream'],
    ['authorization', 'bearerAuth', 'connection.credential', 'atomaCreate'],
    ['authorization', 'ATOMASDK_BEARER_AUTH', 'key of the connection named atoma', 'environmentKeys'],
    ['parameter', 'request', 'CreateChatCompletionRequest', 'atomaRequest'],
    ['parameter', 'request.messages', 'messages', 'atomaRequest'],
    ['parameter', 'request.model', 'model', 'atomaRequest'],
    ['option', 'options', 'RequestOptions', 'fetchOptions'],
    ['option', 'options.fetchOptions', 'RequestOptions.fetchOptions', 'fetchOptions'],
    ['option', 'options.retries', 'RequestOptions.retry', 'retries'],
    ['type', 'CreateChatCompletionRequest', 'CreateChatCompletionRequest', 'atomaRequest'],
    ['type', 'CreateChatCompletionStreamRequest', 'CreateChatCompletionStreamRequest', 'atomaCreateStream'],
    ['type', 'RequestOptions', 'RequestOptions', 'fetchOptions'],
    ['type', 'RequestInit', 'RequestOptions.fetchOptions', 'fetchOptions'],
    ['type', 'RetryConfig', 'RetryConfig', 'retries'],
    ['type', 'ChatCompletionResponse', 'ChatCompletionResponse', 'atomaCreate'],
    [
      'type',
      'EventStream<ChatCompletionStreamResponse>',
      'AsyncGenerator<ChatCompletionStreamResponse>',
      'atomaCreateStream',
    ],
    ['type', '{ ok, value, error }', 'Result of safe', 'safeResult'],
    ['error', 'APIError', 'ApiError', 'httpErrors'],
    ['status', '4XX', 'ApiError.kind, details.status', 'httpErrors'],
    ['status', '5XX', 'ApiError.kind, details.status', 'httpErrors'],
  ],
  openai: [
    ['operation', 'createChatCompletion', 'createChatCompletion', 'openaiCreate'],
    ['parameter', 'createChatCompletionRequest', 'CreateChatCompletionRequest', 'openaiRequest'],
    ['authorization', 'ApiKeyAuth', 'connection.credential', 'openaiCreate'],
    ['authorization', 'accessToken', 'connection.credential', 'openaiCreate'],
    ['type', 'CreateChatCompletionRequest', 'CreateChatCompletionRequest', 'openaiRequest'],
    ['type', 'CreateChatCompletionOperationRequest', 'connection and request', 'openaiCreate'],
    ['type', 'CreateChatCompletionResponse', 'CreateChatCompletionResponse', 'openaiCreate'],
    ['header', 'Content-Type: application/json', 'every request with a body', 'openaiCreate'],
    ['header', 'Accept: application/json', 'every request', 'openaiCreate'],
    ['status', '200', 'streamed or whole', 'openaiCreate'],
  ],
  argot: [
    ['operation', 'createChatCompletion', 'createChatCompletion', 'openaiCreate'],
    ['operation', 'chatCreateChatCompletion', 'safe(createChatCompletion(…))', 'safeResult'],
    ['authorization', 'apiKeyAuth', 'connection.credential', 'openaiCreate'],
    ['authorization', 'ARGOTOPENAI_API_KEY_AUTH', 'key of the connection named openai', 'environmentKeys'],
    ['parameter', 'request', 'CreateChatCompletionRequest', 'argotRequest'],
    ['parameter', 'messages', 'messages', 'argotRequest'],
    ['parameter', 'role: user', 'UserMessage', 'argotRequest'],
    ['parameter', 'role: tool', 'ToolMessage', 'argotRequest'],
    ['parameter', 'content', 'string or ContentPart[]', 'argotRequest'],
    ['parameter', 'type: text', 'TextPart', 'argotRequest'],
    ['parameter', 'type: image_url', 'ImagePart', 'argotRequest'],
    ['parameter', 'imageUrl.url', 'image_url.url', 'argotRequest'],
    ['parameter', 'toolCallId', 'tool_call_id', 'argotRequest'],
    ['parameter', 'model', 'model', 'argotRequest'],
    ['parameter', 'n', 'n', 'argotRequest'],
    ['parameter', 'temperature', 'temperature', 'argotRequest'],
    ['parameter', 'topP', 'top_p', 'argotRequest'],
    ['parameter', 'user', 'user', 'argotRequest'],
    ['option', 'options', 'RequestOptions', 'fetchOptions'],
    ['option', 'options.fetchOptions', 'RequestOptions.fetchOptions', 'fetchOptions'],
    ['option', 'options.retries', 'RequestOptions.retry', 'retries'],
    ['type', 'CreateChatCompletionRequest', 'CreateChatCompletionRequest', 'argotRequest'],
    ['type', 'RequestOptions', 'RequestOptions', 'fetchOptions'],
    ['type', 'RequestInit', 'RequestOptions.fetchOptions', 'fetchOptions'],
    ['type', 'RetryConfig', 'RetryConfig', 'retries'],
    ['type', 'CreateChatCompletionResponse', 'CreateChatCompletionResponse', 'openaiCreate'],
    ['type', '{ ok, value, error }', 'Result of safe', 'safeResult'],
    ['error', 'SDKError', 'ApiError', 'httpErrors'],
    ['status', '4XX', 'ApiError.kind, details.status', 'httpErrors'],
    ['status', '5XX', 'ApiError.kind, details.status', 'httpErrors'],
  ],
};

/** Every operation, parameter, header, type and error that the seeds name. */
export const rows: readonly SeedRow[] = seedNames().flatMap((seed) =>
  bySeed[seed].map(([what, name, here, shownBy]) => ({ seed, what, name, here, shownBy })),
);

function seedNames(): Seed[] {
  return ['tachyonTypeScript', 'tachyonRust', 'atoma', 'openai', 'argot'];
}

/** The table of the README: what each seed names, and where it is here. */
export function readmeTable(): string {
  const lines = seedNames().map((seed) => {
    const own = rows.filter((row) => row.seed === seed);
    const cell = (...kinds: readonly SeedRow['what'][]) =>
      own.flatMap(({ what, name }) => (kinds.includes(what) ? `\`${name}\`` : [])).join(', ');
    return `| ${seeds[seed]} | ${cell('operation')} | ${cell('parameter', 'option', 'authorization')} | ${cell('type', 'error')} |`;
  });
  return [
    '| Seed | Operations | Parameters and options | Types and errors |',
    '| --- | --- | --- | --- |',
    ...lines,
  ].join('\n');
}
