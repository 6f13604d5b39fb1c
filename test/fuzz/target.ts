import type { Random } from '../unit/clients/random.ts';

/** Something that reads what others wrote. */
export interface FuzzTarget {
  readonly name: string;
  /** Makes an input and reads it. Throws if that breaks what has to hold. */
  readonly run: (random: Random) => void | Promise<void>;
}
