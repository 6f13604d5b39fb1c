import type { Parameters } from '../../api/connection.ts';
import type { Prompt } from '../../chat/askRequest.ts';
import type { DescribedError } from '../../chat/describeError.ts';
import type { Placement } from '../../chat/placement.ts';
import type { ReplyEvent } from '../../chat/replyEvents.ts';
import type { Surface } from '../../chat/turns.ts';
import { settings } from '../../shared/contributions.ts';
import type { SentAttachments } from '../attachments/sentAttachments.ts';
import type { TurnTarget } from '../models/turnTarget.ts';
import type { TypedPrompt } from '../rooms/liveTurn.ts';
import { stringSetting } from '../settings.ts';
import type { Conversation } from './conversation.ts';

/** Another door through which a prompt comes into a room of the panel, and where its answer shows too. */
export interface PromptDoor {
  readonly surface: Surface;
  /** Id of the turn. */
  readonly turn: string;
  /** The connection and model that it goes to. */
  readonly target: TurnTarget;
  /** What a room that the prompt makes is named after. */
  readonly title: string;
  /** Its name, whatever the setting says. */
  readonly roomName?: string;
  /** Stops it. */
  readonly signal: AbortSignal;
  readonly show: (event: ReplyEvent) => void;
  /** No more comes; `error`: why there is no whole answer. */
  readonly end: (error?: unknown) => void;
}

/** What goes with a prompt. */
export interface PromptExtras {
  /** The turn whose prompt is asked once more because it got no whole answer. */
  readonly again?: string | undefined;
  /** Missing: the panel's own composer. */
  readonly door?: PromptDoor;
  /** Missing: as the prompt. */
  readonly typed?: TypedPrompt | undefined;
  /** They went out before, or are read when it is known which model gets them; undefined: there is none. */
  readonly attachments?: SentAttachments | ((target: TurnTarget | undefined) => Promise<SentAttachments>);
  /** Hears of the conversation that is made for it, before it goes out. */
  readonly onCreated?: (to: Conversation) => void;
}

/** Nothing is attached. */
export const noAttachments: SentAttachments = { names: [], text: '', media: [] };

/** A prompt, and where it goes. */
export interface PlacedPrompt {
  readonly target: TurnTarget;
  readonly placement: Placement;
  readonly prompt: string;
  readonly attachments: SentAttachments;
  /** What the conversation sets for its requests. */
  readonly parameters: Parameters;
  /** Under which what was typed is kept until a room has it. */
  readonly draftKey: string;
  readonly typed: TypedPrompt;
  readonly door?: PromptDoor;
}

/** A prompt that does not go out. */
export interface UnsentPrompt extends Pick<PlacedPrompt, 'attachments'> {
  readonly unsent: DescribedError;
}

/** What `ask` sends of a prompt. */
export function promptOf({
  target: { model },
  prompt,
  attachments: { text, media },
  parameters,
}: Pick<PlacedPrompt, 'target' | 'prompt' | 'attachments' | 'parameters'>): Prompt {
  const systemPrompt = stringSetting(settings.systemPrompt);
  return {
    prompt,
    media,
    parameters,
    ...(text && { attachments: text }),
    ...(systemPrompt && { systemPrompt }),
    ...(model !== undefined && { model }),
  };
}

/** What a failed turn's buttons need. */
export interface TurnProblem {
  readonly described: DescribedError;
  readonly target: TurnTarget;
}
