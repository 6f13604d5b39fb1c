import * as vscode from 'vscode';
import type { Attachment } from '../../chat/attachments/attachment.ts';
import { receiptText } from '../../chat/attachments/receiptText.ts';
import { estimateTokens } from '../../chat/tokenEstimate.ts';
import { cleanName } from '../../chat/untrusted.ts';
import { contextOf } from '../attachments/contextOf.ts';
import { noConnectionText, signInText } from '../participant/conversationNotes.ts';
import type { Conversation } from '../panel/conversation.ts';
import type { PanelState } from '../panel/panelState.ts';
import { outgoingNow, withOwn } from '../panel/promptAttachments.ts';
import type { Prompts } from '../panel/prompts.ts';

/** A prompt that may go out, and whose attachments go along: those of the composer that it is typed in. */
interface ReceiptPrompt {
  readonly conversation: Conversation;
  readonly prompt: string;
  /** What the prompt itself brings along. */
  readonly attachments: readonly Attachment[];
  readonly draftKey: string;
}

/** Opens what would go out with a text and what is attached, as a read-only document. Throws `ApiError`. */
export async function showReceipt(
  { conversation, prompt, attachments, draftKey }: ReceiptPrompt,
  prompts: Prompts,
  { panel, roomNames }: PanelState,
): Promise<void> {
  const title = vscode.l10n.t('What Will Be Sent');
  const target = await prompts.target(conversation);
  const { documents } = panel.attachments;
  if (!target) return documents.show(title, noConnectionText(panel.connections));
  if ((await panel.connections.missing(target.connection)) === 'credential')
    return documents.show(title, signInText(panel.connections, target.connection));
  const tray = panel.attachments.trays.of(draftKey);
  await tray.loaded;
  const all = withOwn(attachments, tray.shown);
  const { out, rules, tokens } = await outgoingNow(all, { conversation, target, prompt }, panel);
  // Secrets that go out as they are stand in no document.
  const shown = { names: [], text: out.shownText, media: out.media };
  const { request, placement } = await prompts.plan(conversation, prompt, target, shown);
  const context = contextOf(all, out, tokens + estimateTokens(prompt), rules.limit);
  const { view } = conversation;
  const room =
    view && placement.kind === 'continue'
      ? (roomNames.get(view.key)?.room.name ?? placement.room)
      : undefined;
  const text = receiptText(
    {
      connection: target.connection.name,
      model: target.model,
      room: room === undefined ? undefined : cleanName(room, 200),
      summary: context.summary,
      attachments: context.attachments.map((attachment) => ({ ...attachment, name: attachment.details })),
      server: new URL(request.url).origin,
      body: request.body ?? '',
    },
    vscode.l10n,
  );
  await documents.show(title, text);
}
