import { ApiError } from './apiError.ts';
import { startExchange, startTimer } from './exchange.ts';

/** Whether and how a request is sent again; the seeds' `RetryConfig`. Times in milliseconds. */
export type RetryConfig =
  | { readonly strategy: 'none' }
  | {
      readonly strategy: 'backoff';
      readonly backoff?: Partial<BackoffStrategy>;
      /** Default true. Only where the server cannot have got the request. */
      readonly retryConnectionErrors?: boolean;
      /** Statuses, such as `429` or `5XX`; default: those that pass, by the API's contract. */
      readonly retryCodes?: readonly string[];
    };

/** The n-th wait is `initialInterval · exponent^n`, at most `maxInterval`, less up to a quarter by chance. */
interface BackoffStrategy {
  readonly initialInterval: number;
  readonly maxInterval: number;
  readonly exponent: number;
  /** No wait begins that would end later than this. What a server asks for may end later, but not begin. */
  readonly maxElapsedTime: number;
}

/** A wait before a request is sent again. */
export interface RetryWait {
  /** 1 for the first. */
  readonly attempt: number;
  /** In milliseconds. */
  readonly delay: number;
  /** Why the request failed. */
  readonly error: ApiError;
  /** Ends the wait at once. */
  readonly tryNow: () => void;
}

/** What a kind of request allows. */
export interface RetryRule {
  readonly config: RetryConfig | undefined;
  /** Codes beyond the usual ones (409 at OpenAI, wire contract D). */
  readonly codes: readonly string[];
  /** `false`: it may go out again only where the server has certainly not taken it. */
  readonly idempotent: boolean;
}

const usualCodes = ['408', '425', '429', '500', '502', '503', '504'] as const;
const usualBackoff: BackoffStrategy = {
  initialInterval: 500,
  maxInterval: 8000,
  exponent: 2,
  maxElapsedTime: 20_000,
};
/** What stays used up however often it is asked for; it comes with the status 429 (wire contract D). */
const usedUp = 'insufficient_quota';
/** Statuses by which a server refuses a request before it works on it. */
const refusals: ReadonlySet<number> = new Set([425, 429]);
/** A model that is being loaded is waited for so long, in milliseconds. */
const longestLoading = 600_000;
/** Failures that a moment may mend; a wrong name or certificate is none. */
const passingFailures =
  /^(?:ECONNREFUSED|ECONNRESET|EAI_AGAIN|E(?:HOST|NET)(?:DOWN|UNREACH)|UND_ERR_CONNECT)/;

/**
 * Runs `attempt` until it succeeds, or fails for good, or the time is over (wire contract D, G6).
 * @throws the last attempt's error, or what one of `signals` was aborted with.
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  rule: RetryRule,
  signals: readonly (AbortSignal | null | undefined)[],
  onRetry: ((wait: RetryWait) => void) | undefined,
): Promise<T> {
  let start = performance.now();
  for (let count = 1; ; count += 1) {
    try {
      return await attempt();
    } catch (error) {
      const delay = retryDelay(error, rule, count, performance.now() - start);
      if (delay === undefined || !(error instanceof ApiError)) {
        throw error;
      }
      const begun = performance.now();
      await wait(delay, signals, (tryNow) => onRetry?.({ attempt: count, delay, error, tryNow }));
      // A sleep of the machine uses up nothing: after it the network takes a moment to come back.
      start += Math.max(0, performance.now() - begun - delay);
    }
  }
}

/** How long to wait after the `attempt`-th failure, `elapsed` ms after the beginning; `undefined`: give up. */
export function retryDelay(
  error: unknown,
  { config = { strategy: 'backoff' }, codes, idempotent }: RetryRule,
  attempt: number,
  elapsed: number,
): number | undefined {
  if (!(error instanceof ApiError) || config.strategy === 'none') {
    return undefined;
  }
  const { retryConnectionErrors = true, retryCodes = [...usualCodes, ...codes] } = config;
  const retried =
    error.kind === 'network' ? retryConnectionErrors && isPassing(error) : isRetried(error, retryCodes);
  if (!retried || error.details.code === usedUp || (!idempotent && !isUntaken(error))) {
    return undefined;
  }
  const { initialInterval, maxInterval, exponent, maxElapsedTime } = { ...usualBackoff, ...config.backoff };
  const delay = Math.min(initialInterval * exponent ** (attempt - 1), maxInterval) * (1 - Math.random() / 4);
  const limit = isLoading(error) ? longestLoading : maxElapsedTime;
  const asked = error.details.retryAfterMs;
  if (asked !== undefined) {
    // A server that always says "at once" must not be asked without a pause.
    const honoured = attempt === 1 ? asked : Math.max(asked, delay);
    return elapsed <= limit ? honoured : undefined;
  }
  return elapsed + delay <= limit ? delay : undefined;
}

/** Whether a server refused only because its model is still being loaded: llama.cpp answers 503 “Loading model”. */
export function isLoading(error: unknown): boolean {
  return (
    error instanceof ApiError &&
    error.details.status === 503 &&
    /^loading model/i.test(error.details.providerMessage ?? '')
  );
}

function isPassing({ details }: ApiError): boolean {
  return details.mayHaveBeenAccepted === false && passingFailures.test(details.code ?? '');
}

/** By status, or by the code of an error inside a reply; the server's own word wins (wire contract D). */
function isRetried({ kind, details }: ApiError, codes: readonly string[]): boolean {
  const word = details.headers?.['x-should-retry'];
  if (word === 'true' || word === 'false') {
    return word === 'true';
  }
  const status = kind === 'provider' ? details.code : details.status?.toString();
  const isFailure = kind === 'provider' || (details.status ?? 0) >= 400;
  return (
    status !== undefined &&
    isFailure &&
    codes.some((code) => code === status || code.toUpperCase() === `${status[0]}XX`)
  );
}

function isUntaken({ kind, details }: ApiError): boolean {
  return kind === 'network' ? details.mayHaveBeenAccepted === false : refusals.has(details.status ?? 0);
}

async function wait(
  delay: number,
  signals: readonly (AbortSignal | null | undefined)[],
  begin: (tryNow: () => void) => void,
): Promise<void> {
  const over = Promise.withResolvers<void>();
  const exchange = startExchange(signals);
  const cancelTimer = startTimer(Math.max(1, delay), over.resolve);
  try {
    exchange.throwIfStopped();
    begin(over.resolve);
    await exchange.orStopped(over.promise);
  } finally {
    cancelTimer();
    exchange.release();
  }
}
