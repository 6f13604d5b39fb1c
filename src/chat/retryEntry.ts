import { isObject } from '../api/json.ts';
import type { L10n } from './l10n.ts';

/** Says what is wrong with `retry` of a connection; `name` is the connection's. */
export function retryProblems(name: string, retry: unknown, l10n: L10n): string[] {
  if (!isObject(retry) || !['none', 'backoff'].includes(String(retry['strategy']))) {
    return [mustBe('retry', l10n.t('an object whose “strategy” is “none” or “backoff”'), name, l10n)];
  }
  return Object.entries(retry).flatMap(([field, value]) => {
    switch (field) {
      case 'strategy':
        return [];
      case 'backoff':
        return isBackoff(value)
          ? []
          : mustBe(
              'retry.backoff',
              l10n.t(
                'an object with “initialInterval”, “maxInterval” and “maxElapsedTime” in milliseconds, and “exponent” of 1 or more',
              ),
              name,
              l10n,
            );
      case 'retryConnectionErrors':
        return typeof value === 'boolean'
          ? []
          : mustBe('retry.retryConnectionErrors', l10n.t('true or false'), name, l10n);
      case 'retryCodes':
        return isCodes(value)
          ? []
          : mustBe('retry.retryCodes', l10n.t('a list of statuses such as {0}', '"429", "5XX"'), name, l10n);
      default:
        return l10n.t(
          '“retry” of connection “{0}” has a field that is unknown; use strategy, backoff, retryConnectionErrors and retryCodes only.',
          name,
        );
    }
  });
}

const milliseconds = ['initialInterval', 'maxInterval', 'maxElapsedTime'] as const;

function isBackoff(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { exponent = 1, ...times } = value;
  return (
    isNumber(exponent, 1) &&
    Object.entries(times).every(
      ([name, ms]) => milliseconds.some((known) => known === name) && isNumber(ms, 0),
    )
  );
}

function isCodes(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((code) => typeof code === 'string' && /^[1-5](?:\d\d|XX)$/i.test(code))
  );
}

function isNumber(value: unknown, min: number): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= min;
}

function mustBe(field: string, expected: string, name: string, l10n: L10n): string {
  return l10n.t('“{0}” of connection “{1}” must be {2}.', field, name, expected);
}
