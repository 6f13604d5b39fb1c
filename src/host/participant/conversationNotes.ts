import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { dialectOf } from '../../api/dialects.ts';
import { parseModelId } from '../../chat/modelChoice.ts';
import { escapeMarkdown } from '../../chat/untrusted.ts';
import { settings } from '../../shared/contributions.ts';
import type { Connections } from '../connections/connections.ts';
import { stringSetting } from '../settings.ts';
import type { TurnTarget } from '../models/turnTarget.ts';

/** What a new conversation should know, as inert markdown: faulty settings, and a picker that is not asked. */
export function conversationNotes(connections: Connections, target: TurnTarget, picked: string): string[] {
  return [
    ...connections.problems().map(({ message }) => escapeMarkdown(message)),
    ...defaultModelNotes(connections),
    ...(target.otherVendorPicked ? [otherVendorNote(target, picked)] : []),
  ];
}

/** What to say instead of an answer where there is no connection at all. */
export function noConnectionText(connections: Connections): string {
  const [problem] = connections.problems();
  return problem
    ? escapeMarkdown(problem.message)
    : vscode.l10n.t('There is no connection in tachyon.connections; add one.');
}

/** What to say instead of an answer where the connection has no key. */
export function signInText(connections: Connections, { name, kind }: Connection): string {
  const text = vscode.l10n.t(
    'There is no key for “{0}” yet. Sign in, and this prompt is answered without typing it again. The key is kept in VS Code’s secret storage only.',
    escapeMarkdown(name),
  );
  const rooms = dialectOf(kind).hasChatrooms
    ? vscode.l10n.t('Names and contents of chatrooms are stored by the operator you choose.')
    : vscode.l10n.t('Chatrooms of this connection are kept on this machine.');
  const problems = connections.problems().map(({ message }) => `> ${escapeMarkdown(message)}`);
  return [`${text} ${rooms}`, ...problems].join('\n\n');
}

function defaultModelNotes(connections: Connections): string[] {
  const setting = stringSetting(settings.defaultModel);
  const named = parseModelId(setting)?.connection;
  if (named === undefined || connections.get(named)) return [];
  return [
    vscode.l10n.t(
      'tachyon.defaultModel is “{0}”, but there is no connection “{1}”; write it as connection/model.',
      escapeMarkdown(setting),
      escapeMarkdown(named),
    ),
  ];
}

function otherVendorNote({ connection, model }: TurnTarget, picked: string): string {
  return vscode.l10n.t(
    '@tachyon answers with {0}; the model in the picker ({1}) gets nothing.',
    escapeMarkdown(model ?? connection.name),
    escapeMarkdown(picked),
  );
}
