type Fetch = typeof globalThis.fetch;

/** One exchange as it came over the wire. Times in milliseconds since the request went out. */
export interface CapturedExchange {
  readonly method: string;
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly headersAfter: number;
  readonly pieces: readonly CapturedPiece[];
  /** The connection died in the body. */
  readonly isCut: boolean;
}

/** Bytes of a body, and when they came. */
export interface CapturedPiece {
  readonly after: number;
  readonly bytes: Uint8Array;
}

/** Listens to a `fetch`. */
export interface Capture {
  readonly fetch: Fetch;
  /** Exchanges whose headers came, oldest first. */
  readonly exchanges: readonly CapturedExchange[];
  /** The newest of them; undefined if the request after it got no headers. */
  readonly last: () => CapturedExchange | undefined;
}

/** A `fetch` that does as `inner` does and keeps what came. */
export function createCapture(inner: Fetch = (input, init) => fetch(input, init)): Capture {
  const exchanges: CapturedExchange[] = [];
  let newest: CapturedExchange | undefined;

  async function record(url: string, init: RequestInit): Promise<Response> {
    newest = undefined;
    const start = performance.now();
    const response = await inner(url, init);
    const pieces: CapturedPiece[] = [];
    const exchange = {
      method: init.method ?? 'GET',
      url: new URL(url),
      status: response.status,
      headers: response.headers,
      headersAfter: performance.now() - start,
      pieces,
      isCut: false,
    };
    exchanges.push(exchange);
    newest = exchange;
    const { status, statusText, headers } = response;
    // No such status can be built again: 0 is a redirect that a browser hides.
    if (response.body === null || status < 200 || status > 599) return response;
    const body = listened(response.body, {
      onPiece: (bytes) => void pieces.push({ after: performance.now() - start, bytes }),
      onCut: () => {
        exchange.isCut = init.signal?.aborted !== true;
      },
    });
    return new Response(body, { status, statusText, headers });
  }

  return {
    fetch: (input, init = {}) => record(input instanceof Request ? input.url : String(input), init),
    exchanges,
    last: () => newest,
  };
}

interface BodyListener {
  readonly onPiece: (bytes: Uint8Array) => void;
  readonly onCut: () => void;
}

/** The same body, read no faster than its reader reads. */
function listened(
  body: ReadableStream<Uint8Array>,
  { onPiece, onCut }: BodyListener,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) {
            controller.close();
            return;
          }
          onPiece(value);
          controller.enqueue(value);
        } catch (error) {
          onCut();
          controller.error(error);
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
