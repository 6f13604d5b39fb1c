import type { ConversationState, PanelRoom, PanelTurn } from '../../../../src/shared/panelMessages.ts';

/** A turn; what is not given is as after an ordinary answer. */
export function aTurn(turn: Partial<PanelTurn> & { readonly id: string }): PanelTurn {
  return {
    prompt: 'What is a chatroom?',
    attachments: [],
    reply: 'A stored conversation.',
    reasoning: '',
    state: 'answered',
    alternatives: [],
    notices: [],
    actions: [],
    model: 'demo-large',
    askedAt: '2026-11-20T10:00:00Z',
    hasRequest: true,
    canFork: true,
    ...turn,
  };
}

/** Many turns of quite different heights, each with its number as `turn N`. */
export function manyTurns(count: number): PanelTurn[] {
  return Array.from({ length: count }, (_, index) =>
    aTurn({
      id: `t${index}`,
      prompt: `Prompt of turn ${index}`,
      reply: `Reply of turn ${index}\n\n${'A sentence of some words. '.repeat((index * 7) % 60)}\n\n- one\n- two`,
    }),
  );
}

/** A conversation that shows the last turns of all. */
export function aConversation(
  turns: readonly PanelTurn[],
  state: Partial<ConversationState> = {},
): ConversationState {
  const first = Math.max(0, turns.length - 20);
  return {
    room: 'room-1',
    name: 'Chatrooms and windows',
    details: 'tachyon · my-project',
    count: turns.length,
    first,
    turns: turns.slice(first),
    draft: '',
    parameters: '',
    usage: '',
    model: 'demo-large',
    isLoading: false,
    problemActions: [],
    ...state,
  };
}

/** The page before the first prompt. */
export function aNewChat(state: Partial<ConversationState> = {}): ConversationState {
  const { room: _room, ...rest } = aConversation([]);
  return { ...rest, name: 'New Chat', details: 'tachyon', ...state };
}

/** A chatroom of the list. */
export function aRoom(room: Partial<PanelRoom> & { readonly key: string }): PanelRoom {
  return {
    name: `Room ${room.key}`,
    details: 'tachyon · my-project',
    updatedAt: '2026-11-20T10:00:00Z',
    isPinned: false,
    ...room,
  };
}
