/** What OpenAI's list does not tell of its models: it holds ids only (wire contract D). */
interface OpenaiModel {
  /** In tokens. */
  readonly contextWindow: number;
  /** In tokens. */
  readonly maxOutputTokens: number;
  readonly imageInput: boolean;
}

/**
 * By the beginning of the id; the first that fits. Snapshots and small siblings are as their family, unless a line says
 * otherwise. As published in November 2026; a model that came later counts as the last of its kind here.
 */
const families: readonly (readonly [RegExp, OpenaiModel])[] = [
  [/^gpt-3\.5/, family(16_385, 4096, false)],
  [/^gpt-4-(?:turbo-preview|\d{4}-preview)/, family(128_000, 4096, false)],
  [/^gpt-4-turbo/, family(128_000, 4096, true)],
  [/^gpt-4(?:-|$)/, family(8192, 4096, false)],
  [/^(?:chat)?gpt-4o/, family(128_000, 16_384, true)],
  [/^gpt-4\.1/, family(1_047_576, 32_768, true)],
  [/^gpt-[5-9](?:\.\d+)?-chat/, family(128_000, 16_384, true)],
  [/^gpt-5\.6(?!.*(?:mini|nano|luna))/, family(1_000_000, 128_000, true)],
  [/^gpt-5\.[45](?!.*(?:mini|nano))/, family(1_050_000, 128_000, true)],
  [/^gpt-[5-9]/, family(400_000, 128_000, true)],
  [/^(?:o1-mini|o1-preview)/, family(128_000, 32_768, false)],
  [/^o3-mini/, family(200_000, 100_000, false)],
  [/^o\d/, family(200_000, 100_000, true)],
];

/** What is known of a model of OpenAI by its id; `undefined` for other names, such as a proxy's. */
export function openaiModel(id: string): OpenaiModel | undefined {
  // `ft:gpt-4o-mini:…` is a model that was trained further.
  const name = id.replace(/^ft:/, '');
  return families.find(([pattern]) => pattern.test(name))?.[1];
}

/** Models that chat, but not through chat completions: for those OpenAI has another API. */
export function isElsewhere(id: string): boolean {
  return /-instruct(?:-|$)|codex|computer-use|deep-research|^(?:o\d|gpt-[\d.]+)-pro(?:-|$)/.test(id);
}

function family(contextWindow: number, maxOutputTokens: number, imageInput: boolean): OpenaiModel {
  return { contextWindow, maxOutputTokens, imageInput };
}
