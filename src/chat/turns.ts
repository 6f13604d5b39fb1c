import type { Usage } from '../api/wire.ts';

/** The door a turn came through. */
export type Surface = 'participant' | 'panel' | 'quickPrompt';

/** What `ChatResult.metadata.tachyon` holds: the only thing that binds a Chat-view turn to its room. */
export interface TurnBinding {
  readonly conversation: string;
  readonly room: string;
  readonly connection: string;
  readonly turn: string;
  /** Fingerprint of server and operator: a connection of the same name may have moved since. */
  readonly endpoint?: string;
}

/**
 * A visible turn of a conversation, oldest first. Turns that were answered without a model (sign in, `/new`)
 * do not belong among them.
 */
export interface VisibleTurn {
  readonly prompt: string;
  readonly reply: string;
  /** Missing after a crash: VS Code then drops the metadata. */
  readonly binding?: TurnBinding;
  /** The prompt is `/explain` and the like as it was typed: another text was sent. */
  readonly isCommand?: true;
}

/** A visible turn whose end nobody has seen. */
export interface UnfinishedTurn {
  readonly record: TurnRecord;
  /** What the person sees of its answer, notes perhaps included. */
  readonly shown: string;
}

/**
 * How a turn ended. `refused`: the server did not take it, or it was never sent. `failed`: it answered with an error but may hold the
 * prompt. `unknown`: the connection died after the request was sent. `interrupted`: the connection or the host died, and
 * the room was seen to lack the answer.
 */
export type TurnOutcome = 'answered' | 'stopped' | 'failed' | 'refused' | 'unknown' | 'interrupted';

/** One turn in the journal. It is written before the prompt is sent. */
export interface TurnRecord {
  readonly turn: string;
  /** The turn that this one followed in its conversation, if that turn is in the same room. */
  readonly parent?: string;
  readonly conversation: string;
  readonly connection: string;
  /** As in the {@link TurnBinding}. */
  readonly endpoint?: string;
  /** Missing until the room exists. */
  readonly room?: string;
  readonly surface: Surface;
  readonly model?: string;
  /** Fingerprint of the prompt: finds a turn whose metadata is lost without keeping its text. */
  readonly promptHash: string;
  /** Fingerprint of the user message as it was sent, where attachments made it differ from the prompt. */
  readonly contentHash?: string;
  /** Fingerprint of what was sent with it besides text. */
  readonly mediaHash?: string;
  /** ISO 8601. */
  readonly askedAt: string;
  /** Kept only until the server holds the turn. */
  readonly prompt?: string;
  /** Missing while the turn runs, and for ever if the host was killed meanwhile. */
  readonly outcome?: TurnOutcome;
  /** Whether the room was seen to hold the transcript that a fork carried into it; missing: not looked yet. */
  readonly carriedStored?: boolean;
  /** How many turns of other doors and windows the person had been told of, in all, when this turn ended. */
  readonly elsewhere?: number;
  /** The same for messages on the server that no journal record knows. */
  readonly foreign?: number;
  /** What the answer took, as the server told it. */
  readonly usage?: Usage;
}

/** Whether the server certainly or possibly holds the turn's prompt; `undefined`: only the room can tell. */
export function isHeld(record: TurnRecord): boolean | undefined {
  if (record.outcome === 'refused' || record.room === undefined) return false;
  if (record.outcome === 'answered') return true;
  // Before anything came back, or where the room was seen to lack it: the prompt is still here.
  const isCut = record.outcome === 'stopped' || record.outcome === 'interrupted';
  return isCut && record.prompt === undefined ? true : undefined;
}

/** Whether nobody has seen yet what became of the turn: it runs, or the connection or the host died under it. */
export function isUnfinished({ outcome }: TurnRecord): boolean {
  return outcome === undefined || outcome === 'unknown';
}
