import type { ConversationState, PanelTurn } from '../../shared/panelMessages.ts';
import type { Conversation } from './conversation.ts';
import { conversationHeader } from './conversationHeader.ts';
import type { PanelState } from './panelState.ts';
import { shownTurn } from './roomTurns.ts';

/** Turns that a page gets at first, and code units of all of them. */
const firstTurns = 30;
const firstText = 400_000;

/** A conversation with its last turns, as a page gets it at first. Rejects with what the room's reading rejects with. */
export async function conversationState(
  conversation: Conversation,
  state: PanelState,
): Promise<Omit<ConversationState, 'draft' | 'edit'>> {
  for (;;) {
    const { count } = conversation;
    const first = Math.max(0, count - firstTurns);
    const turns = await conversation.turns(first, count - first);
    const header = await conversationHeader(conversation, state);
    // A turn was added meanwhile.
    if (conversation.count !== count) continue;
    let length = 0;
    const isOver = (turn: PanelTurn) =>
      (length += shownTurn(turn).prompt.length + turn.reply.length) > firstText;
    const from = Math.min(turns.findLastIndex(isOver) + 1, Math.max(0, turns.length - 1));
    return { ...header, first: first + from, turns: turns.slice(from) };
  }
}

/** The turns as pages show them, with what came of them while they were read. */
export function latestTurns(turns: readonly PanelTurn[], conversation: Conversation): PanelTurn[] {
  return turns.map((turn) => conversation.own(turn.id)?.live.turn ?? shownTurn(turn));
}
