import { ApiError, type ApiErrorDetails, type ApiErrorKind } from '../api/apiError.ts';
import { invalidRequestText } from './invalidRequestText.ts';
import type { L10n } from './l10n.ts';
import { cleanName, escapeMarkdown } from './untrusted.ts';

/** What a button beside an error does. */
export type ErrorAction = 'signIn' | 'selectOperator' | 'retry' | 'showLog' | 'openSettings';

/** An error as the person sees it; `message` is inert markdown. */
export interface DescribedError {
  readonly message: string;
  readonly action?: ErrorAction;
}

/** Says in one sentence what happened and what to do, then repeats the provider's own code and message. */
export function describeError(error: unknown, connection: string, l10n: L10n): DescribedError {
  const name = escapeMarkdown(connection);
  if (!(error instanceof ApiError)) {
    return {
      message: l10n.t('Something unexpected went wrong with “{0}”; the log says more.', name),
      action: 'showLog',
    };
  }
  const described = descriptions[error.kind](error.details, name, l10n, error);
  const said = providerText(error.details);
  if (said === undefined) return described;
  // Without a reply the code is the system's own, such as ECONNREFUSED.
  if (error.kind === 'network' || error.kind === 'cut') {
    return { ...described, message: `${described.message} (${said})` };
  }
  return { ...described, message: `${described.message} ${l10n.t('The server says: “{0}”', said)}` };
}

type Describe = (details: ApiErrorDetails, name: string, l10n: L10n, error: ApiError) => DescribedError;

const descriptions: Readonly<Record<ApiErrorKind, Describe>> = {
  unauthorized: (_, name, l10n) => ({
    message: l10n.t('“{0}” refused the key (401); sign in again.', name),
    action: 'signIn',
  }),
  paymentRequired: (_, name, l10n) => ({
    message: l10n.t('The operator has no credit left at “{0}” (402); add credit, then ask again.', name),
    action: 'retry',
  }),
  forbidden: (_, name, l10n) => ({
    message: l10n.t(
      'The key may not do this at “{0}” (403); choose another operator or ask for the right.',
      name,
    ),
    action: 'selectOperator',
  }),
  notFound: (details, name, l10n) => ({
    message: l10n.t(
      '“{0}” does not know this address, chatroom or model ({1}); check the URL and the model.',
      name,
      details.status ?? 404,
    ),
    action: 'openSettings',
  }),
  rateLimited: (details, name, l10n) => ({
    message: rateLimited(details.retryAfterMs, name, l10n),
    action: 'retry',
  }),
  badRequest: (details, name, l10n) => ({
    message: l10n.t(
      '“{0}” did not accept the request ({1}); check the model and the parameters of the connection.',
      name,
      details.status ?? 400,
    ),
    action: 'openSettings',
  }),
  server: (details, name, l10n) => ({
    message: l10n.t(
      '“{0}” has a problem of its own ({1}); try again in a while.',
      name,
      details.status ?? 500,
    ),
    action: 'retry',
  }),
  provider: (_, name, l10n) => ({
    message: l10n.t('The model behind “{0}” reported an error while it answered; ask again.', name),
    action: 'retry',
  }),
  network: (_, name, l10n) => ({
    message: l10n.t(
      '“{0}” cannot be reached; check the URL, the network and the proxy, then ask again.',
      name,
    ),
    action: 'retry',
  }),
  cut: (_, name, l10n) => ({
    message: l10n.t('The connection to “{0}” was lost in mid-answer; ask again.', name),
    action: 'retry',
  }),
  timeout: ({ limit, limitValue }, name, l10n) =>
    limitValue === undefined
      ? // The HTTP client's own limit fired, which no setting of ours changes.
        { message: gaveUp(limit, name, l10n), action: 'retry' }
      : { message: timedOut(limit, limitValue, name, l10n), action: 'openSettings' },
  redirect: (details, name, l10n) => ({
    message: redirected(details.location, name, l10n),
    action: 'openSettings',
  }),
  malformedReply: (_, name, l10n) => ({
    message: l10n.t(
      '“{0}” answered with something that is no answer of a model, as a proxy or a wrong URL does; check the URL.',
      name,
    ),
    action: 'openSettings',
  }),
  emptyReply: (_, name, l10n) => ({
    message: l10n.t('“{0}” sent an empty answer; ask again.', name),
    action: 'retry',
  }),
  tooLarge: (details, name, l10n) => ({ message: tooLarge(details, name, l10n), action: 'retry' }),
  missingCredential: (_, name, l10n) => ({
    message: l10n.t('There is no key for “{0}” yet; sign in.', name),
    action: 'signIn',
  }),
  missingOperator: (_, name, l10n) => ({
    message: l10n.t('No operator is chosen for “{0}”; choose one.', name),
    action: 'selectOperator',
  }),
  insecureUrl: (_, name, l10n) => ({
    message: l10n.t(
      'The key for “{0}” was not sent over plain http; use an https URL or set “allowHttp” for this connection.',
      name,
    ),
    action: 'openSettings',
  }),
  invalidRequest: (_details, _name, l10n, error) => ({
    message: escapeMarkdown(invalidRequestText(error, l10n)),
    action: 'openSettings',
  }),
};

function rateLimited(retryAfterMs: number | undefined, name: string, l10n: L10n): string {
  return retryAfterMs === undefined
    ? l10n.t('“{0}” gets too many requests (429); wait a little, then ask again.', name)
    : l10n.t('“{0}” gets too many requests (429); ask again in {1} s.', name, seconds(retryAfterMs));
}

function gaveUp(limit: ApiErrorDetails['limit'], name: string, l10n: L10n): string {
  return limit === 'silence'
    ? l10n.t('“{0}” went silent in mid-answer for too long; ask again.', name)
    : l10n.t('“{0}” took too long to begin its answer; ask again.', name);
}

function timedOut(limit: ApiErrorDetails['limit'], limitValue: number, name: string, l10n: L10n): string {
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

function redirected(location: string | undefined, name: string, l10n: L10n): string {
  return location === undefined
    ? l10n.t('“{0}” redirects to another address, which was not followed; correct the URL.', name)
    : l10n.t(
        '“{0}” redirects to {1}, which was not followed; if that address is right, use it as the URL.',
        name,
        escapeMarkdown(location),
      );
}

function tooLarge({ limit, limitValue }: ApiErrorDetails, name: string, l10n: L10n): string {
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

function seconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000));
}

function providerText({ code, providerMessage }: ApiErrorDetails): string | undefined {
  const parts = [cleanName(code ?? '', 80), cleanName(providerMessage ?? '', 500)].filter(
    (part) => part !== '',
  );
  return parts.length === 0 ? undefined : escapeMarkdown(parts.join(': '));
}
