import { ApiError, type ApiErrorDetails } from './apiError.ts';
import { cutText } from './json.ts';
import { type ProviderError, readErrorBody } from './providerError.ts';

/** Removes secrets from a text that goes into an error. */
export type Mask = (text: string) => string;

/** How much of a body an error shows, in characters. */
export const bodyExcerptLength = 8 * 1024;

/** Limits of a reply's body in bytes. */
export interface ReplyLimits {
  readonly event: number;
  readonly answer: number;
}

/** Makes the errors that a 200 reply can end with. */
export interface ReplyFailures {
  provider(body: string): ApiError;
  malformed(body: string, message: string): ApiError;
  /** An event that looks like JSON and is none. */
  brokenEvent(text: string): ApiError;
  tooLarge(limit: keyof ReplyLimits, bytes: number): ApiError;
  cut(): ApiError;
}

/** {@link ReplyFailures} whose texts are masked and that carry `details` (status, request id). */
export function createReplyFailures(
  mask: Mask = (text) => text,
  details: ApiErrorDetails = {},
): ReplyFailures {
  const base: ApiErrorDetails = { mayHaveBeenAccepted: true, ...details };

  function malformed(body: string, message: string): ApiError {
    const masked = mask(body);
    const found = providerDetails(readErrorBody(masked));
    return new ApiError('malformedReply', message, { ...base, ...found, body: excerpt(masked) });
  }

  return {
    provider(body) {
      const found = providerDetails(readErrorBody(mask(body)));
      return new ApiError('provider', 'The provider reported an error inside its reply.', {
        ...base,
        ...found,
      });
    },
    malformed,
    brokenEvent(text) {
      const broken = malformed(text, 'An event of the reply is not valid JSON.');
      return new ApiError(broken.kind, broken.message, { ...broken.details, inEvent: true });
    },
    tooLarge(limit, bytes) {
      const what = limit === 'event' ? 'An event of the reply' : 'The reply';
      return new ApiError('tooLarge', `${what} is larger than ${bytes} bytes.`, {
        ...base,
        limit,
        limitValue: bytes,
      });
    },
    cut() {
      return new ApiError('cut', 'The reply ended in the middle of an event.', base);
    },
  };
}

/** A {@link ProviderError} as the fields of {@link ApiErrorDetails}. */
export function providerDetails(found: ProviderError): ApiErrorDetails {
  return {
    ...(found.code === undefined ? {} : { code: found.code }),
    ...(found.message === undefined ? {} : { providerMessage: found.message }),
    ...(found.param === undefined ? {} : { param: found.param }),
  };
}

/** The part of an already masked body that an error may show. */
export function excerpt(maskedBody: string): string {
  return cutText(maskedBody, bodyExcerptLength);
}
