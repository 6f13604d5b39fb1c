import type { ApiErrorDetails } from '../api/apiError.ts';
import type { ConnectionKind } from '../api/connection.ts';
import type { L10n } from './l10n.ts';
import { seconds } from './limitText.ts';
import { escapeMarkdown } from './untrusted.ts';

// Every `name` is a connection's, escaped.

const missingModelCodes: ReadonlySet<string> = new Set(['model_not_found', 'model_not_registered']);
const missingModel =
  /^model_not_registered\b|\b(?:unknown|invalid|no such) model\b|\bmodel\b.{0,120}\b(?:not found|does not exist)|\bnot a valid model\b/i;

/** Whether an error is about the model that was asked for: it is not there, or does not chat. */
export function isModelMissing({ code = '', param, providerMessage = '' }: ApiErrorDetails): boolean {
  return param === 'model' || missingModelCodes.has(code) || missingModel.test(providerMessage);
}

const tooLong =
  /context[_ ](?:length|window|size)|maximum context|too many tokens|prompt is too long|input is too long|exceed_context/i;

/** Whether what was sent is more than the model's window holds. */
export function isTooLong({ status, code = '', providerMessage = '' }: ApiErrorDetails): boolean {
  return status === 413 || tooLong.test(code) || tooLong.test(providerMessage);
}

/** Whether a refusal passes by itself. Atoma has 423 and 425: a stack that is locked, or none free (wire contract C). */
export function isPassing(status: number): boolean {
  return [408, 409, 423, 425].includes(status);
}

/** Says that a request was refused with a status of 4xx that has no sentence of its own. */
export function refusedText(status: number, name: string, l10n: L10n): string {
  if (status === 408) return l10n.t('“{0}” waited too long for the request (408); ask again.', name);
  return isPassing(status)
    ? l10n.t('“{0}” cannot take the request just now ({1}); ask again in a while.', name, status)
    : l10n.t(
        '“{0}” did not accept the request ({1}); check the model and the parameters of the connection.',
        name,
        status,
      );
}

/** Says at which address no API answered. */
export function wrongAddressText(
  { url, status }: ApiErrorDetails,
  name: string,
  kind: ConnectionKind,
  l10n: L10n,
): string {
  const sentence =
    url === undefined
      ? l10n.t(
          '“{0}” answered with something that is no answer of a model, as a proxy or a wrong URL does; check the URL.',
          name,
        )
      : l10n.t(
          '“{0}” gives no answer of a model at {1} ({2}), as a proxy or a wrong URL does; check the URL.',
          name,
          escapeMarkdown(url),
          status ?? 200,
        );
  return kind === 'openai-compatible'
    ? `${sentence} ${l10n.t('The URL of an OpenAI-compatible server usually ends in {0}.', '/v1')}`
    : sentence;
}

/** Says how long to wait; a used up quota does not come back by waiting (wire contract D). */
export function rateLimitedText({ code, retryAfterMs }: ApiErrorDetails, name: string, l10n: L10n): string {
  if (code === 'insufficient_quota') {
    return l10n.t(
      'The quota at “{0}” is used up (429); add credit or raise its limit there, then ask again.',
      name,
    );
  }
  return retryAfterMs === undefined
    ? l10n.t('“{0}” gets too many requests (429); wait a little, then ask again.', name)
    : l10n.t('“{0}” gets too many requests (429); ask again in {1} s.', name, seconds(retryAfterMs));
}

/** Says where a redirect pointed. */
export function redirectedText(location: string | undefined, name: string, l10n: L10n): string {
  return location === undefined
    ? l10n.t('“{0}” redirects to another address, which was not followed; correct the URL.', name)
    : l10n.t(
        '“{0}” redirects to {1}, which was not followed; if that address is right, use it as the URL.',
        name,
        escapeMarkdown(location),
      );
}
