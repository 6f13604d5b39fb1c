import { requestIdOf, retryAfterOf } from '../../src/api/headers.ts';
import { listed, type Observation } from './observation.ts';
import type { Session } from './session.ts';

/** Checks of the headers of all replies together. */
export function headerObservations({ exchanges, facts, connection }: Session): Observation[] {
  const row = facts.rows.headers;
  const isOpenai = connection.kind === 'openai';
  const names = new Set(exchanges.flatMap(({ headers }) => [...headers.keys()]));
  const ids = exchanges.flatMap(({ headers }) => requestIdOf(headers) ?? []);
  const own = exchanges.filter(({ headers }) => headers.has('x-request-id')).length;
  const limits = [...names].filter((name) => name.startsWith('x-ratelimit-'));
  const limited = exchanges.filter(({ status }) => status === 429);
  const waits = limited.map(({ headers }) => retryAfterOf(headers, Date.now()));
  const idsSeen = ids.length === 0 ? 'none' : `on ${ids.length} of ${exchanges.length} replies`;
  return [
    {
      row,
      name: 'a request id',
      expected: isOpenai ? 'x-request-id on each reply' : 'none, or another one on each reply',
      seen: idsSeen,
      holds: isOpenai ? own === exchanges.length : new Set(ids).size === ids.length,
      open: !isOpenai,
    },
    {
      row,
      name: 'rate limits',
      expected: isOpenai ? 'x-ratelimit-… headers, by the documents' : 'none, or x-ratelimit-… headers',
      seen: listed(limits),
      holds: limits.length > 0 ? true : undefined,
      open: true,
    },
    {
      row,
      name: 'retry-after',
      expected: 'with the status 429, at most 60 s',
      seen:
        limited.length === 0
          ? 'no reply had the status 429'
          : listed(waits.map((wait) => `${wait ?? 'no'} ms`)),
      holds: limited.length === 0 ? undefined : waits.every((wait) => wait !== undefined),
      open: true,
    },
  ];
}

/** Rows that one ordinary key cannot settle, and why. */
export function unsettledRows({ connection: { kind }, facts }: Session): Observation[] {
  const { errors } = facts.rows;
  const noCredit = unsettled(errors, 'no credit', 'status 402', 'needs a second key, without credit');
  const inStream = unsettled('B3', 'an error in mid-stream', 'event: error', 'cannot be brought about');
  const agent = unsettled('B6', 'an agent run', 'the events of B6', 'is never small: not started');
  const lost = unsettled('C', 'a failure in mid-stream', 'EOF without a word', 'cannot be brought about');
  const locked = unsettled(
    'C',
    'a locked or unavailable stack',
    'status 423 or 425',
    'cannot be brought about',
  );
  return {
    tachyon: [noCredit, inStream, agent],
    openai: [],
    atoma: [noCredit, locked, lost],
    'openai-compatible': [],
  }[kind];
}

function unsettled(row: string, name: string, expected: string, seen: string): Observation {
  return { row, name, expected, seen, holds: undefined };
}
