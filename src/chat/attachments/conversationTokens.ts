import type { CarriedTurn } from '../carried.ts';
import { estimateTokens } from '../tokenEstimate.ts';

/** Characters from the end that are counted; a room of thousands of turns would hold the window up. */
const counted = 200_000;

/** Estimated tokens of a conversation. What stands far above is taken to be like the rest. */
export function conversationTokens(turns: readonly CarriedTurn[]): number {
  let [characters, tokens, all] = [0, 0, 0];
  for (const { prompt, reply } of turns.toReversed()) {
    for (const text of [reply, prompt]) {
      all += text.length;
      if (characters >= counted) continue;
      const end = text.slice(-(counted - characters));
      characters += end.length;
      tokens += estimateTokens(end);
    }
  }
  return characters === 0 ? 0 : Math.round((tokens * all) / characters);
}
