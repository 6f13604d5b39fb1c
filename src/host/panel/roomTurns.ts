import type { Connection } from '../../api/connection.ts';
import { splitAttachments } from '../../chat/attachments/splitAttachments.ts';
import type { CarriedTurn } from '../../chat/carried.ts';
import type { L10n } from '../../chat/l10n.ts';
import type { MessageTurn } from '../../chat/messageTurns.ts';
import type { TurnOutcome, TurnRecord } from '../../chat/turns.ts';
import { cleanName } from '../../chat/untrusted.ts';
import { turnUsage, usageText } from '../../chat/usageText.ts';
import type { PanelTurn, TurnState } from '../../shared/panelMessages.ts';

/** What beside its messages says how a room's turn stands. */
export interface TurnFacts {
  readonly connection: Connection;
  readonly record: TurnRecord | undefined;
  /** What the journal kept of its reply. */
  readonly kept: string | undefined;
  readonly hasRequest: boolean;
  /** Another window answers it, or nobody has looked yet what became of it. */
  readonly unfinishedState: TurnState;
  readonly l10n: L10n;
}

/** A turn that the room holds. */
export function heldTurn(turn: MessageTurn, facts: TurnFacts): PanelTurn {
  const { record, kept = '' } = facts;
  const reply = longer(kept, turn.reply);
  const isWhole = turn.reply !== '' && !turn.isPartial;
  const askedAt = record?.askedAt ?? turn.askedAt;
  const state = record ? stateOf(record.outcome, facts) : isWhole ? 'answered' : facts.unfinishedState;
  return {
    ...described(facts),
    id: record?.turn ?? `m.${turn.id}`,
    prompt: turn.prompt,
    attachments: turn.attachments,
    reply,
    reasoning: turn.reasoning,
    ...ending(state, reply, facts.l10n),
    ...(askedAt !== undefined && { askedAt }),
  };
}

/** What the journal kept of a reply, where the room has less of it. */
export function longer(kept: string, held: string): string {
  return kept.length > held.length ? kept : held;
}

/** A turn whose prompt is only here: no server took it. */
export function unheldTurn(record: TurnRecord, facts: TurnFacts): PanelTurn {
  const reply = facts.kept ?? '';
  return {
    ...described(facts),
    id: record.turn,
    prompt: record.prompt ?? '',
    reply,
    askedAt: record.askedAt,
    ...ending(stateOf(record.outcome, facts), reply, facts.l10n),
  };
}

/** A turn that was carried into the room from another one. */
export function carriedTurn({ prompt, reply }: CarriedTurn, index: number): PanelTurn {
  return {
    ...blank,
    id: `c.${index}`,
    prompt,
    reply,
    state: reply === '' ? 'interrupted' : 'answered',
    canFork: true,
  };
}

/** The turn as a page shows it: attachments by their names, and not their text in the prompt. */
export function shownTurn(turn: PanelTurn): PanelTurn {
  const { names, prompt } = splitAttachments(turn.prompt);
  if (names.length === 0) return turn;
  const cleaned = names.map((name) => cleanName(name, 400));
  return { ...turn, prompt, attachments: [...cleaned, ...turn.attachments] };
}

const blank = {
  attachments: [],
  reasoning: '',
  alternatives: [],
  notices: [],
  actions: [],
  hasRequest: false,
} as const;

function described({ record, connection, hasRequest, l10n }: TurnFacts) {
  const model = record?.model;
  const price = model === undefined ? undefined : connection.models?.[model]?.price;
  return {
    ...blank,
    hasRequest,
    ...(model !== undefined && { model: cleanName(model, 200) }),
    ...(record?.usage && { usage: usageText(turnUsage(record.usage, price), l10n) }),
  };
}

function stateOf(outcome: TurnOutcome | undefined, { unfinishedState }: TurnFacts): TurnState {
  if (outcome === undefined || outcome === 'unknown') return unfinishedState;
  return outcome === 'refused' ? 'failed' : outcome;
}

/** What is said of a turn without a whole answer. One that the person stopped needs no word. */
function ending(
  state: TurnState,
  reply: string,
  l10n: L10n,
): Pick<PanelTurn, 'state' | 'actions' | 'canFork' | 'problem'> {
  const isLost = state === 'failed' || state === 'interrupted';
  if (!isLost) return { state, actions: [], canFork: state === 'answered' || state === 'stopped' };
  const interrupted =
    reply === ''
      ? l10n.t('The prompt was interrupted before its answer came.')
      : l10n.t('The answer was interrupted here.');
  const problem = state === 'failed' ? l10n.t('The answer failed.') : interrupted;
  return { state, actions: ['askAgain'], canFork: true, problem };
}
