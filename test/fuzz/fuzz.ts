import { createRandom } from '../unit/clients/random.ts';
import type { FuzzTarget } from './target.ts';

/** An input that broke something; the seed makes it again. */
class FuzzFailure extends Error {
  override name = 'FuzzFailure';
}

/** Runs the case of a target that a seed stands for. Throws a `FuzzFailure`. */
export async function runCase({ name, run }: FuzzTarget, seed: number): Promise<void> {
  try {
    await run(createRandom(seed));
  } catch (error) {
    throw new FuzzFailure(`${name}, seed ${seed}`, { cause: error });
  }
}
