import type { ModelInfo } from '../api/wire.ts';

/** Families by how well they fit a chat about code that may call tools; the first group of a pattern is a version. */
const families: readonly RegExp[] = [
  /claude-(?:sonnet-)?(\d(?:\.\d)?)(?:-sonnet)?/i,
  /gpt-(\d(?:\.\d)?)o?/i,
  /gemini-(\d(?:\.\d)?)-pro/i,
  /qwen-?(\d(?:\.\d)?)/i,
  /deepseek-(?:chat|v(\d(?:\.\d)?))/i,
  /llama-?(\d(?:\.\d)?)/i,
  /gpt-oss/i,
  /glm-?(\d(?:\.\d)?)/i,
  /kimi-k(\d(?:\.\d)?)/i,
  /mistral|ministral|devstral|codestral/i,
  /gemini-(\d(?:\.\d)?)/i,
  /gemma-?(\d)/i,
  /phi-?(\d)/i,
];
/** Made for one thing: completing code, thinking aloud at length, seeing, translating, acting a part. */
const special =
  /(?:^|[^a-z])(?:base|code|coder|math|r1|qwq|reasoner|thinking|think|vl|vision|roleplay|uncensored|translate)(?:[^a-z]|$)|llava|starcoder/i;
/** Ollama's default tag stands for its smallest useful size. */
const smallName = /:latest$|(?:^|[^a-z])(?:mini|nano|micro|tiny|small|lite|flash|haiku|instant)(?:[^a-z]|$)/i;

/** Ranks of a model by its id, the weightiest first; the greater wins. */
export const openModelRanks: readonly ((model: ModelInfo) => number)[] = [
  ({ id }) => sizeClass(id),
  ({ id }) => Number(!special.test(id)),
  ({ id }) => -familyOf(id),
  ({ id }) => Number(families[familyOf(id)]?.exec(id)?.[1] ?? 0),
  ({ id }) => billions(id) ?? 0,
];

/** The place in the list of families; one behind the last for strangers. */
function familyOf(id: string): number {
  const index = families.findIndex((family) => family.test(id));
  return index === -1 ? families.length : index;
}

/** 0: answers are poor, 1: runs on a notebook, 2: as large as what is rented. A name without a size is no small one. */
function sizeClass(id: string): number {
  const size = billions(id) ?? (smallName.test(id) ? 8 : 70);
  return size < 4 ? 0 : size < 20 ? 1 : 2;
}

/** Parameters in billions: 70 of `llama3.3:70b`, 56 of `mixtral-8x7b`. */
function billions(id: string): number | undefined {
  const [, experts = '1', size] = /(?:^|[^\d.a-z])(?:(\d+)x)?(\d+(?:\.\d+)?)b(?:[^a-z]|$)/i.exec(id) ?? [];
  return size === undefined ? undefined : Number(experts) * Number(size);
}
