import { fingerprint } from '../fingerprint.ts';
import { hashOf } from '../roomTurn.ts';
import type { TurnRecord } from '../turns.ts';
import type { MessageTurn } from '../messageTurns.ts';

/** Of equal prompts those are preferred that were asked so near to each other, in milliseconds. */
const longestSkew = 10 * 60 * 1000;

/**
 * The journal's record of each turn; `undefined` where another client asked. `assigned` (message id → turn) holds what
 * was found before, and is added to: a turn keeps its record, and a record belongs to one turn only. Of equal prompts
 * the newest come first.
 */
export async function matchRecords(
  turns: readonly MessageTurn[],
  records: readonly TurnRecord[],
  assigned: Map<string, string>,
): Promise<(TurnRecord | undefined)[]> {
  const found = new Map<string, TurnRecord | undefined>();
  const taken = new Set(assigned.values());
  for (const { id, prompt, askedAt } of turns.toReversed()) {
    const known = assigned.get(id);
    if (known !== undefined) {
      found.set(
        id,
        records.find(({ turn }) => turn === known),
      );
      continue;
    }
    const hash = await fingerprint(prompt);
    const equal = records.filter((record) => hashOf(record) === hash && !taken.has(record.turn));
    // A server's clock may be wrong altogether.
    const record = equal.findLast((candidate) => isNear(candidate.askedAt, askedAt)) ?? equal.at(-1);
    found.set(id, record);
    if (!record) continue;
    taken.add(record.turn);
    assigned.set(id, record.turn);
  }
  return turns.map(({ id }) => found.get(id));
}

/**
 * Turns that the room lacks and whose prompt is still here: those that no server took. One that was asked again later
 * is left out. `held`: the turns that the room has.
 */
export function unheldTurns(records: readonly TurnRecord[], held: ReadonlySet<string>): TurnRecord[] {
  const lastHeld = records.findLastIndex(({ turn }) => held.has(turn));
  return records.filter(
    ({ turn, prompt, promptHash }, i) =>
      i > lastHeld &&
      prompt !== undefined &&
      !held.has(turn) &&
      !records.some((later, at) => at > i && later.promptHash === promptHash),
  );
}

function isNear(asked: string, stored: string | undefined): boolean {
  const difference = Math.abs(Date.parse(asked) - Date.parse(stored ?? ''));
  return Number.isNaN(difference) || difference < longestSkew;
}
