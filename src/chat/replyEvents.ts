import type { ApiError } from '../api/apiError.ts';
import type { Usage } from '../api/wire.ts';

/** What the corridor yields for one prompt, in order. Failure is thrown, cancellation is an `AbortError`. */
export type ReplyEvent =
  | TextEvent
  | ConversationEvent
  | StateEvent
  | RecoveryEvent
  | AlternativeEvent
  | EndEvent;

/** Text of the answer that the conversation goes on with, and what the model thought before it. */
type TextEvent =
  | { readonly type: 'textDelta'; readonly text: string }
  | { readonly type: 'reasoningDelta'; readonly text: string };

type ConversationEvent = { readonly type: 'progress'; readonly text: string } | NoticeEvent;

/** Something the person must know about the conversation; shown apart from the answer. */
export interface NoticeEvent {
  readonly type: 'notice';
  readonly text: string;
  /** It tells of turns that this conversation does not show. */
  readonly isElsewhere?: boolean;
}

/**
 * How the turn stands from now on. `streaming`: the reply has begun. `recovering`: the connection died, and the room is
 * read for the rest. `recovered`: the room has it. Then `finished`, or before the error is thrown: `interrupted` (the
 * connection died and the room has no more), `stopped` (by the person) or `failed`.
 */
export type StateEvent =
  | WaitEvent
  | {
      readonly type: 'state';
      readonly state: 'streaming' | 'recovering' | 'recovered' | 'interrupted' | 'stopped' | 'failed';
    };

/** The request failed in a way that may pass; it goes out again after `delay` ms, or at once by `tryNow`. */
export interface WaitEvent {
  readonly type: 'state';
  readonly state: 'waiting';
  readonly error: ApiError;
  readonly delay: number;
  readonly tryNow: () => void;
}

type RecoveryEvent =
  /** The answer as the room has it, whole: what came before is no part of it. */
  { readonly type: 'replacement'; readonly text: string } | EarlierReplyEvent;

/** What the room has of an earlier answer that was interrupted. */
export interface EarlierReplyEvent {
  readonly type: 'earlierReply';
  readonly text: string;
  /** It goes on where the answer that is shown ends; otherwise it is the whole answer. */
  readonly isRest: boolean;
}

type AlternativeEvent =
  /** Several answers were asked for: the text that follows is the first of so many. */
  | { readonly type: 'alternatives'; readonly count: number }
  /** A further answer, whole. */
  | { readonly type: 'alternative'; readonly number: number; readonly text: string };

/** What is known only at the end. */
type EndEvent =
  | {
      readonly type: 'toolCall';
      readonly id: string;
      readonly name: string;
      /** The JSON text of the arguments, whole. */
      readonly arguments: string;
      /** To be sent back unchanged with the call. */
      readonly extraContent?: unknown;
    }
  | AudioEvent
  | { readonly type: 'usage'; readonly usage: Usage }
  | FinishedEvent;

/** A spoken answer; its transcript has come as text. */
export interface AudioEvent {
  readonly type: 'audio';
  /** Base64. */
  readonly data: string;
  /** `wav`, `mp3`, `flac`, `opus`, `aac` or `pcm16`. */
  readonly format: string;
}

export interface FinishedEvent {
  readonly type: 'finished';
  /** `stop`, `length`, `tool_calls`, `content_filter`, …; undefined where the server gives none. */
  readonly finishReason: string | undefined;
  /** The model as the server named it. */
  readonly model: string | undefined;
  /** The text is a refusal. */
  readonly isRefusal: boolean;
  /** The reply ended without a finish reason though the API always gives one. */
  readonly isCut: boolean;
}
