import type { ConversationState, RoomKey } from '../shared/panelMessages.ts';
import type { TurnStore } from './transcript/turnStore.ts';

/**
 * Whether the page shows this conversation already: the same room, or a new chat that has become one, or is a new chat
 * still. A fork shares turns too, but has another room. `isAwaited`: it ends with the prompt that went out.
 */
export function isSameConversation(
  { room, turns }: ConversationState,
  shownRoom: RoomKey | undefined,
  shownTurns: Pick<TurnStore, 'indexOf' | 'count'>,
  isAwaited: boolean,
): boolean {
  if (shownRoom !== undefined) return shownRoom === room;
  const isContinued = turns.some(({ id }) => shownTurns.indexOf(id) !== undefined);
  return isContinued || (room === undefined ? shownTurns.count === 0 : isAwaited);
}
