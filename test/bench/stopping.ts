import { createServer } from '../server/server.ts';
import { heldPrompt } from '../support/heldPrompt.ts';
import { type HeldState, heldStates } from '../support/heldStates.ts';
import { type Relay, startRelay } from '../support/relay.ts';
import type { RunningServer } from '../server/server.ts';

/** How long a stop takes in one state, in milliseconds. */
export interface StopTimes {
  readonly name: string;
  /** Until the answer has ended and its door is free: median and worst. */
  readonly free: number;
  readonly worstFree: number;
  /** Until the other side sees that the connection is closed; missing: there is none. */
  readonly closed?: number;
  readonly worstClosed?: number;
}

const runs = 30;

/** Stops prompts to the local server in each state, over real sockets. */
export async function benchStopping(): Promise<readonly StopTimes[]> {
  const server = await createServer();
  const relay = await startRelay(server.url);
  const rows: StopTimes[] = [];
  for (const state of heldStates) {
    const times: { readonly free: number; readonly closed: number | undefined }[] = [];
    for (let run = 0; run < runs; run += 1) times.push(await stopOnce(state, server, relay));
    const free = times.map((time) => time.free).toSorted((a, b) => a - b);
    const closed = times.flatMap((time) => time.closed ?? []).toSorted((a, b) => a - b);
    rows.push({
      name: state.name,
      free: middle(free),
      worstFree: free.at(-1) ?? 0,
      ...(closed.length > 0 && { closed: middle(closed), worstClosed: closed.at(-1) ?? 0 }),
    });
  }
  await relay.stop();
  await server.close();
  return rows;
}

async function stopOnce({ hold, room = 'empty' }: HeldState, server: RunningServer, relay: Relay) {
  const { prompt, url = relay.url, hear, reached, closed, end } = await hold({ server, relay });
  const stop = new AbortController();
  const begin = await heldPrompt(server, { kind: 'tachyon', room }, url);
  const asked = (async () => {
    for await (const event of begin(prompt, stop.signal)) hear?.(event);
  })();
  await Promise.race([reached, asked]);
  const start = performance.now();
  const since = () => performance.now() - start;
  const seen = closed?.then(since);
  stop.abort();
  await asked.catch(() => undefined);
  const free = since();
  const time = { free, closed: await seen };
  end?.();
  server.clearFaults();
  relay.clear();
  return time;
}

function middle(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
