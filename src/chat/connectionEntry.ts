import { ApiError } from '../api/apiError.ts';
import { type ConnectionKind, connectionKinds } from '../api/connection.ts';
import { isObject, type JsonObject } from '../api/json.ts';
import { parseBaseUrl } from '../api/url.ts';
import { invalidRequestText } from './invalidRequestText.ts';
import type { L10n } from './l10n.ts';
import { parameterProblems } from './samplingFields.ts';
import { cleanName } from './untrusted.ts';

/** The connection that is there without any setting. */
export const builtInName = 'tachyon';

const fields = [
  'kind',
  'url',
  'operatorId',
  'headers',
  'stream',
  'timeouts',
  'parameters',
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
    ...fields.flatMap((field) => fieldProblems(name, field, entry, l10n)),
  ];
}

/** What is wrong with one field that is there; `name` is the connection's. */
type Check = (value: unknown, name: string, l10n: L10n) => string[];

const checks: Readonly<Record<Field, Check>> = {
  kind: (value, name, l10n) =>
    isKind(value) ? [] : wrong('kind', name, l10n.t('one of: {0}', connectionKinds.join(', ')), l10n),
  url: (value, name, l10n) =>
    typeof value === 'string'
      ? urlProblems(name, value, l10n)
      : wrong('url', name, l10n.t('the URL of the server'), l10n),
  operatorId: (value, name, l10n) =>
    typeof value === 'string' && /^[\x21-\x7e]+$/.test(value)
      ? []
      : wrong('operatorId', name, l10n.t('the id of an operator, such as {0}', 'tn_…'), l10n),
  stream: (value, name, l10n) =>
    typeof value === 'boolean' ? [] : wrong('stream', name, l10n.t('true or false'), l10n),
  allowHttp: (value, name, l10n) =>
    typeof value === 'boolean' ? [] : wrong('allowHttp', name, l10n.t('true or false'), l10n),
  headers: (value, name, l10n) =>
    isObject(value)
      ? headerProblems(name, value, l10n)
      : wrong('headers', name, l10n.t('an object of header names and values'), l10n),
  timeouts: (value, name, l10n) =>
    isTimeouts(value)
      ? []
      : wrong(
          'timeouts',
          name,
          l10n.t('an object with “headers” and “silence” in milliseconds, 0 for no limit'),
          l10n,
        ),
  parameters: (value, name, l10n) =>
    isObject(value)
      ? parameterProblems(value, l10n).map((problem) => l10n.t('Connection “{0}”: {1}', name, problem))
      : wrong('parameters', name, l10n.t('an object'), l10n),
};

function fieldProblems(name: string, field: Field, entry: JsonObject, l10n: L10n): string[] {
  const value = entry[field];
  const isNeeded = (field === 'kind' || field === 'url') && name !== builtInName;
  return value === undefined && !isNeeded ? [] : checks[field](value, name, l10n);
}

function wrong(field: Field, name: string, expected: string, l10n: L10n): string[] {
  return [l10n.t('“{0}” of connection “{1}” must be {2}.', field, name, expected)];
}

function urlProblems(name: string, url: string, l10n: L10n): string[] {
  const reason = baseUrlProblem(url, l10n);
  return reason === undefined
    ? []
    : [l10n.t('The URL of connection “{0}” cannot be used: {1}', name, reason)];
}

/** What is wrong with a base URL, never repeating it; `undefined` if nothing is. */
export function baseUrlProblem(url: string, l10n: L10n): string | undefined {
  try {
    parseBaseUrl(url);
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return invalidRequestText(error, l10n);
    throw error;
  }
}

function headerProblems(name: string, headers: JsonObject, l10n: L10n): string[] {
  return Object.entries(headers).flatMap(([header, value]) => {
    const shown = cleanName(header, 40);
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/i.test(header)) {
      return l10n.t('Connection “{0}”: “{1}” is not the name of an HTTP header.', name, shown);
    }
    if (isCredentialHeader(header)) {
      return l10n.t(
        'Connection “{0}”: the header “{1}” looks like a credential; remove it from the settings and use “Tachyon: Sign In”, which keeps it in secret storage.',
        name,
        shown,
      );
    }
    // HTTP field values: visible characters, blanks and tabs; CR and LF would start another header.
    return typeof value === 'string' && /^[\t\x20-\x7e\x80-\xff]*$/.test(value)
      ? []
      : l10n.t(
          'Connection “{0}”: the value of header “{1}” must be a text of one line without control characters.',
          name,
          shown,
        );
  });
}

function isCredentialHeader(header: string): boolean {
  return /authorization$|^cookie2?$|(?:key|token|secret|password|credentials?)$/i.test(header);
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

function isKind(value: unknown): value is ConnectionKind {
  return connectionKinds.some((kind) => kind === value);
}

function isField(name: string): name is Field {
  return fields.some((field) => field === name);
}
