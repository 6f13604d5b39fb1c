import type { ChatMessage } from '../api/wire.ts';
import type { AskInput } from './askInput.ts';
import { type Prompt, userContent } from './askRequest.ts';
import type { CarriedTurn } from './carried.ts';
import { fingerprint } from './fingerprint.ts';
import type { ReplyEvent } from './replyEvents.ts';
import type { TurnRecord } from './turns.ts';

/** A turn of unknown outcome whose prompt and reply the room turned out to hold. */
export interface StoredReply {
  readonly record: TurnRecord;
  readonly text: string;
}

/** The reply that follows the last message with the turn's content; undefined if none does for certain. */
export async function findReply(
  messages: readonly ChatMessage[],
  { contentHash, promptHash }: TurnRecord,
): Promise<string | undefined> {
  // Images and files of a prompt may be messages of their own, between it and its reply.
  const ordered = (inOrder(messages) ?? []).filter(({ type, text }) => type === 'text' || text !== '');
  for (let i = ordered.length - 2; i >= 0; i -= 1) {
    const [message, next] = [ordered[i], ordered[i + 1]];
    if (message?.role !== 'user' || (await fingerprint(message.text)) !== (contentHash ?? promptHash))
      continue;
    const isReply = next?.role === 'assistant' && next.isPartial !== true && next.text.trim() !== '';
    return isReply ? next.text : undefined;
  }
  return undefined;
}

/**
 * Oldest first; no page of the wire contract says how a server lists them. Without times the order is certain only
 * if no answer comes first and no prompt last.
 */
function inOrder(messages: readonly ChatMessage[]): readonly ChatMessage[] | undefined {
  const timed = messages.map((message) => ({ message, time: Date.parse(message.created_at ?? '') }));
  if (timed.every(({ time }) => !Number.isNaN(time))) {
    return timed.toSorted((a, b) => a.time - b.time).map(({ message }) => message);
  }
  const isOldestFirst = messages[0]?.role !== 'assistant' && messages.at(-1)?.role === 'assistant';
  return isOldestFirst ? messages : undefined;
}

/** Whether this is the same message as the stored turn's: attachments may differ where the prompts do not. */
export async function isSameMessage(
  input: AskInput,
  carried: readonly CarriedTurn[],
  { record }: StoredReply,
): Promise<boolean> {
  const content = await fingerprint(userContent(input, carried));
  return (
    content === (record.contentHash ?? record.promptHash) && (await mediaHash(input)) === record.mediaHash
  );
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
  yield { type: 'textDelta', text };
  yield {
    type: 'finished',
    finishReason: undefined,
    model: record.model,
    isRefusal: false,
    isCut: false,
  };
}
