import { ApiError } from './apiError.ts';
import { type BodyReader, openBody } from './bodyReader.ts';
import type { Connection, RequestOptions } from './connection.ts';
import { createMask, resolveCredential } from './credential.ts';
import { dialectOf } from './dialects.ts';
import { type Exchange, startExchange, startTimer } from './exchange.ts';
import { joinHeaders } from './headers.ts';
import { readHttpError, redirectError, responseDetails } from './httpError.ts';
import { networkError } from './networkError.ts';
import { createReplyFailures, type Mask, type ReplyFailures } from './replyFailure.ts';
import { isLoopback, parseBaseUrl } from './url.ts';

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
}

/** A response of a 2xx status whose body has not been read. */
export interface Reply {
  readonly body: BodyReader;
  /** For errors about its content. */
  readonly failures: ReplyFailures;
}

/** Both time limits where nothing else is set, in ms. */
const defaultTimeout = 120_000;

/**
 * Sends one request. Everything that can be refused is refused before a byte goes out, and a redirect is never
 * followed.
 * @throws {ApiError} of any kind but the ones about a reply's content; an abort passes through as it is.
 */
export async function send(connection: Connection, call: Call, options: RequestOptions = {}): Promise<Reply> {
  const exchange = startExchange([options.signal, options.fetchOptions?.signal]);
  try {
    return await sendWithin(exchange, connection, call, options);
  } catch (error) {
    exchange.release();
    throw error;
  }
}

async function sendWithin(
  exchange: Exchange,
  connection: Connection,
  call: Call,
  options: RequestOptions,
): Promise<Reply> {
  exchange.throwIfStopped();
  const url = new URL(parseBaseUrl(connection.url) + call.path);
  const token = await exchange.orStopped(resolveCredential(options.credential ?? connection.credential));
  if (url.protocol === 'http:' && connection.allowHttp !== true && !isLoopback(url)) {
    throw new ApiError('insecureUrl', 'A key is not sent over http: to another machine.', {
      mayHaveBeenAccepted: false,
    });
  }
  const scope = call.scoped === false ? {} : dialectOf(connection).scopeHeaders(connection);
  const headers = joinHeaders([
    connection.headers,
    options.fetchOptions?.headers,
    options.headers,
    {
      accept: call.stream === true ? 'text/event-stream, application/json' : 'application/json',
      ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      authorization: `Bearer ${token}`,
      ...scope,
    },
  ]);
  const response = await fetchWithin(exchange, url, call, headers, connection, options);
  return await openReply(exchange, url, response, createMask(token), silenceOf(connection, options));
}

function silenceOf(connection: Connection, options: RequestOptions): number {
  return options.timeouts?.silence ?? connection.timeouts?.silence ?? defaultTimeout;
}

async function fetchWithin(
  exchange: Exchange,
  url: URL,
  call: Call,
  headers: Headers,
  connection: Connection,
  options: RequestOptions,
): Promise<Response> {
  const limitValue = options.timeouts?.headers ?? connection.timeouts?.headers ?? defaultTimeout;
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
    method: call.method,
    headers,
    body: call.body === undefined ? null : JSON.stringify(call.body),
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
    throw networkError(error);
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
  const details = responseDetails(response, mask);
  const body = openBody(response, exchange, silence, details);
  if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
    body.close();
    throw redirectError(response, url, mask);
  }
  if (response.status >= 400) {
    const error = await readHttpError(response, body, mask);
    body.close();
    throw error;
  }
  return { body, failures: createReplyFailures(mask, details) };
}
