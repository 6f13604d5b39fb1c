import { ApiError, type ApiErrorDetails } from './apiError.ts';
import { isObject } from './json.ts';

/**
 * Failures from before a request can have been read, whatever else is told of them: no address, no proxy, no connection
 * in time, no trust. No route (`EHOSTUNREACH`, `ENETDOWN`, …) is not among them: a connection that stood dies of it, too.
 */
const unsentCodes = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'EAI_AGAIN',
  'EAI_FAIL',
  'ENOTFOUND',
  'ERR_PROXY_CONNECTION_FAILED',
  'ERR_PROXY_TUNNEL',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** What TLS calls a handshake that failed; a code of Node's, or a reason within a message of OpenSSL or BoringSSL. */
const handshakeFailure =
  /wrong.version.number|packet.length.too.long|http.request|unsupported.protocol|protocol.version|version.too.(?:low|high)|no.protocols.available|handshake.failure|unrecognized.name|dh.key.too.small|legacy.renegotiation.disabled/i;

/** Node's name and place of a failure; browsers tell neither. */
interface SystemError {
  readonly code: string;
  readonly syscall: unknown;
  readonly message: unknown;
  /** What a proxy answered, for `ERR_PROXY_TUNNEL`. */
  readonly statusCode: unknown;
}

/** What `fetch` rejected with, before any response headers; `origin` is where the request went. */
export function networkError(cause: unknown, origin?: string): ApiError {
  const found = findSystemError(cause);
  if (found?.code === 'UND_ERR_HEADERS_TIMEOUT') {
    return timeoutOfFetch('headers', cause);
  }
  return new ApiError('network', 'The server could not be reached.', {
    ...codeOf(found),
    ...(found?.code === 'ERR_PROXY_TUNNEL' && typeof found.statusCode === 'number'
      ? { status: found.statusCode }
      : {}),
    ...(origin === undefined ? {} : { url: origin }),
    mayHaveBeenAccepted: found === undefined || !isUnsent(found),
    cause,
  });
}

/** What a body's read rejected with, after response headers. */
export function cutError(cause: unknown, details: ApiErrorDetails): ApiError {
  const found = findSystemError(cause);
  if (found?.code === 'UND_ERR_BODY_TIMEOUT') {
    return timeoutOfFetch('silence', cause);
  }
  return new ApiError('cut', 'The connection was lost before the reply was complete.', {
    ...details,
    ...codeOf(found),
    mayHaveBeenAccepted: true,
    cause,
  });
}

/** Node's own `fetch` gives up by limits of its own; how long they are is not told. */
function timeoutOfFetch(limit: 'headers' | 'silence', cause: unknown): ApiError {
  return new ApiError('timeout', 'The HTTP client gave up waiting.', {
    limit,
    mayHaveBeenAccepted: true,
    cause,
  });
}

/** The first error with a code in the chain of causes; several addresses tried are an AggregateError. */
function findSystemError(error: unknown): SystemError | undefined {
  let current = error;
  for (let depth = 0; depth < 5 && isObject(current); depth += 1) {
    const { code, syscall, message, statusCode, errors, cause } = current;
    if (Array.isArray(errors) && errors.length > 0) {
      current = errors[0];
    } else if (typeof code === 'string') {
      return { code, syscall, message, statusCode };
    } else {
      current = cause;
    }
  }
  return undefined;
}

function isUnsent({ code, syscall, message }: SystemError): boolean {
  // These break connections that stood as well, such as by a record that was changed on its way.
  if (/^(?:EPROTO$|ERR_SSL_)/.test(code)) return handshakeFailure.test(`${code} ${String(message)}`);
  return (
    unsentCodes.has(code) ||
    /^(?:CERT_|ERR_TLS_)/.test(code) ||
    syscall === 'connect' ||
    syscall === 'getaddrinfo' ||
    // Node says ECONNRESET for a connection that broke within the TLS handshake.
    /before secure TLS connection was established/.test(String(message))
  );
}

function codeOf(found: SystemError | undefined): ApiErrorDetails {
  return found === undefined ? {} : { code: found.code };
}
