import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ChatroomStore } from './chatroomStore.ts';
import type { Dialect, DialectKind } from './dialect.ts';
import type { ReplyFault } from './faults.ts';
import type { ModelBackend } from './modelBackend.ts';
import type { ExchangeWatch } from './requestLog.ts';
import { HttpError, badRequest } from './httpError.ts';

/** An operator (tenant) that the server's keys may act for. */
export interface Operator {
  readonly id: string;
  readonly name: string;
}

/** What the routes work with. */
export interface Services {
  readonly chatrooms: ChatroomStore;
  /** What answers in each dialect. */
  readonly backends: Readonly<Record<DialectKind, ModelBackend>>;
  readonly operators: readonly Operator[];
  /** Key → id of its user. */
  readonly keys: Readonly<Record<string, string>>;
  /** Stores every message of a chatroom completion, not only the last user message. */
  readonly storeAll: boolean;
  /** Aborted when the server closes. */
  readonly closing: AbortSignal;
}

/** One request that passed the checks, and its response. */
export interface Exchange {
  readonly dialect: Dialect;
  readonly method: string;
  readonly response: ServerResponse;
  readonly url: URL;
  /** Parts of the path that the route names, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** '' in a dialect that needs no key. */
  readonly userId: string;
  /** '' on routes that need none. */
  readonly operatorId: string;
  readonly watch: ExchangeWatch;
  /** A `reply` fault ordered for this request. */
  readonly fault: ReplyFault | undefined;
}

/** Sends JSON. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** The parsed JSON body, `undefined` if there is none. Throws 400, 413 or 415. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  const parts: Buffer[] = [];
  let size = 0;
  // A body over the limit is read to its end all the same, else the client may never see the 413.
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= maxBytes) parts.push(part);
  }
  if (size > maxBytes) {
    throw new HttpError(413, { code: 'PAYLOAD_TOO_LARGE', message: `body exceeds ${maxBytes} bytes` });
  }
  if (size === 0) return undefined;
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
    throw new HttpError(415, {
      code: 'UNSUPPORTED_MEDIA_TYPE',
      message: 'content-type must be application/json',
    });
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown;
  } catch {
    throw badRequest('body is not valid JSON');
  }
}
