import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** How an exchange ended. */
export interface RequestClosed {
  /** The client went away before the reply was whole. False if the server itself cut the connection. */
  readonly early: boolean;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** One request as it came in, and how it ended. */
export interface RecordedRequest {
  readonly method: string;
  /** Path without query, as sent. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The parsed JSON body; `undefined` if there was none or it was no JSON. */
  readonly body: unknown;
  /** Milliseconds since the epoch, after the body had come. */
  readonly receivedAt: number;
  readonly requestClosed: Promise<RequestClosed>;
  /** `undefined` while the exchange is open. */
  readonly closed: RequestClosed | undefined;
}

type Match = (request: RecordedRequest) => boolean;

/** Watches one exchange from its first byte, so that no close is missed. */
export class ExchangeWatch {
  readonly requestClosed: Promise<RequestClosed>;
  /** Aborted when the client goes away or the exchange is over. */
  readonly signal: AbortSignal;
  closed: RequestClosed | undefined;
  /** Set before the server cuts the connection on purpose. */
  cutByServer = false;

  constructor(response: ServerResponse) {
    const controller = new AbortController();
    this.signal = controller.signal;
    this.requestClosed = new Promise((resolve) => {
      response.once('close', () => {
        this.closed = { early: !response.writableFinished && !this.cutByServer, at: Date.now() };
        resolve(this.closed);
        controller.abort();
      });
    });
  }
}

/** All requests in the order their bodies were complete, for tests. */
export class RequestLog {
  readonly requests: RecordedRequest[] = [];
  readonly #waiting = new Set<(request: RecordedRequest) => void>();

  /** Adds a request whose body is complete. */
  add(request: IncomingMessage, url: URL, body: unknown, watch: ExchangeWatch): RecordedRequest {
    const record: RecordedRequest = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body,
      receivedAt: Date.now(),
      requestClosed: watch.requestClosed,
      get closed() {
        return watch.closed;
      },
    };
    this.requests.push(record);
    for (const offer of this.#waiting) offer(record);
    return record;
  }

  /** The first request that matches, already here or still to come. */
  waitFor(match: Match): Promise<RecordedRequest> {
    const found = this.requests.find(match);
    if (found) return Promise.resolve(found);
    return new Promise((resolve) => {
      const offer = (request: RecordedRequest): void => {
        if (!match(request)) return;
        this.#waiting.delete(offer);
        resolve(request);
      };
      this.#waiting.add(offer);
    });
  }
}
