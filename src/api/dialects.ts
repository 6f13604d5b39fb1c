import { invalidRequest } from './apiError.ts';
import type { ConnectionKind } from './connection.ts';
import type { Dialect, ParameterField } from './dialect.ts';

const everywhere = [
  'temperature',
  'top_p',
  'n',
  'presence_penalty',
  'frequency_penalty',
  'response_format',
  'tool_choice',
  'user',
] as const satisfies readonly ParameterField[];

/** Wire contract A1, A2, A5, A6. */
const tachyon: Dialect = {
  chatCompletionsPath: '/v1/llms/chat/completions',
  // Without the parameter only models for agents are listed.
  modelsPath: '/v1/llms/models?require_agent_product=false',
  defaultUrl: 'https://api.n1.tachy.one',
  urlEndings: ['/v1/llms/chat/completions', '/v1'],
  needsCredential: true,
  operatorHeader: 'x-operator-id',
  hasChatrooms: true,
  alwaysFinishes: false,
  retryCodes: [],
  parameters: [
    ...everywhere,
    'max_completion_tokens',
    'communication_style',
    'explanation_style',
    'technical_level',
    'memory_settings',
    'web_search',
  ],
  takesAnyParameter: false,
  renamed: { max_tokens: 'max_completion_tokens' },
  inner: {
    response_format: ['type'],
    memory_settings: ['extract_memory', 'max_memories', 'min_relevance_score'],
    web_search: ['query', 'max_results'],
  },
  stopAsArray: false,
  requiredToolChoice: 'any',
  wholeTools: true,
  messages: {
    parts: ['text', 'image_url'],
    imageFields: ['url', 'detail', 'mime_type'],
    hasDeveloper: false,
    hasNames: false,
    hasToolCallIds: false,
    needsContent: false,
  },
};

/** Wire contract D, E. */
const openai: Dialect = {
  chatCompletionsPath: '/chat/completions',
  modelsPath: '/models',
  defaultUrl: 'https://api.openai.com/v1',
  urlEndings: ['/chat/completions'],
  needsCredential: true,
  hasChatrooms: false,
  alwaysFinishes: true,
  retryCodes: ['409'],
  parameters: [
    ...everywhere,
    'max_completion_tokens',
    'stream_options',
    'parallel_tool_calls',
    'functions',
    'function_call',
    'stop',
    'seed',
    'logit_bias',
    'logprobs',
    'top_logprobs',
    'reasoning_effort',
    'verbosity',
    'modalities',
    'audio',
    'prediction',
    'service_tier',
    'store',
    'metadata',
    'moderation',
    'safety_identifier',
    'prompt_cache_key',
    'prompt_cache_options',
    'prompt_cache_retention',
    'web_search_options',
  ],
  takesAnyParameter: false,
  // The older word is refused by reasoning models, the newer one by none.
  renamed: { max_tokens: 'max_completion_tokens' },
  inner: {},
  stopAsArray: false,
  // Padding that hides lengths from who reads the encrypted stream would double the bytes.
  streamOptions: { include_usage: true, include_obfuscation: false },
  requiredToolChoice: 'required',
  wholeTools: false,
  messages: {
    parts: ['text', 'image_url', 'input_audio', 'file', 'refusal'],
    imageFields: ['url', 'detail'],
    hasDeveloper: true,
    hasNames: true,
    hasToolCallIds: true,
    needsContent: false,
  },
};

/** Wire contract F: as OpenAI's, by servers of many makers, each with fields of its own. */
const openaiCompatible: Dialect = {
  chatCompletionsPath: openai.chatCompletionsPath,
  modelsPath: openai.modelsPath,
  urlEndings: openai.urlEndings,
  needsCredential: false,
  hasChatrooms: false,
  alwaysFinishes: false,
  retryCodes: [],
  parameters: [...openai.parameters, 'max_tokens'],
  takesAnyParameter: true,
  renamed: {},
  inner: {},
  stopAsArray: false,
  streamOptions: { include_usage: true },
  requiredToolChoice: 'required',
  wholeTools: false,
  messages: { ...openai.messages, hasDeveloper: false },
};

/** Wire contract C. */
const atoma: Dialect = {
  chatCompletionsPath: '/v1/chat/completions',
  modelsPath: '/v1/models',
  defaultUrl: 'https://api.atoma.network',
  urlEndings: ['/v1/chat/completions', '/v1'],
  needsCredential: true,
  hasChatrooms: false,
  alwaysFinishes: false,
  retryCodes: [],
  parameters: [
    ...everywhere,
    'max_tokens',
    'max_completion_tokens',
    'stream_options',
    'parallel_tool_calls',
    'functions',
    'function_call',
    'stop',
    'seed',
    'logit_bias',
    'top_logprobs',
    'service_tier',
  ],
  takesAnyParameter: false,
  renamed: {},
  inner: {},
  stopAsArray: true,
  streamOptions: { include_usage: true },
  requiredToolChoice: 'required',
  wholeTools: false,
  messages: {
    parts: ['text', 'image_url'],
    imageFields: ['url', 'detail'],
    hasDeveloper: false,
    hasNames: true,
    hasToolCallIds: true,
    needsContent: true,
  },
};

const dialects: Readonly<Record<ConnectionKind, Dialect>> = {
  tachyon,
  openai,
  atoma,
  'openai-compatible': openaiCompatible,
};

/**
 * The dialect of a kind of connection.
 * @throws {ApiError} `invalidRequest` for a kind that only an unchecked setting can hold.
 */
export function dialectOf(kind: ConnectionKind): Dialect {
  if (!Object.hasOwn(dialects, kind)) {
    throw invalidRequest('connectionKind', 'The kind of the connection is unknown.');
  }
  return dialects[kind];
}
