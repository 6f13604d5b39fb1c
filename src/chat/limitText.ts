import type { ApiErrorDetails } from '../api/apiError.ts';
import type { L10n } from './l10n.ts';

/** Says that the HTTP client's own time limit fired, which no setting of ours changes. `name` is escaped. */
export function gaveUp(limit: ApiErrorDetails['limit'], name: string, l10n: L10n): string {
  return limit === 'silence'
    ? l10n.t('“{0}” went silent in mid-answer for too long; ask again.', name)
    : l10n.t('“{0}” took too long to begin its answer; ask again.', name);
}

/** Says which time limit of the settings fired. `name` is escaped. */
export function timedOut(
  limit: ApiErrorDetails['limit'],
  limitValue: number,
  name: string,
  l10n: L10n,
): string {
  const after = seconds(limitValue);
  return limit === 'silence'
    ? l10n.t(
        '“{0}” went silent for {1} s in mid-answer; ask again, or raise “timeouts.silence” of this connection in tachyon.connections.',
        name,
        after,
      )
    : l10n.t(
        '“{0}” did not begin to answer within {1} s; ask again, or raise “timeouts.headers” of this connection in tachyon.connections.',
        name,
        after,
      );
}

/** Says which limit of size fired. `name` is escaped. */
export function tooLarge({ limit, limitValue }: ApiErrorDetails, name: string, l10n: L10n): string {
  const megabytes = Math.round((limitValue ?? 0) / 1024 / 1024);
  return limit === 'event'
    ? l10n.t(
        '“{0}” sent one event of more than {1} MB, so the stream was closed; ask again.',
        name,
        megabytes,
      )
    : l10n.t(
        'The answer of “{0}” grew over {1} MB and was cut there; ask for less at once.',
        name,
        megabytes,
      );
}

/** Milliseconds as whole seconds, at least one. */
export function seconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000));
}
