import type { Connection } from '../api/connection.ts';
import { dialectOf } from '../api/dialects.ts';
import { isObject, type JsonObject } from '../api/json.ts';
import { parseBaseUrl } from '../api/url.ts';
import { builtInName, entryProblems, kindOf } from './connectionEntry.ts';
import { type L10n, untranslated } from './l10n.ts';
import { cleanName } from './untrusted.ts';

/** What is wrong with an entry of `tachyon.connections`, and what to do. */
interface ConnectionProblem {
  readonly name: string;
  readonly message: string;
}

/** What the settings hold: connections without credentials, and what is wrong with the others. */
export interface ParsedConnections {
  readonly connections: Connection[];
  readonly problems: ConnectionProblem[];
}

/**
 * Reads `tachyon.connections`. An entry with a fault is left out whole, with the reason; a fault in one never
 * hides another. No header value and no user info of a URL is ever repeated in a problem.
 */
export function parseConnections(raw: unknown, l10n: L10n = untranslated): ParsedConnections {
  const connections: Connection[] = [];
  const builtIn = toConnection(builtInName, {});
  const problems: ConnectionProblem[] = [];
  if (raw !== undefined && raw !== null && !isObject(raw)) {
    const message = l10n.t('tachyon.connections must be an object of names and connections.');
    return { connections: builtIn, problems: [{ name: 'tachyon.connections', message }] };
  }
  const entries = isObject(raw) ? raw : {};
  if (!Object.hasOwn(entries, builtInName)) connections.push(...builtIn);
  for (const [name, entry] of Object.entries(entries)) {
    if (entry === null) continue;
    const found = entryProblems(name, entry, l10n);
    problems.push(...found.map((message) => ({ name: cleanName(name, 40), message })));
    if (found.length === 0 && isObject(entry)) connections.push(...toConnection(name, entry));
  }
  return { connections, problems };
}

/** Only for an entry without problems. */
function toConnection(name: string, entry: JsonObject): Connection[] {
  const kind = kindOf(name, entry);
  if (kind === undefined) return [];
  const { defaultUrl = '', urlEndings } = dialectOf(kind);
  const given = Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));
  const url = parseBaseUrl(typeof given['url'] === 'string' ? given['url'] : defaultUrl, urlEndings);
  return [{ ...given, name, kind, url }];
}
