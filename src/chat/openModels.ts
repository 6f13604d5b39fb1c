import type { Connection } from '../api/connection.ts';
import { isLoopback } from '../api/url.ts';

/**
 * Context windows of well-known open models by their names, in tokens; the first that fits. As published in November
 * 2026. A host may give less, so all of these are estimates.
 */
const windows: readonly (readonly [RegExp, number])[] = [
  [/llama-?4/i, 1_048_576],
  [/llama-?3[.-][1-3]/i, 131_072],
  [/llama-?3/i, 8192],
  [/qwen-?3.*(?:coder|2507|next)/i, 262_144],
  [/qwen-?2\.5/i, 32_768],
  [/qwen-?3/i, 40_960],
  [/deepseek-(?:v3|r1|chat|reasoner)(?!.*distill)/i, 131_072],
  [/gpt-oss/i, 131_072],
  [/gemma-?3(?!.*(?:270m|1b))/i, 131_072],
  [/kimi-k2/i, 131_072],
  [/glm-?4\.[67]/i, 200_000],
  [/glm-?4\.5/i, 131_072],
  [/mistral-(?:small-?3|large|nemo)|devstral|ministral/i, 131_072],
];

/**
 * The window that a model's name lets expect of a host that tells none, in tokens. On one's own machine the memory
 * decides, and the server gives less than the model could.
 */
export function openModelWindow({ kind, url }: Connection, id: string): number | undefined {
  if (kind === 'openai' || (URL.canParse(url) && isLoopback(new URL(url)))) return undefined;
  return windows.find(([pattern]) => pattern.test(id))?.[1];
}
