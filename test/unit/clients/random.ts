/** Choices that look random and are the same for the same seed. */
export interface Random {
  /** An integer from 0 to `below` - 1. */
  int(below: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly [T, ...T[]]): T;
}

/** {@link Random} from a 32-bit xorshift generator. */
export function createRandom(seed: number): Random {
  // Neighbouring seeds shall not begin alike, and a state of 0 would stay 0.
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const int = (below: number): number => next() % below;
  return {
    int,
    chance: (probability) => next() < probability * 2 ** 32,
    pick: (items) => items[int(items.length)] ?? items[0],
  };
}
