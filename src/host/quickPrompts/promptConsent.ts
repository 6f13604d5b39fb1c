import * as vscode from 'vscode';
import { sha256Hex } from '../../chat/fingerprint.ts';
import type { QuickPrompt } from '../../chat/quickPrompts/quickPrompt.ts';
import { cleanName } from '../../chat/untrusted.ts';

const allowedKey = 'allowedPromptFiles';
/** Prompts that are remembered. */
const most = 200;

/**
 * Asks once for each text of a workspace's prompt, and for what its file says beside it, whether it may have what it wants:
 * one line each, for the person.
 */
export async function isAllowed(
  { id, file, name, prompt, target, model, room }: QuickPrompt,
  wants: readonly string[],
  state: vscode.Memento,
): Promise<boolean> {
  if (wants.length === 0) return true;
  const known = allowed(state);
  const hash = await sha256Hex(JSON.stringify([id, prompt, target, model, room]));
  if (known.includes(hash)) return true;
  const allow = vscode.l10n.t('Allow');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Let the workspace’s prompt “{0}” do this?', cleanName(name, 80)),
    { modal: true, detail: [...wants, ...(file === undefined ? [] : [file])].join('\n') },
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
