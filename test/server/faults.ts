import type { Dialect } from './dialect.ts';
import { messageText } from './requestBodies.ts';

/**
 * What can be made to go wrong. `request` faults come instead of an answer and nothing is stored;
 * `reply` faults (completions only) come after the user's message is stored.
 *
 * | name | at | what the client sees |
 * |---|---|---|
 * | `400` … `504` | request | that status with a body as the dialect tells errors |
 * | `429retry-after`    | request | 429 with `retry-after: 1` (seconds) |
 * | `429retry-after-ms` | request | 429 with `retry-after-ms: 50` |
 * | `500final`    | request | 500 with `x-should-retry: false` |
 * | `502html`     | request | 502 with an HTML page |
 * | `200html`     | request | an HTML page with status 200 |
 * | `redirect`    | request | 307 to another origin (`location`) |
 * | `reset`       | request | the connection is reset before any byte of a reply |
 * | `hang`        | request | no headers until the client goes away |
 * | `lost-reply`  | reply | the whole turn is stored, then the connection is reset before any byte of it |
 * | `empty`       | reply | status 200 and an empty body |
 * | `done-only`   | reply | nothing but `[DONE]` |
 * | `whole`       | reply | a whole JSON reply although a stream was asked for |
 * | `slow`        | reply | a pause (`pauseMs`) before each delta |
 * | `length`      | reply | the answer stops with finish_reason `length` |
 * | `stall`       | reply | some deltas, then silence until the client goes away |
 * | `comments`    | reply | some deltas, then only `: keep-alive` until the client goes away |
 * | `cut`         | reply | some deltas, then the connection dies in mid-event; what was sent is stored |
 * | `lost-rest`   | reply | like `cut`, but the server goes on and stores the whole answer |
 * | `eof`         | reply | some deltas, then the body ends without finish reason and `[DONE]` |
 * | `error-event` | reply | some deltas, then `event: error` with `{code, message}` |
 * | `error-data`  | reply | some deltas, then `data: {"error": {code, message}}` |
 * | `broken-json` | reply | some deltas, one event of broken JSON, then the rest |
 * | `big-event`   | reply | some deltas, one event of more than `bytes` (5 MB), then the rest |
 * | `bomb`        | reply | some deltas, one event with text that is 200,000 nested arrays, then the rest |
 * | `endless`     | reply | some deltas, then one line that never ends, until the client goes away |
 * | `big-answer`  | reply | some deltas, `bytes` (20 MB) more in events of 64 KB, then the rest |
 *
 * A fault is ordered with `server.fault({name})`, or by hand with a prompt that begins with `!fault NAME`. Such a prompt
 * fails each time; with `!fault NAME xN` it fails N times and is then answered once.
 */
export const faultNames = {
  status: [
    ...(['400', '401', '402', '403', '404', '408', '409', '422', '423', '425', '429'] as const),
    ...(['429retry-after', '429retry-after-ms', '500', '500final', '502', '503', '504'] as const),
  ],
  request: ['502html', '200html', 'redirect', 'reset', 'hang'],
  reply: [
    ...(['lost-reply', 'empty', 'done-only', 'whole', 'slow', 'length', 'stall', 'comments'] as const),
    ...(['cut', 'lost-rest', 'eof', 'error-event', 'error-data', 'broken-json'] as const),
    ...(['big-event', 'big-answer', 'bomb', 'endless'] as const),
  ],
} as const;

type StatusFaultName = (typeof faultNames.status)[number];
type RequestFaultName = (typeof faultNames.request)[number];
type ReplyFaultName = (typeof faultNames.reply)[number];

interface FaultFields {
  /** How many matching requests it hits; default 1. */
  readonly times?: number;
  readonly method?: string;
  /** Part of the path, or a pattern for it. Default: any; `reply` faults hit completions only. */
  readonly path?: string | RegExp;
  /** Replaces the JSON body of a status or of an error in the stream. */
  readonly body?: Readonly<Record<string, unknown>>;
}

/** An HTTP status that comes instead of an answer; its number begins the name. */
export interface StatusFault extends FaultFields {
  readonly name: StatusFaultName;
  /** More response headers, `retry-after` for instance. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Another fault that comes instead of an answer. */
export interface RequestFault extends FaultFields {
  readonly name: RequestFaultName;
  readonly headers?: Readonly<Record<string, string>>;
  /** Target of `redirect`. */
  readonly location?: string;
}

/** A fault that comes within an answer. */
export interface ReplyFault extends FaultFields {
  readonly name: ReplyFaultName;
  /** Deltas that are sent before it; default 3. */
  readonly afterDeltas?: number;
  readonly bytes?: number;
  readonly pauseMs?: number;
}

export type Fault = StatusFault | RequestFault | ReplyFault;

/** Whether the fault comes within an answer. */
export function isReplyFault(fault: Fault): fault is ReplyFault {
  return faultNames.reply.some((name) => name === fault.name);
}

/** Whether the fault is an HTTP status. */
export function isStatusFault(fault: Fault): fault is StatusFault {
  return faultNames.status.some((name) => name === fault.name);
}

/** Faults that wait for their request, in the order they were ordered. */
export class FaultQueue {
  #waiting: { readonly fault: Fault; left: number }[] = [];
  /** How often each prompt that names a number of times has failed. */
  readonly #played = new Map<string, number>();

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#waiting = [];
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** The fault for this request, used up by one; else the one that its prompt asks for. */
  take(dialect: Dialect, method: string, path: string, body: unknown): Fault | undefined {
    const isCompletion = path.endsWith('/chat/completions');
    const entry = this.#waiting.find(({ fault }) => {
      if (fault.method !== undefined && fault.method !== method) return false;
      if (!isCompletion && isReplyFault(fault)) return false;
      if (typeof fault.path === 'string') return path.includes(fault.path);
      return fault.path === undefined || new RegExp(fault.path).test(path);
    });
    if (!entry) return isCompletion ? this.#prompted(dialect, body) : undefined;
    entry.left -= 1;
    if (entry.left === 0) this.#waiting = this.#waiting.filter((waiting) => waiting !== entry);
    return entry.fault;
  }
  #prompted(dialect: Dialect, body: unknown): Fault | undefined {
    const prompt = promptOf(dialect, body);
    const [, name, times] = /^\s*!fault\s+(\S+)(?:\s+x(\d{1,3})\b)?/.exec(prompt) ?? [];
    const fault = faultNamed(name);
    if (!fault || times === undefined) return fault;
    const played = this.#played.get(prompt) ?? 0;
    if (played < Number(times)) {
      this.#played.set(prompt, played + 1);
      return fault;
    }
    this.#played.delete(prompt);
    return undefined;
  }
}

/** '' if the request is not a good one: then it is refused for that. */
function promptOf(dialect: Dialect, body: unknown): string {
  try {
    dialect.check(body);
  } catch {
    return '';
  }
  return messageText(body.messages.findLast((message) => message.role === 'user')?.content);
}

function faultNamed(name: string | undefined): Fault | undefined {
  const reply = faultNames.reply.find((known) => known === name);
  const status = faultNames.status.find((known) => known === name);
  const request = faultNames.request.find((known) => known === name);
  return (reply && { name: reply }) ?? (status && { name: status }) ?? (request && { name: request });
}
