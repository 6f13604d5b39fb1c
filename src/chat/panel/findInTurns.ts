/** Where words stand; as in the messages to the page. */
export interface FoundPlace {
  /** Index of the turn. */
  readonly turn: number;
  readonly part: 'prompt' | 'reply';
  /** Which occurrence in that part, from 0. */
  readonly occurrence: number;
}

/** The texts that are searched. */
interface SearchedTurn {
  readonly prompt: string;
  readonly reply: string;
}

/**
 * Where a text stands in turns of which the first has the index `first`, capitals or not; at most `max` places. Pieces
 * that overlap count once.
 */
export function findInTurns(
  turns: readonly SearchedTurn[],
  first: number,
  query: string,
  max: number,
): FoundPlace[] {
  const wanted = query.toLowerCase();
  const places: FoundPlace[] = [];
  if (wanted === '') return places;
  for (const [i, turn] of turns.entries()) {
    for (const part of ['prompt', 'reply'] as const) {
      const text = turn[part].toLowerCase();
      let occurrence = 0;
      for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + wanted.length)) {
        if (places.length >= max) return places;
        places.push({ turn: first + i, part, occurrence });
        occurrence += 1;
      }
    }
  }
  return places;
}
