import type { CompletionRequest } from './requestBodies.ts';
import {
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
import { badRequest } from './httpError.ts';
import {
  functionCallChoice,
  functionCallKind,
  functionChoiceKind,
  functionToolKind,
  oldFunction,
  responseFormat,
} from './messageChecks.ts';

const content = textOrArrayOf(
  variant('type', {
    text: [{ text: text() }],
    image_url: [{ image_url: object({ url: text() }, { detail: text() }) }],
  }),
);

const message = variant('role', {
  system: [{ content }, { name: text() }],
  user: [{ content }, { name: text() }],
  assistant: [
    { content },
    { name: text(), tool_calls: arrayOf(variant('type', { function: functionCallKind })) },
  ],
  tool: [{ content, tool_call_id: text() }, { name: text() }],
});

const fields = object(
  { messages: arrayOf(message, 1), model: text() },
  {
    frequency_penalty: number({ min: -2, max: 2 }),
    function_call: functionCallChoice,
    functions: arrayOf(oldFunction),
    logit_bias: recordOf(number({ min: -100, max: 100 })),
    max_completion_tokens: integer({ min: 1 }),
    max_tokens: integer({ min: 1 }),
    n: integer({ min: 1, max: 128 }),
    parallel_tool_calls: flag,
    presence_penalty: number({ min: -2, max: 2 }),
    response_format: responseFormat,
    seed: integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
    service_tier: text(),
    stop: arrayOf(text()),
    stream: flag,
    stream_options: object({}, { include_usage: flag }),
    temperature: number({ min: 0, max: 2 }),
    tool_choice: stringOr(
      oneOf('none', 'auto', 'required'),
      variant('type', { function: functionChoiceKind }),
    ),
    tools: arrayOf(variant('type', { function: functionToolKind })),
    top_logprobs: integer({ min: 0, max: 20 }),
    top_p: number({ min: 0, max: 1 }),
    user: text(),
  },
);

/** Checks a completion request against wire contract C. Throws a 400. */
export function checkAtomaRequest(body: unknown): asserts body is CompletionRequest {
  const { messages }: { readonly messages?: unknown } = Object(body);
  // The proxy looks at the contents before anything else, and null is none.
  if (Array.isArray(messages) && !messages.every(hasContent)) {
    throw badRequest('Missing or invalid message content', { param: 'messages' });
  }
  fields(body, '');
}

function hasContent(sent: unknown): boolean {
  const { content: value }: { readonly content?: unknown } = Object(sent);
  return typeof value === 'string' || (Array.isArray(value) && value.length > 0);
}
