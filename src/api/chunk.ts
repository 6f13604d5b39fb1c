import { isObject, type JsonObject, jsonText, numberOf, textOf } from './json.ts';
import { readLogprobs } from './logprobs.ts';
import { joinParts } from './parts.ts';
import { readUsage } from './usage.ts';
import type {
  AudioDelta,
  ChatCompletionChoice,
  ChatCompletionChunk,
  ChatCompletionDelta,
  ToolCallDelta,
} from './wire.ts';

/** What an API gives at most (wire contract D1). */
const mostChoices = 128;

/**
 * Guards and normalises one chunk, or a whole reply, of any server (wire contract B1–B4, F). `undefined`: not a
 * chunk, to be ignored. Explicit nulls and unknown fields are gone; `message` has become `delta`.
 */
export function readChunk(value: unknown): ChatCompletionChunk | undefined {
  if (!isObject(value)) {
    return undefined;
  }
  const choices = value['choices'];
  const groq = value['x_groq'];
  const usage = readUsage(value['usage']) ?? (isObject(groq) ? readUsage(groq['usage']) : undefined);
  if (!Array.isArray(choices) && usage === undefined) {
    return undefined;
  }
  const chunk: ChatCompletionChunk = {
    choices: Array.isArray(choices) ? choices.slice(0, mostChoices).map(readChoice) : [],
  };
  const id = textOf(value['id']);
  if (id !== undefined) {
    chunk.id = id;
  }
  const model = textOf(value['model']);
  if (model !== undefined) {
    chunk.model = model;
  }
  const created = numberOf(value['created']);
  if (created !== undefined) {
    chunk.created = created;
  }
  if (usage !== undefined) {
    chunk.usage = usage;
  }
  for (const field of ['system_fingerprint', 'service_tier'] as const) {
    const text = textOf(value[field]);
    if (text !== undefined) {
      chunk[field] = text;
    }
  }
  return chunk;
}

function readChoice(value: unknown, position: number): ChatCompletionChoice {
  const choice: JsonObject = isObject(value) ? value : {};
  const { delta, message } = choice;
  const logprobs = readLogprobs(choice['logprobs']);
  return {
    index: numberOf(choice['index']) ?? position,
    // Perplexity sends the text so far as `message` beside each `delta`.
    delta: isObject(delta) ? readDelta(delta, false) : isObject(message) ? readDelta(message, true) : {},
    finish_reason: textOf(choice['finish_reason']) ?? null,
    ...(logprobs === undefined ? {} : { logprobs }),
  };
}

function readDelta(value: JsonObject, whole: boolean): ChatCompletionDelta {
  const delta: ChatCompletionDelta = {};
  const role = textOf(value['role']);
  if (role !== undefined) {
    delta.role = role;
  }
  const content = joinParts(value['content']);
  if (content !== undefined) {
    delta.content = content;
  }
  const refusal = textOf(value['refusal']);
  if (refusal !== undefined) {
    delta.refusal = refusal;
  }
  const reasoning = textOf(value['reasoning_content']) ?? textOf(value['reasoning']);
  if (reasoning !== undefined) {
    delta.reasoning_content = reasoning;
  }
  const audio = readAudio(value['audio']);
  if (audio !== undefined) {
    delta.audio = audio;
  }
  const calls = value['tool_calls'] ?? olderCall(value['function_call']);
  if (Array.isArray(calls) && calls.length > 0) {
    // The calls of a whole reply are complete and carry no index; fragments keep theirs, or none.
    delta.tool_calls = calls
      .filter(isObject)
      .map((call, position) => readToolCall(call, whole ? position : undefined));
  }
  return delta;
}

/** `function_call` is an older word for the only tool call of a reply (wire contract C, D2). */
function olderCall(value: unknown): unknown {
  return isObject(value) ? [{ index: 0, type: 'function', function: value }] : undefined;
}

function readAudio(value: unknown): AudioDelta | undefined {
  if (!isObject(value)) {
    return undefined;
  }
  const audio: AudioDelta = {};
  for (const field of ['id', 'data', 'transcript'] as const) {
    const text = textOf(value[field]);
    if (text !== undefined) {
      audio[field] = text;
    }
  }
  const expires = numberOf(value['expires_at']);
  if (expires !== undefined) {
    audio.expires_at = expires;
  }
  return audio;
}

/** OpenAI's `{id, function: {name, arguments}}` or Tachyon's `{tool_id, tool_name}` (wire contract B2). */
function readToolCall(value: JsonObject, position: number | undefined): ToolCallDelta {
  const call: ToolCallDelta = {};
  const index = numberOf(value['index']) ?? position;
  if (index !== undefined) {
    call.index = index;
  }
  // Empty ids and names of later fragments must not overwrite the first ones (DashScope, vLLM).
  const id = textOf(value['id']) ?? textOf(value['tool_id']);
  if (id !== undefined) {
    call.id = id;
  }
  const type = textOf(value['type']);
  if (type !== undefined) {
    call.type = type;
  }
  // A custom tool's input is text where a function's arguments are JSON (wire contract D2).
  const called = [value['function'], value['custom']].find(isObject) ?? {};
  const name = textOf(called['name']) ?? textOf(value['tool_name']);
  const given = called['arguments'] ?? called['input'];
  // Ollama sends an object where the field's standard is JSON text.
  const text = typeof given === 'string' ? given : isObject(given) ? jsonText(given) : undefined;
  if (name !== undefined || text !== undefined) {
    call.function = {
      ...(name === undefined ? {} : { name }),
      ...(text === undefined ? {} : { arguments: text }),
    };
  }
  const extra = value['extra_content'];
  // It must go back to the server, so what is nested too deep to be written again is no use.
  if (isObject(extra) && jsonText(extra) !== '') {
    call.extra_content = extra;
  }
  return call;
}
