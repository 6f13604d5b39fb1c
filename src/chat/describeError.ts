import { ApiError, type ApiErrorDetails, type ApiErrorKind } from '../api/apiError.ts';
import type { ConnectionKind } from '../api/connection.ts';
import { dialectOf } from '../api/dialects.ts';
import { hasOperators } from './connectionNeeds.ts';
import { invalidRequestText } from './invalidRequestText.ts';
import type { L10n } from './l10n.ts';
import { gaveUp, timedOut, tooLarge } from './limitText.ts';
import { describeNetwork, proxyLogin } from './networkText.ts';
import { refusedParameter } from './refusedParameter.ts';
import {
  isModelMissing,
  isPassing,
  isTooLong,
  rateLimitedText,
  redirectedText,
  refusedText,
  wrongAddressText,
} from './refusalText.ts';
import { describeStorageError } from './storageError.ts';
import { cleanName, escapeMarkdown } from './untrusted.ts';

/** What a button beside an error does. */
export type ErrorAction =
  | 'signIn'
  | 'selectOperator'
  | 'retry'
  | 'showLog'
  | 'openSettings'
  | 'pickModel'
  | 'dropParameter';

/** An error as the person sees it; `message` is inert markdown. */
export interface DescribedError {
  readonly message: string;
  readonly action?: ErrorAction;
  /** What `dropParameter` leaves out. */
  readonly parameter?: string;
  /** A setting of VS Code that `openSettings` shows; missing: the connections. */
  readonly setting?: string;
}

/**
 * Says in one sentence what happened and what to do, then repeats the provider's own code and message. `kind` is the
 * connection's; missing: Tachyon's. `isSet` says whether a parameter goes out and can be left out.
 */
export function describeError(
  error: unknown,
  connection: string,
  l10n: L10n,
  kind: ConnectionKind = 'tachyon',
  isSet: (parameter: string) => boolean = () => true,
): DescribedError {
  const storage = describeStorageError(error, l10n);
  if (storage) return storage;
  const name = escapeMarkdown(connection);
  if (!(error instanceof ApiError)) {
    return {
      message: l10n.t('Something unexpected went wrong with “{0}”; the log says more.', name),
      action: 'showLog',
    };
  }
  const described = descriptions[error.kind](error.details, { name, kind, l10n, error, isSet });
  const said = providerText(error.details);
  if (said === undefined) return described;
  // Without a reply the code is the system's own, such as ECONNREFUSED.
  if (error.kind === 'network' || error.kind === 'cut') {
    return { ...described, message: `${described.message} (${said})` };
  }
  return { ...described, message: `${described.message} ${l10n.t('The server says: “{0}”', said)}` };
}

/** Where an error came from; `name` is escaped. */
interface Place {
  readonly name: string;
  readonly kind: ConnectionKind;
  readonly l10n: L10n;
  readonly error: ApiError;
  isSet(parameter: string): boolean;
}

type Describe = (details: ApiErrorDetails, place: Place) => DescribedError;

