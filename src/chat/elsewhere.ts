import type { ChatroomOperations } from '../api/endpoint.ts';
import type { L10n } from './l10n.ts';
import type { ContinuePlacement } from './placement.ts';
import { countForeign, readRoom } from './roomMessages.ts';
import type { NoticeEvent } from './replyEvents.ts';
import type { TurnRecord } from './turns.ts';

/** Turns that this conversation does not show. */
export interface Elsewhere {
  /** In all, to be remembered. */
  readonly total: number;
  /** Of which the person has not been told. */
  readonly added: number;
}

/** Turns that other doors, windows and conversations added to the room, as far as the journal knows them. */
export function turnsElsewhere({ records, conversation }: ContinuePlacement): Elsewhere {
  const isOwn = (record: TurnRecord) =>
    record.surface === 'participant' && record.conversation === conversation;
  const total = records.filter((record) => !isOwn(record) && record.outcome === 'answered').length;
  const told = Math.max(0, ...records.filter(isOwn).map(({ elsewhere = 0 }) => elsewhere));
  return { total, added: Math.max(0, total - told) };
}

/** Turns that another client added on the server: user messages that no record accounts for. */
export async function foreignTurns(
  chatrooms: Pick<ChatroomOperations, 'listMessages'>,
  placement: ContinuePlacement,
  current: TurnRecord,
  signal: AbortSignal | undefined,
): Promise<Elsewhere> {
  const { room, records, carried, conversation } = placement;
  const messages = await readRoom(chatrooms, room, signal);
  const total = await countForeign(messages, [...records, current], carried);
  const own = records.filter((record) => record.conversation === conversation);
  const told = Math.max(0, ...own.map(({ foreign = 0 }) => foreign));
  return { total, added: Math.max(0, total - told) };
}

/** Says that turns were added elsewhere. */
export function elsewhereNotice(added: number, l10n: L10n): NoticeEvent {
  const text =
    added === 1
      ? l10n.t('1 turn was added to this chatroom elsewhere.')
      : l10n.t('{0} turns were added to this chatroom elsewhere.', added);
  return { type: 'notice', text, isElsewhere: true };
}
