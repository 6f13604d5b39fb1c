import * as vscode from 'vscode';
import { readSlashCommand } from '../../chat/panel/slashCommand.ts';
import { builtInPrompts } from '../../chat/quickPrompts/builtInPrompts.ts';
import { UnsentAttachments } from '../attachments/sentAttachments.ts';
import { type ChatPrompt, chatPrompt } from '../participant/chatPrompt.ts';
import type { PanelServices } from './panelServices.ts';

/**
 * What a text of the composer asks: after `/explain` and the like it is that quick prompt, as for `@tachyon`. Throws an
 * {@link UnsentAttachments} that says what to do where that cannot be asked, and an `AbortError` if the person changed
 * their mind.
 */
export async function composedPrompt(
  text: string,
  { attachments }: Pick<PanelServices, 'attachments'>,
): Promise<ChatPrompt> {
  const names = builtInPrompts(vscode.l10n).map(({ slash }) => slash);
  const command = readSlashCommand(text, names);
  const asked = await chatPrompt({ command: command?.name, prompt: command?.text ?? text }, attachments);
  if (asked === undefined) throw new DOMException('No answer to a question of the prompt', 'AbortError');
  if (typeof asked === 'string') throw new UnsentAttachments(asked);
  return asked;
}
