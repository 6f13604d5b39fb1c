import type { ConnectionKind } from '../../src/api/connection.ts';
import type { Shape } from './shape.ts';
import {
  atomaExtras,
  atomaStream,
  compatibleStream,
  openaiStream,
  type StreamFacts,
  tachyonStream,
} from './streamFacts.ts';

/** What the wire contract says of one kind of endpoint, as data. */
export interface KindFacts {
  readonly rows: Readonly<Record<'models' | 'whole' | 'request' | 'errors' | 'tools' | 'headers', string>>;
  readonly isLoose: boolean;
  readonly modelList: Shape;
  /** Where the list's entries are. */
  readonly modelEntries: 'models' | 'data';
  readonly model: Shape;
  readonly completion: Shape;
  readonly choice: Shape;
  readonly message: Shape;
  readonly usage: Shape;
  readonly stream: StreamFacts;
  /** The field that limits an answer, and the word that others have for it. */
  readonly limitField: 'max_tokens' | 'max_completion_tokens';
  readonly otherLimitField: 'max_tokens' | 'max_completion_tokens';
  /** Whether the contract knows the other word. */
  readonly knowsOtherLimit: boolean;
  readonly mostAlternatives: number;
  readonly requiredToolChoice: 'any' | 'required';
}

const usage: Shape = { prompt_tokens: 'number', completion_tokens: 'number', total_tokens: 'number' };

const openaiModel = { id: 'string', object: 'string', created: 'number', owned_by: 'string' };

const tachyon: KindFacts = {
  rows: { models: 'A5', whole: 'B4', request: 'A6', errors: 'B5', tools: 'B2', headers: 'B5' },
  isLoose: false,
  modelList: { models: 'array', total_count: 'number' },
  modelEntries: 'models',
  model: {
    id: 'string',
    name: 'string',
    provider: 'string',
    description: 'string|null?',
    context_window: 'number|null?',
    max_output_tokens: 'number|null?',
    supported_features: 'array',
  },
  completion: {
    id: 'string',
    object: 'string',
    created: 'number',
    model: 'string',
    choices: 'array',
    usage: 'object',
  },
  choice: { index: 'number', message: 'object', finish_reason: 'string' },
  message: { role: 'string', content: 'string|array|null', tool_calls: 'array?' },
  usage: {
    ...usage,
    cache_creation_input_tokens: 'number|null?',
    cache_read_input_tokens: 'number|null?',
    total_cost: 'number|null?',
  },
  stream: tachyonStream,
  limitField: 'max_completion_tokens',
  otherLimitField: 'max_tokens',
  knowsOtherLimit: false,
  mostAlternatives: 10,
  requiredToolChoice: 'any',
};

const openai: KindFacts = {
  rows: { models: 'D', whole: 'D, E', request: 'D1', errors: 'D', tools: 'D2', headers: 'D' },
  isLoose: false,
  modelList: { object: 'string', data: 'array' },
  modelEntries: 'data',
  model: openaiModel,
  completion: {
    ...tachyon.completion,
    system_fingerprint: 'string|null?',
    service_tier: 'string|null?',
    moderation: 'object|null?',
  },
  choice: { ...tachyon.choice, logprobs: 'object|null?' },
  message: {
    role: 'string',
    content: 'string|null',
    refusal: 'string|null?',
    tool_calls: 'array?',
    function_call: 'object|null?',
    annotations: 'array?',
    audio: 'object|null?',
  },
  usage: { ...usage, prompt_tokens_details: 'object?', completion_tokens_details: 'object?' },
  stream: openaiStream,
  limitField: 'max_completion_tokens',
  otherLimitField: 'max_tokens',
  knowsOtherLimit: true,
  mostAlternatives: 128,
  requiredToolChoice: 'required',
};

const atoma: KindFacts = {
  ...openai,
  rows: { models: 'C', whole: 'C', request: 'C', errors: 'C', tools: 'C', headers: 'C' },
  completion: { ...tachyon.completion, usage: 'object|null?', ...atomaExtras },
  message: { role: 'string', content: 'string|null?', tool_calls: 'array?', function_call: 'object|null?' },
  stream: atomaStream,
  limitField: 'max_tokens',
  otherLimitField: 'max_completion_tokens',
};

const compatible: KindFacts = {
  ...openai,
  rows: { models: 'F', whole: 'F', request: 'F', errors: 'F', tools: 'F', headers: 'F' },
  isLoose: true,
  modelList: { data: 'array' },
  model: { id: 'string' },
  completion: { choices: 'array', usage: 'object|null?' },
  choice: { message: 'object', finish_reason: 'string|null?' },
  message: { role: 'string?', content: 'string|array|null?' },
  stream: compatibleStream,
  limitField: 'max_tokens',
  otherLimitField: 'max_completion_tokens',
};

/** What the wire contract says, by kind. */
export const facts: Readonly<Record<ConnectionKind, KindFacts>> = {
  tachyon,
  openai,
  atoma,
  'openai-compatible': compatible,
};
