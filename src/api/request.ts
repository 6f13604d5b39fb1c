import { ApiError } from './apiError.ts';
import { type BodyReader, openBody } from './bodyReader.ts';
import { authorize } from './authorization.ts';
import type { Connection, RequestOptions } from './connection.ts';
import { dialectOf } from './dialects.ts';
import { type Exchange, startExchange, startTimer } from './exchange.ts';
import { joinHeaders } from './headers.ts';
import { readHttpError, redirectError, responseDetails } from './httpError.ts';
import { networkError } from './networkError.ts';
import { createReplyFailures, type Mask, type ReplyFailures } from './replyFailure.ts';
import { type Outgoing, sentRequest } from './requestTap.ts';
import { withRetries } from './retry.ts';
import { parseBaseUrl } from './url.ts';

/** One request to an endpoint. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** From the base URL on, with its query. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** The reply is wanted as an event stream. */
  readonly stream?: boolean;
  /** `false`: about the account, so no operator is needed or sent. */
  readonly scoped?: boolean;
  /** `false`: sent twice, it could be stored twice. Default: it may go out again after a failure that passes. */
  readonly idempotent?: boolean;
}

/** A response of a 2xx status whose body has not been read. */
export interface Reply {
  readonly body: BodyReader;
  /** For errors about its content. */
  readonly failures: ReplyFailures;
}

/** Both time limits where nothing else is set, in ms. */
const usualTimeout = 120_000;
/** The same of completions: a model may think, or be loaded, for minutes before it says anything. */
const completionTimeout = 600_000;

/**
 * Sends one request, once. Everything that can be refused is refused before a byte goes out, and a redirect is never
 * followed.
 * @throws {ApiError} of any kind but the ones about a reply's content; an abort passes through as it is.
 */
export async function send(connection: Connection, call: Call, options: RequestOptions = {}): Promise<Reply> {
  const exchange = startExchange(signalsOf(options));
  try {
    return await sendWithin(exchange, connection, call, options);
  } catch (error) {
    exchange.release();
    throw error;
  }
}

/**
 * Runs `attempt`, which sends `call`, again while it fails in a way that passes, as connection and options say.
 * @throws what the last attempt threw, or what a signal was aborted with.
 */
export function sendAgain<T>(
  connection: Connection,
  call: Call,
  options: RequestOptions,
  attempt: () => Promise<T>,
): Promise<T> {
  const rule = {
    config: options.retry ?? connection.retry,
    codes: dialectOf(connection.kind).retryCodes,
    idempotent: call.idempotent !== false,
  };
  return withRetries(attempt, rule, signalsOf(options), options.onRetry);
}

function signalsOf({ signal, fetchOptions }: RequestOptions): (AbortSignal | null | undefined)[] {
  return [signal, fetchOptions?.signal];
}

async function sendWithin(
  exchange: Exchange,
  connection: Connection,
  call: Call,
  options: RequestOptions,
): Promise<Reply> {
  exchange.throwIfStopped();
  const dialect = dialectOf(connection.kind);
  const url = new URL(parseBaseUrl(connection.url, dialect.urlEndings) + call.path);
  const { headers: authorization, mask } = await exchange.orStopped(
    authorize(connection, url, options.credential),
  );
  const headers = joinHeaders([
    connection.headers,
    options.fetchOptions?.headers,
    options.headers,
    {
      accept: call.stream === true ? 'text/event-stream, application/json' : 'application/json',
      ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...authorization,
      ...(call.scoped === false ? {} : operatorHeader(connection)),
    },
  ]);
  const body = call.body === undefined ? null : JSON.stringify(call.body);
  const outgoing: Outgoing = { method: call.method, headers, body };
  options.onRequest?.(sentRequest(url, outgoing, mask));
  const limit = headersLimit(call, connection, options);
  const response = await fetchWithin(exchange, url, outgoing, limit, options);
  return await openReply(exchange, url, response, mask, silenceLimit(call, connection, options));
}

function operatorHeader({ kind, operatorId = '' }: Connection): Record<string, string> {
  const { operatorHeader: name } = dialectOf(kind);
  if (name === undefined) {
    return {};
  }
  if (operatorId.trim() === '') {
    throw new ApiError('missingOperator', 'The connection has no operator.', {
      mayHaveBeenAccepted: false,
    });
  }
  return { [name]: operatorId.trim() };
}

function silenceLimit(call: Call, connection: Connection, options: RequestOptions): number {
  return options.timeouts?.silence ?? connection.timeouts?.silence ?? timeoutOf(call);
}

function headersLimit(call: Call, connection: Connection, options: RequestOptions): number {
  return options.timeouts?.headers ?? connection.timeouts?.headers ?? timeoutOf(call);
}

function timeoutOf({ stream }: Call): number {
  return stream === undefined ? usualTimeout : completionTimeout;
}

async function fetchWithin(
  exchange: Exchange,
  url: URL,
  outgoing: Outgoing,
  limitValue: number,
  options: RequestOptions,
): Promise<Response> {
  const cancelTimer = startTimer(limitValue, () => {
    exchange.stop(
      new ApiError('timeout', `The server did not answer within ${limitValue} ms.`, {
        limit: 'headers',
        limitValue,
        mayHaveBeenAccepted: true,
      }),
    );
  });
  const init: RequestInit = {
    ...options.fetchOptions,
    ...outgoing,
    redirect: 'manual',
    signal: exchange.signal,
  };
  try {
    const response = (options.fetch ?? fetch)(url.href, init);
    // A `fetch` that knows no signals may still answer when nobody waits any more.
    exchange.onStop(() => void response.then(({ body }) => body?.cancel()).catch(() => undefined));
    return await exchange.orStopped(response);
  } catch (error) {
    exchange.throwIfStopped();
    throw networkError(error, url.origin);
  } finally {
    cancelTimer();
  }
}

async function openReply(
  exchange: Exchange,
  url: URL,
  response: Response,
  mask: Mask,
  silence: number,
): Promise<Reply> {
  const details = responseDetails(response, url, mask);
  const body = openBody(response, exchange, silence, details);
  if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
    body.close();
    throw redirectError(response, url, mask);
  }
  if (response.status >= 400) {
    const error = await readHttpError(response, url, body, mask);
    body.close();
    throw error;
  }
  return { body, failures: createReplyFailures(mask, details) };
}
