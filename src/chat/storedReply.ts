import type { AskInput } from './askInput.ts';
import { type Prompt, userContent } from './askRequest.ts';
import type { CarriedTurn } from './carried.ts';
import { fingerprint } from './fingerprint.ts';
import type { ReplyEvent } from './replyEvents.ts';
import { hashOf } from './roomTurn.ts';
import type { TurnRecord } from './turns.ts';

/** A turn of unknown outcome whose prompt and reply the room turned out to hold. */
export interface StoredReply {
  readonly record: TurnRecord;
  readonly text: string;
}

/** Whether this is the same message as the stored turn's: attachments may differ where the prompts do not. */
export async function isSameMessage(
  input: AskInput,
  carried: readonly CarriedTurn[],
  { record }: StoredReply,
): Promise<boolean> {
  const content = await fingerprint(userContent(input, carried));
  return content === hashOf(record) && (await mediaHash(input)) === record.mediaHash;
}

/** Fingerprint of what a prompt holds besides text; undefined if there is nothing. */
export async function mediaHash({ media = [] }: Prompt): Promise<string | undefined> {
  return media.length === 0 ? undefined : fingerprint(JSON.stringify(media));
}

/** Answers with what the room holds. The new visible turn is the stored one, whose outcome is known from now on. */
export async function* replyFromRoom(
  { l10n, journal, onBinding, onJournalError }: AskInput,
  room: string,
  { record, text }: StoredReply,
): AsyncGenerator<ReplyEvent, void, void> {
  const { conversation, connection, endpoint, turn } = record;
  onBinding?.({ conversation, room, connection, turn, ...(endpoint !== undefined && { endpoint }) });
  try {
    await journal.update(turn, room, { outcome: 'answered', prompt: undefined });
  } catch (error) {
    onJournalError?.(error);
  }
  yield {
    type: 'notice',
    text: l10n.t('The server had stored the answer to this prompt; nothing was sent again.'),
  };
  yield { type: 'state', state: 'recovered' };
  yield { type: 'textDelta', text };
  yield {
    type: 'finished',
    finishReason: undefined,
    model: record.model,
    isRefusal: false,
    isCut: false,
  };
}
