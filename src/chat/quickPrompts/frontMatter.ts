import { FAILSAFE_SCHEMA, load, YAMLException } from 'js-yaml';
import { isObject, type JsonObject } from '../../api/json.ts';
import type { L10n } from '../l10n.ts';
import { cleanName, plainText } from '../untrusted.ts';

/** The fields of front matter, or what is wrong with it and on which line of its file, from 1. */
export type FrontMatter =
  | { readonly given: JsonObject }
  | { readonly problem: string; readonly line: number };

/** Front matter that is longer, in characters, is none. */
const longestFront = 20_000;

/** Reads the lines between those of hyphens. All its scalars are texts: nobody means a number or a date. */
export function readFrontMatter(front: string, l10n: L10n): FrontMatter {
  if (front.length > longestFront)
    return { line: 1, problem: l10n.t('The front matter is longer than {0} characters.', longestFront) };
  if (front.split('\n').every((line) => /^\s*(?:#|$)/.test(line))) return { given: {} };
  try {
    const given = load(front, { schema: FAILSAFE_SCHEMA });
    if (isObject(given)) return { given };
    return { line: 2, problem: l10n.t('The front matter must be lines of the form “name: value”.') };
  } catch (error) {
    // Any error is one of the file.
    const { reason, line } =
      error instanceof YAMLException
        ? { reason: error.reason, line: error.mark?.line ?? 0 }
        : { reason: '', line: 0 };
    const shown = plainText(cleanName(reason, 100));
    return { line: line + 2, problem: l10n.t('The front matter is no YAML ({0}); correct it.', shown) };
  }
}
