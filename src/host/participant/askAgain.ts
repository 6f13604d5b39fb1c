import * as vscode from 'vscode';
import { modelVendor, participant } from '../../shared/contributions.ts';

/** The prompt in the arguments of a button; undefined for anything else. Arguments of commands are untrusted. */
export function promptOf(argument: unknown): string | undefined {
  if (typeof argument !== 'object' || argument === null || !('prompt' in argument)) return undefined;
  const { prompt } = argument;
  return typeof prompt === 'string' && prompt.trim() !== '' ? prompt : undefined;
}

/**
 * Sends a prompt to `@tachyon` in the Chat view, as if it had been typed, with the picker's model or with `model`.
 * An empty prompt only opens the view.
 */
export async function askInChatView(prompt: string, model?: string): Promise<void> {
  // Resolves our models first: a prompt sent while the picker has none fails before the handler is called.
  await vscode.lm.selectChatModels({ vendor: modelVendor });
  await vscode.commands.executeCommand('workbench.action.chat.open', {
    query: `@${participant.name} ${prompt}`,
    isPartialQuery: prompt === '',
    ...(model !== undefined && { modelSelector: { vendor: modelVendor, id: model } }),
  });
}
