import { ApiError, type ApiErrorDetails, type ApiErrorKind } from './apiError.ts';
import type { BodyReader } from './bodyReader.ts';
import { pickSafeHeaders, requestIdOf, retryAfterOf } from './headers.ts';
import { readErrorBody } from './providerError.ts';
import { bodyExcerptLength, excerpt, type Mask, providerDetails } from './replyFailure.ts';

/** Address, status, request id and safe headers of a response, as every error about it carries them. */
export function responseDetails(response: Response, requestUrl: URL, mask: Mask): ApiErrorDetails {
  const requestId = requestIdOf(response.headers);
  return {
    url: mask(withoutSecrets(requestUrl)),
    status: response.status,
    headers: pickSafeHeaders(response.headers, mask),
    ...(requestId === undefined ? {} : { requestId: mask(requestId) }),
  };
}

/** The error of a status of 400 or more (wire contract B5). The body is read up to a bound and may be missing. */
export async function readHttpError(
  response: Response,
  requestUrl: URL,
  body: BodyReader,
  mask: Mask,
): Promise<ApiError> {
  const { status, headers } = response;
  const text = mask(await readSome(body));
  const retryAfterMs = retryAfterOf(headers, Date.now());
  return new ApiError(kindOfStatus(status), `The server answered with the status ${status}.`, {
    ...responseDetails(response, requestUrl, mask),
    ...providerDetails(readErrorBody(text)),
    ...(text === '' ? {} : { body: excerpt(text) }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    // A server error, a timeout or a conflict may come after the prompt was stored.
    mayHaveBeenAccepted: status >= 500 || status === 408 || status === 409,
  });
}

/** The refusal of a 3xx: nothing with a credential or a body is sent to an address that a server names. */
export function redirectError(response: Response, requestUrl: URL, mask: Mask): ApiError {
  const location = response.headers.get('location') ?? '';
  const target =
    location !== '' && URL.canParse(location, requestUrl.href) ? new URL(location, requestUrl) : undefined;
  return new ApiError('redirect', 'The server redirected the request; it was not sent on.', {
    ...responseDetails(response, requestUrl, mask),
    ...(target === undefined ? {} : { location: mask(withoutSecrets(target)) }),
    mayHaveBeenAccepted: response.status === 303,
  });
}

function withoutSecrets(url: URL): string {
  return url.origin === 'null' ? url.protocol : url.origin + url.pathname;
}

function kindOfStatus(status: number): ApiErrorKind {
  switch (status) {
    case 401:
      return 'unauthorized';
    case 402:
      return 'paymentRequired';
    case 403:
      return 'forbidden';
    case 404:
    case 410:
      return 'notFound';
    case 429:
      return 'rateLimited';
    default:
      return status >= 500 ? 'server' : 'badRequest';
  }
}

/** More than an error shows, so that longer JSON can be parsed; a body that dies keeps what came of it. */
async function readSome(body: BodyReader): Promise<string> {
  const utf8 = new TextDecoder();
  let text = '';
  try {
    while (text.length < 8 * bodyExcerptLength) {
      const bytes = await body.read();
      if (bytes === undefined) {
        break;
      }
      body.alive();
      text += utf8.decode(bytes, { stream: true });
    }
  } catch (error) {
    // The status says more than how its body ended; only the person's own abort is not an answer.
    if (!(error instanceof ApiError)) {
      throw error;
    }
  }
  return text;
}
