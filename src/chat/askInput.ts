import type { NewChatroom, RoomEndpoint } from '../api/endpoint.ts';
import type { Prompt } from './askRequest.ts';
import type { CarriedTranscripts } from './carriedTranscripts.ts';
import type { Clock } from './deltaBatcher.ts';
import type { Journal } from './journal.ts';
import type { L10n } from './l10n.ts';
import type { Placement } from './placement.ts';
import type { Surface, TurnBinding } from './turns.ts';

/** One prompt and where it goes. */
export interface AskInput extends Prompt {
  readonly endpoint: RoomEndpoint;
  /** Fingerprint of the endpoint's server and operator, kept with the turn. */
  readonly endpointId?: string;
  readonly placement: Placement;
  readonly journal: Journal;
  /** Keeps what is carried into a new room, for doors that read the room later. */
  readonly carriedTranscripts?: CarriedTranscripts;
  readonly surface: Surface;
  /** The placement's conversation, or a new id if it has none. */
  readonly conversation: string;
  /** A new id. */
  readonly turn: string;
  /** Name and metadata, in case a room must be made. */
  readonly newRoom: NewChatroom;
  readonly l10n: L10n;
  readonly signal?: AbortSignal;
  /** The real one if missing. */
  readonly clock?: Clock;
  /** Called as soon as the room is known, so that the binding survives a failure or a stop; again if it changes. */
  readonly onBinding?: (binding: TurnBinding) => void;
  /** Gets work that goes on after the answer; it never rejects. */
  readonly onBackground?: (work: Promise<void>) => void;
  /** Hears what the journal could not do; the answer goes on. */
  readonly onJournalError?: (error: unknown) => void;
}
