import type { ApiError } from '../api/apiError.ts';
import type { L10n } from './l10n.ts';
import { isLoading } from '../api/retry.ts';
import { loadingText } from './loadingModel.ts';
import { escapeMarkdown } from './untrusted.ts';

/** Says, as inert markdown, why a request goes out again and when; `delay` in milliseconds. */
export function retryText(error: ApiError, delay: number, connection: string, l10n: L10n): string {
  if (isLoading(error)) return loadingText(delay, connection, l10n);
  const { kind, details } = error;
  const name = escapeMarkdown(connection);
  const seconds = Math.max(1, Math.round(delay / 1000));
  const status = details.status ?? 0;
  if (kind === 'network') {
    return l10n.t('“{0}” cannot be reached; trying again in {1} s.', name, seconds);
  }
  if (kind === 'rateLimited') {
    return l10n.t('“{0}” gets too many requests ({1}); trying again in {2} s.', name, status, seconds);
  }
  return kind === 'provider'
    ? l10n.t('The model behind “{0}” reported an error; trying again in {1} s.', name, seconds)
    : l10n.t(
        '“{0}” is busy or has a problem of its own ({1}); trying again in {2} s.',
        name,
        status,
        seconds,
      );
}
