import type { ConnectionKind, Parameters } from '../api/connection.ts';
import { isJson, isObject, type JsonObject, parseJson } from '../api/json.ts';
import type { L10n } from './l10n.ts';
import { parameterNames, parameterProblems } from './samplingFields.ts';
import { cleanName } from './untrusted.ts';

/** What people change most, first. */
const usual = [
  'temperature',
  'top_p',
  'max_completion_tokens',
  'max_tokens',
  'reasoning_effort',
  'verbosity',
];

/** The parameters of a kind of connection, those that people change most first. */
export function parameterChoices(kind: ConnectionKind): readonly string[] {
  const known: readonly string[] = parameterNames(kind);
  const first = usual.filter((name) => known.includes(name));
  return [...first, ...known.filter((name) => !first.includes(name))];
}

/** A parameter's value as a person types it: texts as they are, everything else as JSON. Undefined is nothing. */
export function parameterText(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' && !isJson(value) ? value : JSON.stringify(value);
}

/** Parameters in one line, such as `temperature 0.2 · without seed`; empty for none. They may come from anywhere. */
export function parametersText(parameters: Parameters, l10n: L10n): string {
  return Object.entries(parameters)
    .map(([name, value]) =>
      value === null
        ? l10n.t('without {0}', cleanName(name, 40))
        : `${cleanName(name, 40)} ${cleanName(parameterText(value), 40)}`,
    )
    .join(' · ');
}

/** What was typed, and what is wrong with it. */
export interface TypedParameter {
  /** Undefined: leave it to the server. `null`: keep it out where something else would send it. */
  readonly value: unknown;
  readonly problem: string | undefined;
}

/** Reads what a person typed for a parameter: JSON where it is some, else a text. Nothing takes the parameter away. */
export function readParameter(kind: ConnectionKind, name: string, typed: string, l10n: L10n): TypedParameter {
  const text = typed.trim();
  if (text === '') return { value: undefined, problem: undefined };
  const value = isJson(text) ? parseJson(text) : text;
  return { value, problem: parameterProblems(kind, { [name]: value }, l10n)[0] };
}

/** `parameters` of an entry with one of them changed; undefined if none is left. */
export function withParameter(parameters: unknown, name: string, value: unknown): JsonObject | undefined {
  const others = Object.entries(isObject(parameters) ? parameters : {}).filter(([known]) => known !== name);
  const changed = value === undefined ? others : [...others, [name, value] as const];
  return changed.length === 0 ? undefined : Object.fromEntries(changed);
}
