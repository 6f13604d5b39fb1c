import type { Usage } from '../api/wire.ts';

/** What the corridor yields for one prompt, in order. Failure is thrown, cancellation is an `AbortError`. */
export type ReplyEvent =
  | { readonly type: 'progress'; readonly text: string }
  /** Something the person must know about the conversation; shown apart from the answer. */
  | { readonly type: 'notice'; readonly text: string }
  | { readonly type: 'textDelta'; readonly text: string }
  | { readonly type: 'reasoningDelta'; readonly text: string }
  | {
      readonly type: 'toolCall';
      readonly id: string;
      readonly name: string;
      /** The JSON text of the arguments, whole. */
      readonly arguments: string;
    }
  | { readonly type: 'usage'; readonly usage: Usage }
  | {
      readonly type: 'finished';
      /** `stop`, `length`, `tool_calls`, `content_filter`, …; undefined where the server gives none. */
      readonly finishReason: string | undefined;
      /** The model as the server named it. */
      readonly model: string | undefined;
    };