const descriptions: Readonly<Record<ApiErrorKind, Describe>> = {
  unauthorized: (_, { name, l10n }) => ({
    message: l10n.t('“{0}” refused the key (401); sign in again.', name),
    action: 'signIn',
  }),
  paymentRequired: (_, { name, kind, l10n }) => ({
    message: hasOperators(kind)
      ? l10n.t('The operator has no credit left at “{0}” (402); add credit, then ask again.', name)
      : l10n.t('There is no credit left at “{0}” (402); add credit, then ask again.', name),
    action: 'retry',
  }),
  forbidden: (_, { name, kind, l10n }) =>
    hasOperators(kind)
      ? {
          message: l10n.t(
            'The key may not do this at “{0}” (403); choose another operator or ask for the right.',
            name,
          ),
          action: 'selectOperator',
        }
      : {
          message: l10n.t(
            'The key may not do this at “{0}” (403); sign in with another key or ask for the right.',
            name,
          ),
          action: 'signIn',
        },
  notFound: (details, place) => {
    if (isModelMissing(details)) return modelMissing(place);
    const { name, kind, l10n } = place;
    if (dialectOf(kind).hasChatrooms) {
      return {
        message: l10n.t(
          '“{0}” does not know this address, chatroom or model ({1}); check the URL and the model.',
          name,
          details.status ?? 404,
        ),
        action: 'openSettings',
      };
    }
    return wrongAddress(details, place);
  },
  rateLimited: (details, { name, l10n }) => ({
    message: rateLimitedText(details, name, l10n),
    action: 'retry',
  }),
  badRequest: (details, place) => {
    if (isTooLong(details)) return tooLong(place);
    const parameter = refusedParameter(details, place.kind);
    if (parameter !== undefined && place.isSet(parameter))
      return { ...parameterRefused(parameter, place), parameter };
    if (isModelMissing(details)) return modelMissing(place);
    const { status = 400 } = details;
    if (status === 407) return proxyLogin(place.name, place.l10n);
    return {
      message: refusedText(status, place.name, place.l10n),
      action: isPassing(status) ? 'retry' : 'openSettings',
    };
  },
  server: (details, { name, l10n }) => ({
    message: l10n.t(
      '“{0}” has a problem of its own ({1}); try again in a while.',
      name,
      details.status ?? 500,
    ),
    action: 'retry',
  }),
  provider: (details, place) => {
    // LM Studio answers a wrong path with 200 (wire contract F).
    if (/^unexpected endpoint/i.test(details.providerMessage ?? '')) return wrongAddress(details, place);
    if (isModelMissing(details)) return modelMissing(place);
    if (isTooLong(details)) return tooLong(place);
    const { name, l10n } = place;
    return {
      message: l10n.t('The model behind “{0}” reported an error while it answered; ask again.', name),
      action: 'retry',
    };
  },
  network: (details, { name, l10n }) => describeNetwork(details, name, l10n),
  cut: (_, { name, l10n }) => ({
    message: l10n.t('The connection to “{0}” was lost in mid-answer; ask again.', name),
    action: 'retry',
  }),
  timeout: ({ limit, limitValue }, { name, l10n }) =>
    limitValue === undefined
      ? { message: gaveUp(limit, name, l10n), action: 'retry' }
      : { message: timedOut(limit, limitValue, name, l10n), action: 'openSettings' },
  redirect: (details, { name, l10n }) => ({
    message: redirectedText(details.location, name, l10n),
    action: 'openSettings',
  }),
  malformedReply: (details, place) =>
    details.inEvent === true
      ? {
          message: place.l10n.t('“{0}” sent something unreadable in its answer; ask again.', place.name),
          action: 'retry',
        }
      : wrongAddress(details, place),
  emptyReply: (_, { name, l10n }) => ({
    message: l10n.t('“{0}” sent an empty answer; ask again.', name),
    action: 'retry',
  }),
  tooLarge: (details, { name, l10n }) => ({ message: tooLarge(details, name, l10n), action: 'retry' }),
  missingCredential: (_, { name, l10n }) => ({
    message: l10n.t('There is no key for “{0}” yet; sign in.', name),
    action: 'signIn',
  }),
  missingOperator: (_, { name, l10n }) => ({
    message: l10n.t('No operator is chosen for “{0}”; choose one.', name),
    action: 'selectOperator',
  }),
  insecureUrl: (_, { name, l10n }) => ({
    message: l10n.t(
      'The key for “{0}” was not sent over plain http; use an https URL or set “allowHttp” for this connection.',
      name,
    ),
    action: 'openSettings',
  }),
  invalidRequest: ({ problem }, { l10n, error }) => ({
    message: escapeMarkdown(invalidRequestText(error, l10n)),
    // No setting lets an API take what it has no place for.
    ...(problem !== 'contentPart' && { action: 'openSettings' as const }),
  }),
};

function modelMissing({ name, l10n }: Place): DescribedError {
  return {
    message: l10n.t('“{0}” cannot answer with this model; pick another one.', name),
    action: 'pickModel',
  };
}

function tooLong({ name, l10n }: Place): DescribedError {
  return {
    message: l10n.t(
      'The conversation is too long for this model of “{0}”; begin anew with {1}, or pick a model with a larger window.',
      name,
      '/new',
    ),
    action: 'pickModel',
  };
}

function wrongAddress(details: ApiErrorDetails, { name, kind, l10n }: Place): DescribedError {
  return { message: wrongAddressText(details, name, kind, l10n), action: 'openSettings' };
}

function parameterRefused(parameter: string, { name, l10n }: Place): DescribedError {
  return {
    message: l10n.t(
      '“{0}”: the model does not take “{1}” as it is set; leave it out or change it.',
      name,
      escapeMarkdown(parameter),
    ),
    action: 'dropParameter',
  };
}

function providerText({ code, providerMessage }: ApiErrorDetails): string | undefined {
  const parts = [cleanName(code ?? '', 80), cleanName(providerMessage ?? '', 500)].filter(
    (part) => part !== '',
  );
  return parts.length === 0 ? undefined : escapeMarkdown(parts.join(': '));
}
