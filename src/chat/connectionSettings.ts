import { type InvalidRequestProblem, invalidRequest } from '../api/apiError.ts';
import type { Connection } from '../api/connection.ts';
import { parseBaseUrl } from '../api/url.ts';
import { builtInName, entryProblems, isObject } from './connectionEntry.ts';
import { problemText } from './invalidRequestText.ts';
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

const builtIn: Connection = { name: builtInName, kind: 'tachyon', url: 'https://api.n1.tachy.one' };
/**
 * Reads `tachyon.connections`. An entry with a fault is left out whole, with the reason; a fault in one never
 * hides another. No header value and no user info of a URL is ever repeated in a problem.
 */
export function parseConnections(raw: unknown, l10n: L10n = untranslated): ParsedConnections {
  const connections: Connection[] = [];
  const problems: ConnectionProblem[] = [];
  if (raw !== undefined && raw !== null && !isObject(raw)) {
    const message = l10n.t('tachyon.connections must be an object of names and connections.');
    return { connections: [builtIn], problems: [{ name: 'tachyon.connections', message }] };
  }
  const entries = isObject(raw) ? raw : {};
  if (!Object.hasOwn(entries, builtInName)) connections.push(builtIn);
  for (const [name, entry] of Object.entries(entries)) {
    if (entry === null) continue;
    const found = entryProblems(name, entry, l10n);
    problems.push(...found.map((message) => ({ name: cleanName(name, 40), message })));
    if (found.length === 0 && isObject(entry)) connections.push(toConnection(name, entry));
  }
  return { connections, problems };
}

/** Only for an entry without problems. */
function toConnection(name: string, entry: Record<string, unknown>): Connection {
  const given = Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));
  const url = typeof given['url'] === 'string' ? parseBaseUrl(given['url']) : builtIn.url;
  return { kind: builtIn.kind, ...given, name, url };
}

/**
 * A pasted key as it belongs into `Authorization: Bearer …`: without `Bearer`, quotes and blanks around it.
 * @throws {ApiError} `invalidRequest` for what can't be a key; the message never repeats it.
 */
export function cleanCredential(text: string, l10n: L10n = untranslated): string {
  const credential = strip(text);
  const problem = credentialProblem(credential);
  if (problem !== undefined) throw invalidRequest(problem, problemText(problem, l10n));
  return credential;
}

function strip(text: string): string {
  for (let rest = text; ;) {
    const next = rest
      .trim()
      .replace(/^(?:authorization\s*:\s*)?bearer(?:\s+|$)/i, '')
      .replace(/^(["'`])([^]*)\1$/, '$2')
      .replace(/^[“”‘’]([^]*)[“”‘’]$/, '$1');
    if (next === rest) return next;
    rest = next;
  }
}

function credentialProblem(credential: string): InvalidRequestProblem | undefined {
  if (credential === '') return 'keyIsEmpty';
  if (/[\r\n]/.test(credential)) return 'keyHasLineBreak';
  if (/\s/.test(credential)) return 'keyHasBlank';
  return /^[\x21-\x7e]+$/.test(credential) ? undefined : 'keyHasOddCharacters';
}
