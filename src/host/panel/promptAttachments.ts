import type { Attachment } from '../../chat/attachments/attachment.ts';
import { conversationTokens } from '../../chat/attachments/conversationTokens.ts';
import type { Outgoing } from '../../chat/attachments/outgoing.ts';
import { estimateTokens } from '../../chat/tokenEstimate.ts';
import { settings } from '../../shared/contributions.ts';
import { type HeldAttachments, keyOf } from '../attachments/attachmentTray.ts';
import { type InputRules, inputRules } from '../attachments/inputRules.ts';
import { readOutgoing, type SentAttachments, toSend } from '../attachments/sentAttachments.ts';
import type { TurnTarget } from '../models/turnTarget.ts';
import { stringSetting } from '../settings.ts';
import type { Conversation } from './conversation.ts';
import type { PanelServices } from './panelServices.ts';

/** A prompt that attachments go out with. */
export interface AttachedTo {
  readonly conversation: Conversation;
  readonly target: Pick<TurnTarget, 'connection' | 'model'> | undefined;
  readonly prompt: string;
}

/** Attachments as they would go out with a prompt, the rules of its model, and the tokens of what goes out besides. Never rejects. */
export async function outgoingNow(
  attachments: readonly Attachment[],
  { conversation, target, prompt }: AttachedTo,
  panel: Pick<PanelServices, 'attachments' | 'models'>,
): Promise<{ readonly out: Outgoing; readonly rules: InputRules; readonly tokens: number }> {
  const rules = inputRules(target?.connection, target?.model, panel.models);
  const systemPrompt = stringSetting(settings.systemPrompt) ?? '';
  const tokens = conversationTokens(conversation.shown()) + estimateTokens(systemPrompt);
  const out = await readOutgoing(attachments, { rules, tokens, prompt }, panel.attachments.platform);
  return { out, rules, tokens };
}

/** The attachments that a prompt brings along, then those of the composer that are not among them. */
export function withOwn(own: readonly Attachment[], attached: readonly Attachment[]): readonly Attachment[] {
  const keys = new Set(own.map(keyOf));
  return [...own, ...attached.filter((each) => !keys.has(keyOf(each)))];
}

/** The same to be sent now, after what the prompt brings along. Throws `UnsentAttachments`. */
export async function sentNow(
  own: readonly Attachment[],
  held: HeldAttachments,
  to: AttachedTo,
  panel: Pick<PanelServices, 'attachments' | 'models'>,
): Promise<SentAttachments> {
  const all = withOwn(own, held.attachments);
  const { out } = await outgoingNow(all, to, panel);
  return {
    ...toSend(all, out),
    taken: () => held.taken(),
    release: () => held.release(),
  };
}
