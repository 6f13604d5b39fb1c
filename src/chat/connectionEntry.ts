import { ApiError } from '../api/apiError.ts';
import { type ConnectionKind, connectionKinds } from '../api/connection.ts';
import { dialectOf } from '../api/dialects.ts';
import { isObject, type JsonObject } from '../api/json.ts';
import { parseBaseUrl } from '../api/url.ts';
import { headerProblems, isAuth } from './headerEntry.ts';
import { invalidRequestText } from './invalidRequestText.ts';
import type { L10n } from './l10n.ts';
import { modelProblems } from './modelEntry.ts';
import { retryProblems } from './retryEntry.ts';
import { parameterProblems } from './samplingFields.ts';
import { cleanName } from './untrusted.ts';

/** The connection that is there without any setting. */
export const builtInName = 'tachyon';

const fields = [
  'kind',
  'url',
  'operatorId',
  'auth',
  'headers',
  'stream',
  'retry',
  'timeouts',
  'parameters',
  'models',
  'allowHttp',
] as const;
type Field = (typeof fields)[number];

/**
 * What is wrong with one entry of `tachyon.connections`, one sentence each. No header value and no user info of
 * a URL is ever repeated.
 */
export function entryProblems(name: string, entry: unknown, l10n: L10n): string[] {
  if (!/^[a-z0-9][a-z0-9._-]{0,31}$/.test(name)) {
    return [
      l10n.t(
        'The name “{0}” is not possible: use up to 32 small letters, digits, dots, hyphens and underscores, beginning with a letter or digit.',
        cleanName(name, 40),
      ),
    ];
  }
  if (!isObject(entry)) return [l10n.t('Connection “{0}” must be an object, or null to hide it.', name)];
  const unknown = Object.keys(entry).filter((field) => !isField(field));
  return [
    ...unknown.map((field) =>
      l10n.t(
        'Connection “{0}” has the unknown field “{1}”; remove it or use one of: {2}.',
        name,
        cleanName(field, 40),
        fields.join(', '),
      ),
    ),
    ...entryFieldProblems(name, entry, l10n),
  ];
}

/** The kind of an entry; `undefined` if it names none that is known. */
export function kindOf(name: string, entry: JsonObject): ConnectionKind | undefined {
  const kind = entry['kind'] ?? (name === builtInName ? 'tachyon' : undefined);
  return connectionKinds.find((known) => known === kind);
}

function entryFieldProblems(name: string, entry: JsonObject, l10n: L10n): string[] {
  const kind = kindOf(name, entry);
  if (kind === undefined) {
    return wrong('kind', name, l10n.t('one of: {0}', connectionKinds.join(', ')), l10n);
  }
  return fields.flatMap((field) => {
    const value = entry[field];
    const isNeeded = field === 'url' && dialectOf(kind).defaultUrl === undefined;
    return value === undefined && !isNeeded ? [] : checks[field](value, { name, kind, l10n });
  });
}

/** Where a value stands; `name` is the connection's. */
interface Place {
  readonly name: string;
  readonly kind: ConnectionKind;
  readonly l10n: L10n;
}

/** What is wrong with one field that is there. */
type Check = (value: unknown, place: Place) => string[];

const checks: Readonly<Record<Field, Check>> = {
  kind: () => [],
  url: (value, { name, kind, l10n }) =>
    typeof value === 'string'
      ? urlProblems(name, kind, value, l10n)
      : wrong('url', name, l10n.t('the URL of the server'), l10n),
  operatorId: (value, { name, kind, l10n }) => {
    if (dialectOf(kind).operatorHeader === undefined) {
      return [
        l10n.t(
          'Connection “{0}” has an “operatorId”, but connections of the kind “{1}” have no operators; remove it.',
          name,
          kind,
        ),
      ];
    }
    return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value)
      ? []
      : wrong('operatorId', name, l10n.t('the id of an operator, such as {0}', 'tn_…'), l10n);
  },
  auth: (value, { name, l10n }) =>
    isAuth(value)
      ? []
      : wrong('auth', name, l10n.t('“bearer”, “none” or an object like {0}', '{"header": "api-key"}'), l10n),
  stream: (value, { name, l10n }) =>
    typeof value === 'boolean' ? [] : wrong('stream', name, l10n.t('true or false'), l10n),
  allowHttp: (value, { name, l10n }) =>
    typeof value === 'boolean' ? [] : wrong('allowHttp', name, l10n.t('true or false'), l10n),
  headers: (value, { name, l10n }) =>
    isObject(value)
      ? headerProblems(name, value, l10n)
      : wrong('headers', name, l10n.t('an object of header names and values'), l10n),
  retry: (value, { name, l10n }) => retryProblems(name, value, l10n),
  timeouts: (value, { name, l10n }) =>
    isTimeouts(value)
      ? []
      : wrong(
          'timeouts',
          name,
          l10n.t('an object with “headers” and “silence” in milliseconds, 0 for no limit'),
          l10n,
        ),
  parameters: (value, { name, kind, l10n }) =>
    isObject(value)
      ? parameterProblems(kind, value, l10n).map((problem) => l10n.t('Connection “{0}”: {1}', name, problem))
      : wrong('parameters', name, l10n.t('an object'), l10n),
  models: (value, { name, kind, l10n }) => modelProblems(name, kind, value, l10n),
};

function wrong(field: Field, name: string, expected: string, l10n: L10n): string[] {
  return [l10n.t('“{0}” of connection “{1}” must be {2}.', field, name, expected)];
}

function urlProblems(name: string, kind: ConnectionKind, url: string, l10n: L10n): string[] {
  const reason = baseUrlProblem(url, kind, l10n);
  return reason === undefined
    ? []
    : [l10n.t('The URL of connection “{0}” cannot be used: {1}', name, reason)];
}

/** What is wrong with the base URL of a kind of connection, never repeating it; `undefined` if nothing is. */
export function baseUrlProblem(url: string, kind: ConnectionKind, l10n: L10n): string | undefined {
  try {
    parseBaseUrl(url, dialectOf(kind).urlEndings);
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return invalidRequestText(error, l10n);
    throw error;
  }
}

function isTimeouts(value: unknown): boolean {
  return (
    isObject(value) &&
    Object.entries(value).every(
      ([limit, ms]) =>
        (limit === 'headers' || limit === 'silence') &&
        typeof ms === 'number' &&
        ms >= 0 &&
        Number.isFinite(ms),
    )
  );
}

function isField(name: string): name is Field {
  return fields.some((field) => field === name);
}
