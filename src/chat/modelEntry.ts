import type { ConnectionKind, ModelSettings } from '../api/connection.ts';
import { isObject } from '../api/json.ts';
import type { L10n } from './l10n.ts';
import { parameterProblems } from './samplingFields.ts';
import { cleanName } from './untrusted.ts';

/** What the settings may hold of a model; `shown` says whether it stands in the pickers, whatever its name says. */
export type ModelEntry = ModelSettings & { readonly shown?: boolean };

/** Says what a value must be, or nothing if it is right. */
type Check = (value: unknown, l10n: L10n) => string | undefined;

const text: Check = (value, l10n) =>
  typeof value === 'string' && value.trim() !== '' ? undefined : l10n.t('a text that is not empty');
const flag: Check = (value, l10n) => (typeof value === 'boolean' ? undefined : l10n.t('true or false'));
const tokens: Check = (value, l10n) =>
  Number.isSafeInteger(value) && Number(value) > 0 ? undefined : l10n.t('a number of tokens');

const checks: Readonly<Record<string, Check>> = {
  name: text,
  contextWindow: tokens,
  maxOutputTokens: tokens,
  imageInput: flag,
  toolCalling: flag,
  shown: flag,
  parameters: (value, l10n) => (isObject(value) ? undefined : l10n.t('an object')),
  price: (value, l10n) =>
    isPrice(value)
      ? undefined
      : l10n.t('an object like {0}', '{"input": 2.5, "output": 10, "cachedInput": 1.25, "currency": "USD"}'),
};

/** What is wrong with `models` of a connection, one sentence each; `connection` is its name. */
export function modelProblems(
  connection: string,
  kind: ConnectionKind,
  models: unknown,
  l10n: L10n,
): string[] {
  if (!isObject(models)) {
    return [l10n.t('“{0}” of connection “{1}” must be {2}.', 'models', connection, l10n.t('an object'))];
  }
  return Object.entries(models).flatMap(([id, settings]) => {
    const at = (problem: string): string =>
      l10n.t('Connection “{0}”, model “{1}”: {2}', connection, cleanName(id, 80), problem);
    if (!isObject(settings)) return at(l10n.t('It must be an object.'));
    const parameters = isObject(settings['parameters']) ? settings['parameters'] : {};
    return [
      ...Object.entries(settings).flatMap(([field, value]) => fieldProblem(field, value, l10n) ?? []),
      ...parameterProblems(kind, parameters, l10n),
    ].map(at);
  });
}

function fieldProblem(field: string, value: unknown, l10n: L10n): string | undefined {
  const check = Object.hasOwn(checks, field) ? checks[field] : undefined;
  if (check === undefined) {
    return l10n.t(
      'The field “{0}” is unknown; remove it or use one of: {1}.',
      cleanName(field, 40),
      Object.keys(checks).join(', '),
    );
  }
  const expected = check(value, l10n);
  return expected === undefined ? undefined : l10n.t('“{0}” must be {1}.', field, expected);
}

function isPrice(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { input, output, cachedInput = 0, currency = 'USD', ...others } = value;
  return (
    [input, output, cachedInput].every(
      (price) => typeof price === 'number' && price >= 0 && Number.isFinite(price),
    ) &&
    typeof currency === 'string' &&
    /^[A-Z]{3}$/.test(currency) &&
    Object.keys(others).length === 0
  );
}
