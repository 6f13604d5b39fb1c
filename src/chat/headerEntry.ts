import { isObject, type JsonObject } from '../api/json.ts';
import type { L10n } from './l10n.ts';
import { cleanName } from './untrusted.ts';

/** What is wrong with `headers` of a connection, one sentence each. No value is ever repeated. */
export function headerProblems(name: string, headers: JsonObject, l10n: L10n): string[] {
  return Object.entries(headers).flatMap(([header, value]) => {
    const shown = cleanName(header, 40);
    if (!isHeaderName(header)) {
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

/** Whether `auth` of a connection is one of its three forms; a header must have a name that HTTP allows. */
export function isAuth(value: unknown): boolean {
  if (!isObject(value)) return value === 'bearer' || value === 'none';
  const { header, ...others } = value;
  return typeof header === 'string' && isHeaderName(header) && Object.keys(others).length === 0;
}

function isHeaderName(name: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9a-z-]+$/i.test(name);
}

function isCredentialHeader(header: string): boolean {
  return /authorization$|^cookie2?$|(?:key|token|secret|password|credentials?)$/i.test(header);
}
