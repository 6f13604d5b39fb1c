import { startLoopback } from '../../support/loopback.ts';

/** A real server of which a client gets each write as a read of its own. */
export interface Lockstep {
  readonly url: string;
  /** For the client: the real `fetch`, which tells the server what has been read. */
  readonly fetch: typeof globalThis.fetch;
  /** The lengths of the reads of the last reply. */
  readonly reads: readonly number[];
  /** The body of the replies to come, cut where the writes end. */
  serve(writes: readonly Uint8Array[]): void;
  stop(): Promise<void>;
}

/** Starts a server that writes on only when the client has taken what was written before. */
export async function startLockstep(): Promise<Lockstep> {
  let writes: readonly Uint8Array[] = [];
  let reads: number[] = [];
  let taken: (() => void) | undefined;
  const server = await startLoopback(async (response) => {
    reads = [];
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    for (const bytes of writes) {
      const read = new Promise<void>((resolve) => {
        taken = resolve;
      });
      response.write(bytes);
      await read;
    }
    response.end();
  });
  return {
    url: server.url,
    async fetch(input, init) {
      const response = await fetch(input, init);
      const watch = new TransformStream<Uint8Array, Uint8Array>({
        transform(bytes, controller) {
          reads.push(bytes.length);
          controller.enqueue(bytes);
          taken?.();
        },
      });
      return new Response(response.body?.pipeThrough(watch) ?? null, response);
    },
    get reads() {
      return reads;
    },
    serve(next) {
      writes = next;
    },
    stop: () => server.stop(),
  };
}
