import type { CompletionRequest } from './requestBodies.ts';
import {
  anything,
  arrayOf,
  flag,
  integer,
  number,
  object,
  oneOf,
  recordOf,
  stringOr,
  text,
  textOrArrayOf,
  variant,
} from './checks.ts';
import {
  functionCallChoice,
  functionCallKind,
  functionChoiceKind,
  functionToolKind,
  oldFunction,
  oldFunctionCall,
  partKinds,
  responseFormat,
  textContent,
} from './messageChecks.ts';
import { checkOpenaiRules } from './openaiRules.ts';

const { text: textPart, refusal, ...attachments } = partKinds;
const customName = object({ name: text() });

const message = variant('role', {
  developer: [{ content: textContent }, { name: text() }],
  system: [{ content: textContent }, { name: text() }],
  user: [
    { content: textOrArrayOf(variant('type', { text: textPart, ...attachments }), 1) },
    { name: text() },
  ],
  assistant: [
    {},
    {
      content: textOrArrayOf(variant('type', { text: textPart, refusal }), 1),
      refusal: text(),
      name: text(),
      audio: object({ id: text() }),
      tool_calls: arrayOf(
        variant('type', {
          function: functionCallKind,
          custom: [{ id: text(), custom: object({ name: text(), input: text() }) }],
        }),
        1,
      ),
      function_call: oldFunctionCall,
    },
  ],
  tool: [{ content: textContent, tool_call_id: text() }],
  function: [{ name: text() }, { content: text() }],
});

const toolChoice = stringOr(
  oneOf('none', 'auto', 'required'),
  variant('type', {
    function: functionChoiceKind,
    custom: [{ custom: customName }],
    allowed_tools: [
      {
        allowed_tools: object({
          mode: oneOf('auto', 'required'),
          tools: arrayOf(variant('type', { function: functionChoiceKind, custom: [{ custom: customName }] })),
        }),
      },
    ],
  }),
);

const fields = object(
  { messages: arrayOf(message, 1), model: text() },
  {
    audio: object({
      voice: stringOr(text(), object({ id: text() })),
      format: oneOf('wav', 'aac', 'mp3', 'flac', 'opus', 'pcm16'),
    }),
    frequency_penalty: number({ min: -2, max: 2 }),
    function_call: functionCallChoice,
    functions: arrayOf(oldFunction, 1, 128),
    logit_bias: recordOf(number({ min: -100, max: 100 })),
    logprobs: flag,
    max_completion_tokens: integer({ min: 1 }),
    max_tokens: integer({ min: 1 }),
    metadata: recordOf(text(512), 16, 64),
    modalities: arrayOf(oneOf('text', 'audio'), 1),
    moderation: recordOf(anything),
    n: integer({ min: 1, max: 128 }),
    parallel_tool_calls: flag,
    prediction: variant('type', { content: [{ content: textContent }] }),
    presence_penalty: number({ min: -2, max: 2 }),
    prompt_cache_key: text(),
    prompt_cache_options: recordOf(anything),
    prompt_cache_retention: oneOf('in_memory', '24h'),
    reasoning_effort: oneOf('none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'),
    response_format: responseFormat,
    safety_identifier: text(),
    seed: integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
    service_tier: oneOf('auto', 'default', 'flex', 'scale', 'priority', 'fast'),
    stop: textOrArrayOf(text(), 1, 4),
    store: flag,
    stream: flag,
    stream_options: object({}, { include_usage: flag, include_obfuscation: flag }),
    temperature: number({ min: 0, max: 2 }),
    tool_choice: toolChoice,
    tools: arrayOf(
      variant('type', {
        function: functionToolKind,
        custom: [{ custom: object({ name: text() }, { description: text(), format: recordOf(anything) }) }],
      }),
      1,
    ),
    top_logprobs: integer({ min: 0, max: 20 }),
    top_p: number({ min: 0, max: 1 }),
    user: text(),
    verbosity: oneOf('low', 'medium', 'high'),
    web_search_options: object(
      {},
      { search_context_size: oneOf('low', 'medium', 'high'), user_location: recordOf(anything) },
    ),
  },
);

/** Checks a completion request against wire contract D1. Throws a 400. */
export function checkOpenaiRequest(body: unknown): asserts body is CompletionRequest {
  fields(body, '');
  checkOpenaiRules(Object(body));
}
