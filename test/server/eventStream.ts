import type { ServerResponse } from 'node:http';
import type { ExchangeWatch } from './requestLog.ts';
import { once } from 'node:events';

interface EventStreamOptions {
  /** Whether `[DONE]` is sent at the end. */
  readonly sendsDone: boolean;
  /** Pause between comments while nothing else is sent, milliseconds; 0: none. */
  readonly keepAliveMs: number;
}

/** Writes server-sent events. After the client has gone, every call returns at once. */
export class EventStream {
  readonly signal: AbortSignal;
  readonly #response: ServerResponse;
  readonly #watch: ExchangeWatch;
  readonly #sendsDone: boolean;
  readonly #keepAlive: NodeJS.Timeout | undefined;

  constructor(
    response: ServerResponse,
    watch: ExchangeWatch,
    { sendsDone, keepAliveMs }: EventStreamOptions,
  ) {
    this.#response = response;
    this.#watch = watch;
    this.#sendsDone = sendsDone;
    this.signal = watch.signal;
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    response.flushHeaders();
    if (keepAliveMs > 0) {
      this.#keepAlive = setInterval(() => void this.raw(': keep-alive\n\n'), keepAliveMs);
      this.signal.addEventListener('abort', () => this.quiet(), { once: true });
    }
  }

  /** An unnamed event with one line of JSON. */
  async data(value: unknown): Promise<void> {
    await this.raw(`data: ${JSON.stringify(value)}\n\n`);
  }

  /** A named event. */
  async event(name: string, value: unknown): Promise<void> {
    await this.raw(`event: ${name}\ndata: ${JSON.stringify(value)}\n\n`);
  }

  /** Text as it is; waits while the client is slower than the server. */
  async raw(text: string): Promise<void> {
    if (this.signal.aborted || this.#response.writableEnded) return;
    this.#keepAlive?.refresh();
    await write(this.#response, text, this.signal);
  }

  /** No more keep-alive comments. */
  quiet(): void {
    clearInterval(this.#keepAlive);
  }

  /** Sends `[DONE]`, where the dialect has it, and ends the body. */
  async finish(): Promise<void> {
    if (this.#sendsDone) await this.raw('data: [DONE]\n\n');
    this.end();
  }

  /** Ends the body as HTTP demands, without `[DONE]`. */
  end(): void {
    this.quiet();
    this.#response.end();
  }

  /** Kills the connection in the middle of an event, once what was written has left. */
  async cut(): Promise<void> {
    this.quiet();
    this.#watch.cutByServer = true;
    await new Promise<void>((resolve) => {
      this.#response.write('data: {"id":"chatcmpl-', () => resolve());
    });
    this.#response.destroy();
  }
}

/** Writes a part of a body; waits while the client is slower than the server, but not for one that has gone. */
export async function write(response: ServerResponse, text: string, signal: AbortSignal): Promise<void> {
  if (response.write(text)) return;
  await once(response, 'drain', { signal }).catch(() => undefined);
}
