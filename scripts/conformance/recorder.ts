/** One request and all that came back, before anybody has interpreted it. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The bytes as UTF-8; a byte order mark is kept. */
  readonly text: string;
  /** From the headers to the end of the body. */
  readonly bodyMs: number;
  /** How the body ended, if not as HTTP wants it. */
  readonly brokenOff: string | undefined;
}

/** A request failed before headers came, or was interrupted. */
export class NoReply extends Error {
  override readonly name = 'NoReply';

  constructor(cause: unknown) {
    super(reasonOf(cause), { cause });
  }
}

/** Records what `fetch` sends and gets. */
export interface Recorder {
  /** All exchanges so far, oldest first. */
  readonly exchanges: readonly Exchange[];
  /** Sends a request and reads the reply to its end. Rejects with {@link NoReply}. */
  record(url: string, init: RequestInit): Promise<Exchange>;
  /** A `fetch` that records. */
  readonly fetch: typeof globalThis.fetch;
}

const timeLimitMs = 60_000;
/** No check asks for more; a server that sends it is stopped. */
const sizeLimit = 4 * 1024 * 1024;

/** Creates a recorder whose requests end when `signal` is aborted; it adds to `exchanges`. */
export function createRecorder(signal: AbortSignal, exchanges: Exchange[] = []): Recorder {
  async function record(url: string, init: RequestInit): Promise<Exchange> {
    const signals = [AbortSignal.timeout(timeLimitMs), init.signal ?? signal];
    // A redirect would take the key to another place.
    let response: Response;
    try {
      response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.any(signals) });
    } catch (error) {
      throw new NoReply(error);
    }
    const begun = performance.now();
    const { bytes, brokenOff } = await readAll(response);
    if (signal.aborted) {
      throw new NoReply(signal.reason);
    }
    const { status, headers } = response;
    const exchange: Exchange = {
      method: init.method ?? 'GET',
      url,
      status,
      headers,
      bytes,
      text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
      bodyMs: performance.now() - begun,
      brokenOff,
    };
    exchanges.push(exchange);
    return exchange;
  }

  return {
    exchanges,
    record,
    fetch: async (input, init = {}) =>
      responseOf(await record(input instanceof Request ? input.url : String(input), init)),
  };
}

async function readAll({ body }: Response): Promise<Pick<Exchange, 'bytes' | 'brokenOff'>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  let brokenOff: string | undefined;
  try {
    for await (const part of body ?? []) {
      parts.push(part);
      size += part.length;
      if (size > sizeLimit) {
        brokenOff = `stopped after ${sizeLimit} bytes`;
        break;
      }
    }
  } catch (error) {
    brokenOff = reasonOf(error);
  }
  return { bytes: new Uint8Array(Buffer.concat(parts)), brokenOff };
}

/** The recorded reply once more. */
function responseOf({ status, headers, bytes }: Exchange): Response {
  return new Response([204, 205, 304].includes(status) ? null : bytes, { status, headers });
}

/** A `fetch` that answers with what was recorded, so that our own client reads the very same bytes. */
export function replay(exchange: Exchange): typeof globalThis.fetch {
  return () => Promise.resolve(responseOf(exchange));
}

/** What a failed `fetch` says; Node hides the reason in `cause`. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error) || error instanceof NoReply) {
    return error instanceof NoReply ? error.message : String(error);
  }
  const { cause } = error;
  const inner = cause instanceof Error ? ('code' in cause ? String(cause.code) : cause.message) : '';
  return inner === '' ? error.message : `${error.message} (${inner})`;
}
