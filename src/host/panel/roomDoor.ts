import * as vscode from 'vscode';
import { conversationTokens } from '../../chat/attachments/conversationTokens.ts';
import { type SentAttachments, UnsentAttachments } from '../attachments/sentAttachments.ts';
import type { WantedModel } from '../models/turnTarget.ts';
import type { Conversation } from './conversation.ts';
import type { Conversations } from './conversations.ts';
import { wantedModel } from './modelPicks.ts';
import type { PanelState } from './panelState.ts';
import type { PromptDoor } from './placedPrompt.ts';
import type { Prompts } from './prompts.ts';

/** A prompt of another door. */
export interface AskedFor {
  /** `roomReference` of its room; missing: a new one. */
  readonly key?: string;
  readonly prompt: string;
  /** The turn whose prompt is asked once more because it got no whole answer. */
  readonly again?: string;
  /** Read when it is known how many tokens the room has already. */
  readonly attachments: (tokens: number) => Promise<SentAttachments>;
  /** The panel shows the room. */
  readonly shows: boolean;
}

interface DoorServices {
  readonly conversations: Conversations;
  readonly prompts: Pick<Prompts, 'send'>;
  readonly show: (conversation: Conversation) => Promise<void>;
}

/** As `ChatPanel.askFor`. */
export async function askThroughDoor(
  door: PromptDoor,
  { key, prompt, again, attachments, shows }: AskedFor,
  { conversations, prompts, show }: DoorServices,
): Promise<Conversation> {
  const known = key === undefined ? undefined : conversations.open(key);
  const conversation = known ?? conversations.create();
  conversations.acquire(conversation);
  try {
    if (shows) await show(conversation);
    await known?.refresh();
    const read = await attachments(conversationTokens(conversation.shown()));
    if (conversation.running.length > 0)
      throw new UnsentAttachments(
        vscode.l10n.t('An answer is still coming in this chatroom; stop it first, or wait for it.'),
      );
    const to = await prompts.send(conversation, prompt, {
      ...(again !== undefined && { again }),
      attachments: read,
      door,
    });
    if (to === conversation) return to;
    if (shows) await show(to);
    else conversations.release(to);
    return to;
  } finally {
    conversations.release(conversation);
  }
}

/** As `ChatPanel.modelOf`. */
export async function modelOfRoom(key: string, { conversations, panel }: PanelState): Promise<WantedModel> {
  const conversation = conversations.open(key);
  if (!conversation) return {};
  conversations.acquire(conversation);
  try {
    await conversation.refresh();
    return await wantedModel(conversation, panel);
  } finally {
    conversations.release(conversation);
  }
}
