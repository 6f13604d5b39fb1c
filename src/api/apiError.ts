/** What went wrong, in words a program can switch on. */
export type ApiErrorKind =
  | 'unauthorized' // 401
  | 'paymentRequired' // 402
  | 'forbidden' // 403
  | 'notFound' // 404, 410
  | 'rateLimited' // 429
  | 'badRequest' // 400, 422 and every other 4xx
  | 'server' // 5xx
  | 'provider' // an error told inside a 200 stream or reply
  | 'network' // no connection, reset, name not resolved
  | 'cut' // the body ended with a transport error after headers came
  | 'timeout'
  | 'redirect' // a redirect of a request that carries a body or a credential
  | 'malformedReply' // HTML, broken JSON, a shape nobody knows
  | 'emptyReply' // a reply without text, tool call or finish reason
  | 'tooLarge' // an event or an answer over its limit
  | 'missingCredential'
  | 'missingOperator'
  | 'insecureUrl' // a credential would go over plain http
  | 'invalidRequest'; // refused before anything was sent

/** What an `invalidRequest` was refused for. `connectionKind` can only come from an unchecked setting. */
export type InvalidRequestProblem =
  | 'urlUnreadable'
  | 'urlHasUserInfo'
  | 'urlHasQuery'
  | 'urlHasFragment'
  | 'keyIsEmpty' // where a key is typed; a connection without one is `missingCredential`
  | 'keyHasLineBreak'
  | 'keyHasBlank'
  | 'keyHasOddCharacters'
  | 'headerName'
  | 'headerValue'
  | 'contentPart' // audio, a file: the API takes none
  | 'noChatrooms' // the API has none
  | 'chatroomId'
  | 'connectionKind';

/** Details of an {@link ApiError}; all of them safe to log except `providerMessage` and `body`. */
export interface ApiErrorDetails {
  readonly status?: number;
  /** The provider's own code as a string; for `network` and `cut` the system's, such as `ECONNREFUSED`. */
  readonly code?: string;
  /** The provider's own message. Untrusted text. */
  readonly providerMessage?: string;
  /** The field of the request that the provider refused. Untrusted text. */
  readonly param?: string;
  /** Where the request went: origin and path only. */
  readonly url?: string;
  readonly requestId?: string;
  /** The first 8 KB of the body. Untrusted text. */
  readonly body?: string;
  /** Response headers that cannot hold a secret. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly retryAfterMs?: number;
  /** Which limit fired, for `timeout` and `tooLarge`. */
  readonly limit?: 'headers' | 'silence' | 'event' | 'answer';
  /** That limit: milliseconds, or bytes. */
  readonly limitValue?: number;
  /** For `malformedReply`: an event of a stream, not the reply as a whole. */
  readonly inEvent?: boolean;
  /** Where a refused redirect pointed (origin and path only). */
  readonly location?: string;
  /** `false`: the server cannot have accepted the request, so sending it again is safe. */
  readonly mayHaveBeenAccepted?: boolean;
  /** What is wrong, for `invalidRequest`; enough to word it in another language. */
  readonly problem?: InvalidRequestProblem;
  /** The name of the header, for the problem `headerValue`, never its value; the part's type, for `contentPart`. */
  readonly subject?: string;
  readonly cause?: unknown;
}

/** The one error of `api`. Cancellation is not an error: an `AbortError` passes through as it is. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly kind: ApiErrorKind;
  readonly details: ApiErrorDetails;

  constructor(kind: ApiErrorKind, message: string, details: ApiErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = kind;
    this.details = details;
  }
}

/** The refusal of a request before anything was sent; `message` never repeats what was refused. */
export function invalidRequest(
  problem: InvalidRequestProblem,
  message: string,
  details: Pick<ApiErrorDetails, 'subject'> = {},
): ApiError {
  return new ApiError('invalidRequest', message, { ...details, problem, mayHaveBeenAccepted: false });
}
