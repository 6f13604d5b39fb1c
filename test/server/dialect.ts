import type { HttpError } from './httpError.ts';
import type { ListedModel } from './modelBackend.ts';
import type { CompletionRequest } from './requestBodies.ts';

/** The APIs that the server speaks. */
export type DialectKind = 'tachyon' | 'openai' | 'atoma' | 'openai-compatible';

/** Parts of a reply that not every dialect has a field for. */
type ReplyField = 'reasoning' | 'refusal' | 'audio' | 'logprobs';

/** What sets one API apart from the others; all else is the same code. */
export interface Dialect {
  readonly kind: DialectKind;
  /** All paths below it are the dialect's; '' for Tachyon, which has the rest. */
  readonly root: string;
  /** Path of the base URL that clients are given. */
  readonly base: string;
  readonly needsKey: boolean;
  /** Whether each reply carries `x-request-id`. */
  readonly givesRequestId: boolean;
  /** Whether a path that does not exist is answered with 200 (wire contract F, LM Studio). */
  readonly acceptsAnyPath: boolean;
  /** The demo model's list. */
  readonly models: readonly ListedModel[];
  /** Throws a 400 if the body breaks the contract. */
  check(body: unknown): asserts body is CompletionRequest;
  /** The JSON that tells an error with an HTTP status. */
  errorBody(error: HttpError): object;
  /** How an error is told once the status has gone out: as a named event, as data, or by the end of the stream. */
  readonly streamErrors: 'event' | 'data' | 'end';
  /** Whether streams end with `[DONE]`. */
  readonly sendsDone: boolean;
  /** Pause between keep-alive comments while nothing else is sent, milliseconds; 0: none. */
  readonly keepAliveMs: number;
  /** What has no field is told in the text, if at all. */
  readonly replyFields: readonly ReplyField[];
  /** Where a stream tells usage, if asked: never, in a chunk of its own, or in the last chunk of the answer. */
  readonly streamUsage: 'never' | 'own-chunk' | 'last-chunk';
  /** OpenAI's own habits: null fields, usage details, padding (wire contract D2). */
  readonly isOpenai: boolean;
  /** Fields of each chunk and whole reply beside the common ones. */
  readonly replyExtras: Readonly<Record<string, unknown>>;
}
