import * as vscode from 'vscode';
import type { Outgoing } from '../../chat/attachments/outgoing.ts';
import { escapeMarkdown } from '../../chat/untrusted.ts';
import { cutRule, cutText } from './contextOf.ts';

/** What of attachments does not go out, or is masked or cut, in sentences of inert markdown. `names`: by id. */
export function outgoingNotes(out: Outgoing, names: ReadonlyMap<string, string>): string[] {
  const notes = out.texts.flatMap(({ id, secrets, linesLeftOut }) => {
    const label = escapeMarkdown(names.get(id) ?? '');
    return [
      ...(secrets > 0 ? [vscode.l10n.t('{0}: likely secrets were masked ({1}).', label, secrets)] : []),
      ...(linesLeftOut > 0 ? [`${label}: ${cutText(linesLeftOut)}`] : []),
    ];
  });
  return [...out.problems.map(({ problem }) => problem), ...notes, ...cutRule(out)];
}
