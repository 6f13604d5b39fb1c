/** The door a turn came through. */
export type Surface = 'participant' | 'panel' | 'quickPrompt';

/** What `ChatResult.metadata.tachyon` holds: the only thing that binds a Chat-view turn to its room. */
export interface TurnBinding {
  readonly conversation: string;
  readonly room: string;
  readonly connection: string;
  readonly turn: string;
}

/** A visible turn of a conversation, oldest first. */
export interface VisibleTurn {
  readonly prompt: string;
  readonly reply: string;
  /** Missing after a crash: VS Code then drops the metadata. */
  readonly binding?: TurnBinding;
}

/** How a turn ended. `unknown`: the connection died after the request was sent. */
export type TurnOutcome = 'answered' | 'stopped' | 'failed' | 'refused' | 'unknown';

/** One turn in the journal. It is written before the prompt is sent. */
export interface TurnRecord {
  readonly turn: string;
  /** The turn of the same room that was its last one when this turn was asked. */
  readonly parent?: string;
  readonly conversation: string;
  readonly connection: string;
  readonly room: string;
  readonly surface: Surface;
  readonly model?: string;
  /** SHA-256 of the prompt, hex: finds a turn whose metadata is lost without keeping its text. */
  readonly promptHash: string;
  /** ISO 8601. */
  readonly askedAt: string;
  /** Kept only until the server holds the turn. */
  readonly prompt?: string;
  readonly outcome?: TurnOutcome;
}
