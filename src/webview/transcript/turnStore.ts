import type { ConversationState, PanelTurn, TurnPatch, TurnState } from '../../shared/panelMessages.ts';

/** So many turns are kept in memory; the host has the others. */
const keptTurns = 400;

/** A turn whose reply grows in place. */
export type HeldTurn = { -readonly [Key in keyof PanelTurn]: PanelTurn[Key] };

/** The turns of a conversation that the page holds at the moment. */
export interface TurnStore {
  readonly count: number;
  /** How many are held. */
  readonly size: number;
  /** Index of the turn whose answer is still coming. */
  readonly runningIndex: number | undefined;
  get(index: number): HeldTurn | undefined;
  indexOf(id: string): number | undefined;
  find(id: string): HeldTurn | undefined;
  /** Takes over a conversation; held turns stay if it continues the one before. */
  reset(conversation: ConversationState, isSame: boolean): void;
  setCount(count: number): void;
  put(first: number, turns: readonly PanelTurn[]): void;
  patch(index: number, patch: TurnPatch): void;
  /** Forgets turns far from `index`, if it holds too many; not those that are kept. */
  trim(index: number, isKept: (index: number) => boolean): void;
}

/** Whether nothing more comes. */
export function isFinal(state: TurnState): boolean {
  return state === 'answered' || state === 'interrupted' || state === 'stopped' || state === 'failed';
}

/** An empty store. */
export function createTurnStore(): TurnStore {
  const turns = new Map<number, HeldTurn>();
  const indexes = new Map<string, number>();
  let count = 0;

  const forget = (index: number): void => {
    const turn = turns.get(index);
    if (turn === undefined) return;
    turns.delete(index);
    if (indexes.get(turn.id) === index) indexes.delete(turn.id);
  };
  const put = (first: number, added: readonly PanelTurn[]): void => {
    for (const [offset, turn] of added.entries()) {
      forget(first + offset);
      turns.set(first + offset, { ...turn });
      indexes.set(turn.id, first + offset);
    }
    count = Math.max(count, first + added.length);
  };

  return {
    get count() {
      return count;
    },
    get size() {
      return turns.size;
    },
    get runningIndex() {
      const running = [...turns].filter(([, turn]) => !isFinal(turn.state)).map(([index]) => index);
      return running.length === 0 ? undefined : Math.max(...running);
    },
    get: (index) => turns.get(index),
    indexOf: (id) => indexes.get(id),
    find: (id) => turns.get(indexes.get(id) ?? -1),
    reset(conversation, isSame) {
      const start = conversation.turns[0];
      // Earlier turns are still right if the conversation only grew.
      const isGrown = isSame && start !== undefined && indexes.get(start.id) === conversation.first;
      for (const index of turns.keys()) if (!isGrown || index >= conversation.first) forget(index);
      count = conversation.count;
      put(conversation.first, conversation.turns);
    },
    setCount(changed) {
      count = changed;
      for (const index of turns.keys()) if (index >= changed) forget(index);
    },
    put,
    patch(index, patch) {
      const turn = turns.get(index);
      if (turn !== undefined) Object.assign(turn, patch);
    },
    trim(center, isKept) {
      if (turns.size <= keptTurns) return;
      const byDistance = [...turns].toSorted(([a], [b]) => Math.abs(b - center) - Math.abs(a - center));
      // A turn that is still coming stays: its pieces are not sent twice.
      const far = byDistance.filter(([index, turn]) => !isKept(index) && isFinal(turn.state));
      for (const [index] of far.slice(0, turns.size - keptTurns / 2)) forget(index);
    },
  };
}
