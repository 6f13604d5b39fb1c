import * as vscode from 'vscode';
import { readSlashCommand } from '../../chat/panel/slashCommand.ts';
import { showReceipt } from '../receipt/showReceipt.ts';
import { commandNames } from './commandCompletions.ts';
import { composedPrompt } from './composedPrompt.ts';
import type { Conversation } from './conversation.ts';
import type { PanelPage } from './panelPage.ts';
import type { PanelState } from './panelState.ts';
import type { Prompts } from './prompts.ts';

/** What stands in the composer of a page. */
interface TypedText {
  readonly page: PanelPage;
  readonly conversation: Conversation;
  readonly text: string;
}

/** Shows what would go out with a text: of commands, only `/new` sends anything, and in a new chat. */
export async function showPromptReceipt(
  { page, conversation, text }: TypedText,
  prompts: Prompts,
  state: PanelState,
): Promise<void> {
  const { conversations } = state;
  const { draftKey } = conversation;
  const command = readSlashCommand(text, commandNames);
  if (command && (command.name !== 'new' || command.text === '')) {
    page.notice(vscode.l10n.t('This command sends nothing.'));
    return;
  }
  const asked = command ? conversations.create() : conversation;
  conversations.acquire(asked);
  try {
    const { text: prompt, attachments } = await composedPrompt(command?.text ?? text, state.panel);
    await showReceipt({ conversation: asked, prompt, attachments, draftKey }, prompts, state);
  } finally {
    conversations.release(asked);
  }
}
