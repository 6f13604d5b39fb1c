import type { AskInput } from './askInput.ts';
import type { L10n } from './l10n.ts';
import { settleTurns } from './recoverRoom.ts';
import type { ReplyEvent } from './replyEvents.ts';
import { missingRest } from './roomTurn.ts';
import type { UnfinishedTurn } from './turns.ts';

/** Tells what became of the visible turns whose end nobody has seen, before the next one is sent. */
export async function* recoverEarlier(input: AskInput): AsyncGenerator<ReplyEvent, void, void> {
  const { placement, l10n, signal, onJournalError } = input;
  const { unfinished = [] } = placement;
  if (unfinished.length === 0) return;
  yield { type: 'progress', text: l10n.t('Looking for the rest of an earlier answer…') };
  for (const turn of unfinished) {
    try {
      yield* recoverOne(input, turn);
    } catch (error) {
      signal?.throwIfAborted();
      onJournalError?.(error);
    }
  }
}

async function* recoverOne(
  { endpoint, journal, clock, signal, l10n }: AskInput,
  { record, shown }: UnfinishedTurn,
): AsyncGenerator<ReplyEvent, void, void> {
  const { room, turn } = record;
  if (room === undefined) {
    await journal.update(turn, undefined, { outcome: 'interrupted' });
    yield { type: 'notice', text: interruptedText('', l10n) };
    return;
  }
  const { kind, chatrooms } = endpoint;
  const from = { room, kind, chatrooms, journal, ...(clock && { clock }), ...(signal && { signal }) };
  const [settled] = await settleTurns(from, [record]);
  if (!settled) return;
  if (settled.reply === undefined) {
    // Of a dead connection the person was told when it died.
    if (record.outcome === undefined) yield { type: 'notice', text: interruptedText(shown, l10n) };
    return;
  }
  const rest = missingRest(settled.reply, shown);
  if (rest?.trim() === '') return;
  yield {
    type: 'earlierReply',
    isRest: rest !== undefined && shown.trim() !== '',
    text: rest ?? settled.reply,
  };
}

function interruptedText(shown: string, l10n: L10n): string {
  return shown.trim() === ''
    ? l10n.t('A prompt above was interrupted before its answer came.')
    : l10n.t('An answer above was interrupted; the chatroom has no more of it.');
}
