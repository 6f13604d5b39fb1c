import { isObject, type JsonObject, numberOf, textOf } from './json.ts';
import { joinParts } from './parts.ts';
import type {
  ChatCompletionChoice,
  ChatCompletionChunk,
  ChatCompletionDelta,
  ToolCallDelta,
  Usage,
} from './wire.ts';

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
  const chunk: ChatCompletionChunk = { choices: Array.isArray(choices) ? choices.map(readChoice) : [] };
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
  return chunk;
}

function readChoice(value: unknown, position: number): ChatCompletionChoice {
  const choice: JsonObject = isObject(value) ? value : {};
  const { delta, message } = choice;
  return {
    index: numberOf(choice['index']) ?? position,
    // Perplexity sends the text so far as `message` beside each `delta`.
    delta: isObject(delta) ? readDelta(delta, false) : isObject(message) ? readDelta(message, true) : {},
    finish_reason: textOf(choice['finish_reason']) ?? null,
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
  const calls = value['tool_calls'];
  if (Array.isArray(calls) && calls.length > 0) {
    // The calls of a whole reply are complete and carry no index; fragments keep theirs, or none.
    delta.tool_calls = calls
      .filter(isObject)
      .map((call, position) => readToolCall(call, whole ? position : undefined));
  }
  return delta;
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
  const called: JsonObject = isObject(value['function']) ? value['function'] : {};
  const name = textOf(called['name']) ?? textOf(value['tool_name']);
  const given = called['arguments'];
  // Ollama sends an object where the field's standard is JSON text.
  const text = typeof given === 'string' ? given : isObject(given) ? JSON.stringify(given) : undefined;
  if (name !== undefined || text !== undefined) {
    call.function = {
      ...(name === undefined ? {} : { name }),
      ...(text === undefined ? {} : { arguments: text }),
    };
  }
  return call;
}

function readUsage(value: unknown): Usage | undefined {
  if (!isObject(value)) {
    return undefined;
  }
  const prompt = numberOf(value['prompt_tokens']);
  const completion = numberOf(value['completion_tokens']);
  const total = numberOf(value['total_tokens']);
  if (prompt === undefined && completion === undefined && total === undefined) {
    return undefined;
  }
  const usage: Usage = {
    prompt_tokens: prompt ?? 0,
    completion_tokens: completion ?? 0,
    total_tokens: total ?? (prompt ?? 0) + (completion ?? 0),
  };
  const details = value['prompt_tokens_details'];
  const created = numberOf(value['cache_creation_input_tokens']);
  const read =
    numberOf(value['cache_read_input_tokens']) ??
    (isObject(details) ? numberOf(details['cached_tokens']) : undefined);
  const cost = numberOf(value['total_cost']);
  if (created !== undefined) {
    usage.cache_creation_input_tokens = created;
  }
  if (read !== undefined) {
    usage.cache_read_input_tokens = read;
  }
  if (cost !== undefined) {
    usage.total_cost = cost;
  }
  return usage;
}
