import type { Shape } from './shape.ts';

/** What the wire contract says of a stream. */
export interface StreamFacts {
  readonly row: string;
  /** Other fields, content types and line ends than named are no deviation. */
  readonly isLoose: boolean;
  readonly contentTypes: readonly string[];
  readonly chunk: Shape;
  readonly choice: Shape;
  readonly delta: Shape;
  /** Which deltas name the role: the first one, every one with content, or as it comes. */
  readonly role: 'first' | 'every' | 'any';
  /** Whether the first delta has an empty content. */
  readonly emptyFirst: boolean;
  readonly finish: 'always' | 'any';
  readonly end: '[DONE]' | 'EOF' | 'any';
  readonly usage: 'never' | 'own chunk' | 'in a chunk' | 'any';
  readonly comments: 'none' | 'keep-alive' | 'any';
}

/** Of Tachyon's completions without a chatroom. */
export const tachyonStream: StreamFacts = {
  row: 'B1',
  isLoose: false,
  contentTypes: ['text/event-stream', 'application/json'],
  chunk: {
    id: 'string',
    object: 'string',
    created: 'number',
    model: 'string',
    system_fingerprint: 'string|null',
    choices: 'array',
  },
  choice: { index: 'number', delta: 'object', logprobs: 'object|null', finish_reason: 'string|null' },
  delta: {
    content: 'string|array|null',
    role: 'string|null',
    refusal: 'string|null',
    function_call: 'object|null',
    tool_calls: 'array|null',
  },
  role: 'first',
  emptyFirst: true,
  finish: 'any',
  end: '[DONE]',
  usage: 'never',
  comments: 'any',
};

/** Of a chatroom's completions. */
export const roomStream: StreamFacts = {
  ...tachyonStream,
  row: 'B2',
  chunk: { id: 'string', object: 'string', model: 'string', choices: 'array', created: 'null?' },
  choice: { index: 'number', delta: 'object', finish_reason: 'string|null?' },
  delta: { content: 'string|array?', role: 'string?', tool_calls: 'array?' },
  role: 'every',
  emptyFirst: false,
  finish: 'always',
};

/** Of OpenAI. */
export const openaiStream: StreamFacts = {
  row: 'D2',
  isLoose: false,
  contentTypes: ['text/event-stream'],
  chunk: {
    id: 'string',
    object: 'string',
    created: 'number',
    model: 'string',
    choices: 'array',
    system_fingerprint: 'string|null?',
    service_tier: 'string|null?',
    usage: 'object|null?',
    obfuscation: 'string?',
    moderation: 'object|null?',
  },
  choice: { index: 'number', delta: 'object', logprobs: 'object|null?', finish_reason: 'string|null' },
  delta: {
    content: 'string|null?',
    role: 'string?',
    refusal: 'string|null?',
    function_call: 'object?',
    audio: 'object?',
    tool_calls: 'array?',
  },
  role: 'first',
  emptyFirst: true,
  finish: 'always',
  end: '[DONE]',
  usage: 'own chunk',
  comments: 'none',
};

/** What Atoma adds to each reply. */
export const atomaExtras = {
  system_fingerprint: 'string|null?',
  service_tier: 'string|null?',
  response_hash: 'string?',
  signature: 'string?',
};

/** Of Atoma. */
export const atomaStream: StreamFacts = {
  ...openaiStream,
  row: 'C',
  chunk: {
    id: 'string',
    object: 'string',
    created: 'number',
    model: 'string',
    choices: 'array',
    usage: 'object|null?',
    ...atomaExtras,
  },
  choice: { index: 'number', delta: 'object', finish_reason: 'string|null?' },
  delta: {
    content: 'string|null?',
    role: 'string|null?',
    function_call: 'object|null?',
    tool_calls: 'array|null?',
  },
  role: 'any',
  emptyFirst: false,
  finish: 'any',
  end: 'EOF',
  usage: 'in a chunk',
  comments: 'keep-alive',
};

/** Of servers of many makers. */
export const compatibleStream: StreamFacts = {
  row: 'F',
  isLoose: true,
  contentTypes: ['text/event-stream'],
  chunk: { choices: 'array?', usage: 'object|null?' },
  choice: { delta: 'object?', finish_reason: 'string|null?' },
  delta: { content: 'string|array|null?', role: 'string|null?', tool_calls: 'array|null?' },
  role: 'any',
  emptyFirst: false,
  finish: 'any',
  end: 'any',
  usage: 'any',
  comments: 'any',
};
