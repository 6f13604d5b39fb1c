import type { ServerResponse } from 'node:http';
import type { ExchangeWatch } from './requestLog.ts';
import { once } from 'node:events';

/** Writes server-sent events. After the client has gone, every call returns at once. */
export class EventStream {
  readonly signal: AbortSignal;
  readonly #response: ServerResponse;
  readonly #watch: ExchangeWatch;

  constructor(response: ServerResponse, watch: ExchangeWatch) {
    this.#response = response;
    this.#watch = watch;
    this.signal = watch.signal;
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    response.flushHeaders();
  }

  /** An unnamed event with one line of JSON. */
  async data(value: unknown): Promise<void> {
    await this.raw(`data: ${JSON.stringify(value)}\n\n`);
  }

  /** A named event. */
  async event(name: string, value: unknown): Promise<void> {
    await this.raw(`event: ${name}\ndata: ${JSON.stringify(value)}\n\n`);
  }

  /** Bytes as they are; waits while the client is slower than the server. */
  async raw(text: string): Promise<void> {
    if (this.signal.aborted || this.#response.writableEnded) return;
    if (this.#response.write(text)) return;
    await once(this.#response, 'drain', { signal: this.signal }).catch(() => undefined);
  }

  /** Ends the body as HTTP demands, without `[DONE]`. */
  end(): void {
    this.#response.end();
  }

  /** Kills the connection in the middle of an event, once what was written has left. */
  async cut(): Promise<void> {
    this.#watch.cutByServer = true;
    await new Promise<void>((resolve) => {
      this.#response.write('data: {"id":"chatcmpl-', () => resolve());
    });
    this.#response.destroy();
  }
}
