import { isObject, textOf } from '../../api/json.ts';

/** A quick prompt that was asked. */
export type RecentPrompt =
  /** One of a list, by its id. */
  | { readonly kind: 'listed'; readonly id: string }
  /** Free text. */
  | { readonly kind: 'typed'; readonly text: string };

const mostPrompts = 50;
const longestId = 1000;
const longestText = 100_000;
/** Characters of all free texts. */
const mostText = 500_000;

/** Reads what was kept, the most recent first; what is no prompt is left out. */
export function parseRecentPrompts(kept: unknown): RecentPrompt[] {
  return Array.isArray(kept)
    ? bounded(kept.slice(0, 2 * mostPrompts).flatMap((entry) => parse(entry) ?? []))
    : [];
}

/** The prompts with one that was just asked; it stands in the list once. */
export function withRecentPrompt(prompts: readonly RecentPrompt[], asked: RecentPrompt): RecentPrompt[] {
  return bounded([asked, ...prompts]);
}

function parse(entry: unknown): RecentPrompt | undefined {
  if (!isObject(entry)) return undefined;
  const id = textOf(entry['id']);
  const text = textOf(entry['text']);
  if (entry['kind'] === 'listed' && id !== undefined) return { kind: 'listed', id };
  return entry['kind'] === 'typed' && text !== undefined ? { kind: 'typed', text } : undefined;
}

/** Each once, none that is too long, and no more than may be kept. */
function bounded(prompts: readonly RecentPrompt[]): RecentPrompt[] {
  const kept = new Map<string, RecentPrompt>();
  let length = 0;
  for (const prompt of prompts) {
    const isTyped = prompt.kind === 'typed';
    const value = isTyped ? prompt.text : prompt.id;
    const key = `${prompt.kind} ${value}`;
    if (kept.has(key) || value.trim() === '' || value.length > (isTyped ? longestText : longestId)) continue;
    length += value.length;
    if (kept.size === mostPrompts || length > mostText) break;
    kept.set(key, prompt);
  }
  return [...kept.values()];
}
