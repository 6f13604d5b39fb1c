import { checkCompletionRequest, messageText } from './requestBodies.ts';

/**
 * What can be made to go wrong. `request` faults come instead of an answer and nothing is stored;
 * `reply` faults (completions only) come after the user's message is stored.
 *
 * | name | at | what the client sees |
 * |---|---|---|
 * | `400` `401` `402` `403` `404` `409` `422` `429` `500` `503` | request | that status with a body as in wire contract B5 |
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
 * | `big-answer`  | reply | some deltas, `bytes` (20 MB) more in events of 64 KB, then the rest |
 *
 * A fault is ordered with `server.fault({name})`, or by hand with a prompt that begins with `!fault NAME`.
 */
export const faultNames = {
  status: ['400', '401', '402', '403', '404', '409', '422', '429', '500', '503'],
  request: ['502html', '200html', 'redirect', 'reset', 'hang'],
  reply: [
    ...(['lost-reply', 'empty', 'done-only', 'whole', 'slow', 'length', 'stall', 'comments'] as const),
    ...(['cut', 'lost-rest', 'eof', 'error-event', 'error-data', 'broken-json'] as const),
    ...(['big-event', 'big-answer'] as const),
  ],
} as const;

export type StatusFaultName = (typeof faultNames.status)[number];
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

/** A fault that comes instead of an answer. */
export interface RequestFault extends FaultFields {
  readonly name: StatusFaultName | RequestFaultName;
  /** More response headers, `retry-after` for instance. */
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

export type Fault = RequestFault | ReplyFault;

/** Whether the fault comes within an answer. */
export function isReplyFault(fault: Fault): fault is ReplyFault {
  return faultNames.reply.some((name) => name === fault.name);
}

/** Faults that wait for their request, in the order they were ordered. */
export class FaultQueue {
  #waiting: { readonly fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** The fault for this request, used up by one; else the one that its prompt asks for. */
  take(method: string, path: string, body: unknown): Fault | undefined {
    const isCompletion = path.endsWith('/chat/completions');
    const entry = this.#waiting.find(({ fault }) => {
      if (fault.method !== undefined && fault.method !== method) return false;
      if (!isCompletion && isReplyFault(fault)) return false;
      if (typeof fault.path === 'string') return path.includes(fault.path);
      return fault.path === undefined || new RegExp(fault.path).test(path);
    });
    if (!entry) return isCompletion ? promptedFault(body) : undefined;
    entry.left -= 1;
    if (entry.left === 0) this.#waiting = this.#waiting.filter((waiting) => waiting !== entry);
    return entry.fault;
  }
}

function promptedFault(body: unknown): Fault | undefined {
  try {
    checkCompletionRequest(body);
  } catch {
    return undefined;
  }
  const last = body.messages.findLast((message) => message.role === 'user');
  const wanted = /^\s*!fault\s+(\S+)/.exec(messageText(last?.content))?.[1];
  const replyName = faultNames.reply.find((known) => known === wanted);
  const requestName = [...faultNames.status, ...faultNames.request].find((known) => known === wanted);
  return (replyName && { name: replyName }) ?? (requestName && { name: requestName });
}
