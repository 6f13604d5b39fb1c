import * as vscode from 'vscode';
import type { Attachment } from '../../chat/attachments/attachment.ts';
import { builtInPrompts } from '../../chat/quickPrompts/builtInPrompts.ts';
import type { VisibleTurn } from '../../chat/turns.ts';
import { editorInSight } from '../attachments/sources/editors.ts';
import type { Attachments } from '../attachments/attachments.ts';
import { fillPrompt } from '../quickPrompts/preparePrompt.ts';

/** What a request of the Chat view, or of the panel’s composer, asks. */
export interface ChatPrompt {
  /** As it is sent. */
  readonly text: string;
  /** What a new room is named after. */
  readonly title: string;
  /** What the prompt itself brings along. */
  readonly attachments: readonly Attachment[];
}

/**
 * The prompt of a request; after `/explain` and the like it is that quick prompt, with what was typed. A sentence that
 * says what to do where that cannot be asked; undefined if the person changed their mind.
 */
export async function chatPrompt(
  { command, prompt: typed }: Pick<vscode.ChatRequest, 'command' | 'prompt'>,
  attachments: Pick<Attachments, 'platform' | 'sources'>,
  token?: vscode.CancellationToken,
): Promise<ChatPrompt | string | undefined> {
  const prompt = builtInPrompts(vscode.l10n).find(({ slash }) => slash === command);
  if (!prompt) return { text: typed, title: typed, attachments: [] };
  const editor = editorInSight();
  const asked = { prompt, typed: typed.trim(), ...(editor && { editor }) };
  const filled = await fillPrompt(asked, new Map(), attachments, async (question) => question(token));
  if (typeof filled !== 'object') return filled;
  return {
    text: filled.text,
    attachments: filled.attachments,
    title: [prompt.name, typed.trim()].filter(Boolean).join(': '),
  };
}

/** What is known of a turn by the history alone: after `/explain` and the like, what was typed and not what was sent. */
export function typedPrompt({
  command,
  prompt,
}: Pick<vscode.ChatRequestTurn, 'command' | 'prompt'>): Pick<VisibleTurn, 'prompt' | 'isCommand'> {
  const isQuickPrompt = builtInPrompts(vscode.l10n).some(({ slash }) => slash === command);
  return isQuickPrompt ? { prompt: `/${command} ${prompt}`.trim(), isCommand: true } : { prompt };
}
