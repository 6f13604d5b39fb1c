import * as vscode from 'vscode';
import { sha256Hex } from '../../chat/fingerprint.ts';
import { cleanName } from '../../chat/untrusted.ts';

const allowedKey = 'allowedPromptFiles';
/** Texts that are remembered. */
const most = 200;

/** A prompt file of the workspace, and what it wants that a workspace may not have unasked. */
export interface WantingFile {
  readonly id: string;
  readonly name: string;
  /** All of it. */
  readonly text: string;
  /** One line each, for the person. */
  readonly wants: readonly string[];
}

/** Asks once for each text of a file whether it may have what it wants. */
export async function isAllowed(
  { id, name, text, wants }: WantingFile,
  state: vscode.Memento,
): Promise<boolean> {
  if (wants.length === 0) return true;
  const known = allowed(state);
  const hash = await sha256Hex(`${id}\n${text}`);
  if (known.includes(hash)) return true;
  const allow = vscode.l10n.t('Allow');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Let the workspace’s prompt “{0}” do this?', cleanName(name, 80)),
    { modal: true, detail: wants.join('\n') },
    allow,
  );
  if (answer !== allow) return false;
  await state.update(allowedKey, [...known, hash].slice(-most));
  return true;
}

function allowed(state: vscode.Memento): string[] {
  const kept = state.get<unknown>(allowedKey);
  return Array.isArray(kept) ? kept.filter((hash) => typeof hash === 'string') : [];
}
