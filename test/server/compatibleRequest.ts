import type { CompletionRequest } from './requestBodies.ts';
import { anything, arrayOf, flag, integer, number, object, text, textOrArrayOf } from './checks.ts';

const part = object(
  { type: text() },
  {
    text: text(),
    image_url: object({ url: text() }, {}, 'ignored'),
    input_audio: object({ data: text(), format: text() }, {}, 'ignored'),
    file: object({}, { file_data: text(), filename: text() }, 'ignored'),
  },
  'ignored',
);

const toolCall = object(
  { function: object({ name: text(), arguments: text() }, {}, 'ignored') },
  { id: text() },
  'ignored',
);

const message = object(
  { role: text() },
  { content: textOrArrayOf(part), tool_calls: arrayOf(toolCall), tool_call_id: text() },
  'ignored',
);

const tool = object(
  { type: text() },
  { function: object({ name: text() }, { description: text(), parameters: anything }, 'ignored') },
  'ignored',
);

const fields = object(
  { messages: arrayOf(message, 1), model: text() },
  {
    audio: object({ format: text() }, {}, 'ignored'),
    frequency_penalty: number(),
    logprobs: flag,
    max_completion_tokens: integer(),
    max_tokens: integer(),
    n: integer({ min: 1, max: 128 }),
    presence_penalty: number(),
    stop: textOrArrayOf(text()),
    stream: flag,
    stream_options: object({}, { include_usage: flag, include_obfuscation: flag }, 'ignored'),
    temperature: number(),
    tools: arrayOf(tool),
    top_logprobs: integer({ min: 0, max: 20 }),
    top_p: number(),
  },
  'ignored',
);

/** Checks the types of the fields that such servers know; they ignore all others, as Ollama does. Throws a 400. */
export function checkCompatibleRequest(body: unknown): asserts body is CompletionRequest {
  fields(body, '');
}
