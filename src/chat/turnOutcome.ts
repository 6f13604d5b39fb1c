import { ApiError, type ApiErrorKind } from '../api/apiError.ts';
import type { TurnOutcome } from './turns.ts';

const outcomes: Readonly<Record<ApiErrorKind, TurnOutcome>> = {
  unauthorized: 'refused',
  paymentRequired: 'refused',
  forbidden: 'refused',
  notFound: 'refused',
  rateLimited: 'refused',
  badRequest: 'refused',
  redirect: 'refused',
  missingCredential: 'refused',
  missingOperator: 'refused',
  insecureUrl: 'refused',
  invalidRequest: 'refused',
  network: 'unknown',
  cut: 'unknown',
  timeout: 'unknown',
  server: 'failed',
  provider: 'failed',
  malformedReply: 'failed',
  emptyReply: 'failed',
  tooLarge: 'failed',
};

/** How a turn ended that ended with this error. */
export function turnOutcome(error: unknown): TurnOutcome {
  if (error instanceof ApiError) {
    return error.details.mayHaveBeenAccepted === false ? 'refused' : outcomes[error.kind];
  }
  return isAbort(error) ? 'stopped' : 'failed';
}

/** How a turn stands that got no answer; `isSent`: its request was started. */
export function endState(outcome: TurnOutcome, isSent: boolean): 'stopped' | 'interrupted' | 'failed' {
  if (outcome === 'stopped') return 'stopped';
  return outcome === 'unknown' && isSent ? 'interrupted' : 'failed';
}

/** Whether the server may have the prompt and more of the answer than came: it took the request, or nobody knows. */
export function mayGoOn(error: unknown): error is ApiError {
  if (!(error instanceof ApiError) || error.details.mayHaveBeenAccepted === false) return false;
  const { kind, details } = error;
  if (kind === 'server') return details.status !== undefined && details.status !== 503;
  // Something on the way spoiled an event of an answer that was coming.
  if (kind === 'malformedReply') return details.inEvent === true;
  return kind === 'emptyReply' || outcomes[kind] === 'unknown';
}

/** Cancellation is not an error; this tells it apart from one. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
