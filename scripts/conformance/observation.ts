import { isErrorValue, readErrorBody } from '../../src/api/providerError.ts';
import { cleanName } from '../../src/chat/untrusted.ts';
import { parse } from './rawStream.ts';
import { type Exchange, reasonOf } from './recorder.ts';
import type { Comparison } from './shape.ts';

/** What a check saw beside what the wire contract says. */
export interface Observation {
  /** Default: the probe's. */
  readonly group?: string;
  /** Section of the wire contract. */
  readonly row: string;
  readonly name: string;
  readonly expected: string;
  readonly seen: string;
  /** `undefined`: not settled, and `seen` says why. */
  readonly holds: boolean | undefined;
  /** The contract does not know; what was seen is the answer, if it is one that makes sense. */
  readonly open?: boolean;
}

export type Verdict = 'as in the contract' | 'differs' | 'not settled';

/** An observation with its verdict, as the report tells it. */
export interface Finding {
  readonly group: string;
  readonly row: string;
  readonly name: string;
  readonly verdict: Verdict;
  readonly expected: string;
  readonly seen: string;
  readonly open: boolean;
}

/** Judges an observation. `mask` removes the key, should the server have repeated it. */
export function toFinding(
  probeGroup: string,
  { group = probeGroup, row, name, expected, seen, holds, open = false }: Observation,
  mask: (text: string) => string,
): Finding {
  const verdict = holds === undefined ? 'not settled' : holds ? 'as in the contract' : 'differs';
  return { group, row, name, verdict, expected, seen: cleanName(mask(seen), 300), open };
}

/** Statuses by which a server says that it cannot answer now, or not this account: they tell nothing about the contract. */
const passing: ReadonlySet<number> = new Set([402, 403, 408, 409, 423, 425, 429]);

/** Observation of a request that the contract allows and the server answers with another status than expected. */
export function refused(
  exchange: Exchange,
  { row, name }: Pick<Observation, 'row' | 'name'>,
  expected = 'status 200',
): Observation {
  const cannotTell = passing.has(exchange.status) || exchange.status >= 500;
  return { row, name, expected, seen: answerOf(exchange), holds: cannotTell ? undefined : false };
}

/** Observation of a request to which no reply came. */
export function unanswered(error: unknown): Observation {
  return {
    row: 'G',
    name: 'a reply',
    expected: 'one',
    seen: `no reply: ${reasonOf(error)}`,
    holds: undefined,
  };
}

/** The status of an answer, and what it says if it is an error. */
export function answerOf({ status, text }: Exchange): string {
  const { code, message } = status < 300 && !isErrorValue(parse(text)) ? {} : readErrorBody(text);
  return [`status ${status}`, code, message].filter((part) => part !== undefined).join(': ');
}

/** The first items of a list, and how many more there are. */
export function listed(items: readonly string[], none = 'none'): string {
  const more = items.length > 6 ? ` and ${items.length - 6} more` : '';
  return items.length === 0 ? none : items.slice(0, 6).join(', ') + more;
}

/** Observations of the fields of `subject`. Where the contract lets servers add fields, they are told but no deviation. */
export function fieldObservations(
  row: string,
  subject: string,
  { problems, unknown }: Comparison,
  isLoose: boolean,
): Observation[] {
  const added = isLoose && unknown.length > 0 ? `; also ${listed(unknown)}` : '';
  const named: Observation = {
    row,
    name: `fields of ${subject}`,
    expected: 'those that the contract names, with their types',
    seen: listed(problems, `as named${added}`),
    holds: problems.length === 0,
  };
  if (isLoose) {
    return [named];
  }
  const others: Observation = {
    row,
    name: `other fields of ${subject}`,
    expected: 'none',
    seen: listed(unknown),
    holds: unknown.length === 0,
  };
  return [named, others];
}
