import { isObject, type JsonObject, numberOf, withoutBlanks } from './json.ts';
import type { Usage } from './wire.ts';

/** Guards the token counts of a reply; `undefined` if it has none (wire contract B4, C, D2, F). */
export function readUsage(value: unknown): Usage | undefined {
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
  const optional = {
    cache_creation_input_tokens: numberOf(value['cache_creation_input_tokens']),
    cache_read_input_tokens:
      numberOf(value['cache_read_input_tokens']) ??
      numberOf(inner(value, 'prompt_tokens_details')['cached_tokens']),
    reasoning_tokens: numberOf(inner(value, 'completion_tokens_details')['reasoning_tokens']),
    // Tachyon's name, and OpenRouter's.
    total_cost: numberOf(value['total_cost']) ?? numberOf(value['cost']),
  };
  return Object.assign(usage, withoutBlanks(optional));
}

function inner(value: JsonObject, field: string): JsonObject {
  const found = value[field];
  return isObject(found) ? found : {};
}
