import * as vscode from 'vscode';
import { type QuickState, quickLookText, stateText } from '../../chat/panel/quickLook.ts';
import type { ConversationHeader, TurnState } from '../../shared/panelMessages.ts';
import type { Conversation } from './conversation.ts';

/** What a view's title bar and an editor's tab say of the conversation. */
export interface PanelLook {
  readonly name: string;
  /** Connection, state and usage. */
  readonly description: string;
  /** Name and state, for where there is only one line. */
  readonly title: string;
}

/** A conversation at a glance. */
export function panelLook(
  conversation: Conversation,
  { name, model, usage, problem }: ConversationHeader,
): PanelLook {
  const { view, running } = conversation;
  const place = view?.place.connection.name ?? model;
  const state =
    running.map(({ live }) => quickState(live.turn.state)).at(-1) ?? (problem ? 'problem' : undefined);
  const known = state && { state };
  return {
    name,
    description: quickLookText({ place, usage, ...known }, vscode.l10n),
    title: state ? `${name} (${stateText(state, vscode.l10n)})` : name,
  };
}

function quickState(state: TurnState): QuickState | undefined {
  return state === 'sending' || state === 'waiting' || state === 'streaming' || state === 'recovering'
    ? state
    : undefined;
}
