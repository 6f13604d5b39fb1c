import * as vscode from 'vscode';
import { type Attachment, isMedia } from '../../chat/attachments/attachment.ts';
import type { Outgoing } from '../../chat/attachments/outgoing.ts';
import { byteText } from '../../chat/byteText.ts';
import { cleanName } from '../../chat/untrusted.ts';
import type { PanelAttachment, PanelContext } from '../../shared/panelMessages.ts';

/** What the next request holds, as the page shows it. `tokens`: of all but the attachments. */
export function contextOf(
  attachments: readonly Attachment[],
  out: Outgoing,
  tokens: number,
  limit: number | undefined,
): PanelContext {
  const all = tokens + out.tokens;
  return {
    attachments: attachments.map((attachment) => panelAttachment(attachment, out)),
    tokens: all,
    ...(limit !== undefined && { limit }),
    summary: [summaryOf(all, limit), ...cutRule(out)].join(' '),
  };
}

/** The rule by which attachments are cut, if any is. */
export function cutRule({ texts }: Outgoing): string[] {
  if (texts.every(({ linesLeftOut }) => linesLeftOut === 0)) return [];
  return [
    vscode.l10n.t(
      'The attachments do not all fit into the model’s window: small ones go whole, the largest are cut at their end to the same size.',
    ),
  ];
}

/** Where an attachment is from: its name with its lines. */
function placeOfAttachment(attachment: Attachment): string {
  const isWhole = attachment.kind === 'file' || isMedia(attachment);
  if (isWhole || attachment.firstLine === undefined) return attachment.name;
  const last = attachment.firstLine + attachment.text.replace(/\r?\n$/, '').split('\n').length - 1;
  return `${attachment.name}:${attachment.firstLine}-${last}`;
}

/** What of an attachment stays behind, in one sentence. */
export function cutText(linesLeftOut: number): string {
  return vscode.l10n.t('Cut to fit the model’s window: {0} lines are left out.', format(linesLeftOut));
}

/** How much of an attachment goes out. */
function sizeText(attachment: Attachment, out: Outgoing): string {
  if (isMedia(attachment)) return byteText(Math.floor((attachment.data.length * 3) / 4));
  const text = out.texts.find(({ id }) => id === attachment.id);
  return text ? vscode.l10n.t('{0} tokens', format(text.tokens)) : '';
}

function panelAttachment(attachment: Attachment, out: Outgoing): PanelAttachment {
  const { id, kind, name, sendsSecrets } = attachment;
  const text = out.texts.find((each) => each.id === id);
  const problem = out.problems.find((each) => each.id === id)?.problem;
  const isPath = attachment.kind === 'file' || ('uri' in attachment && attachment.uri !== undefined);
  return {
    id,
    kind,
    name: cleanName(isPath ? name.slice(name.lastIndexOf('/') + 1) : name, 120),
    details: cleanName(placeOfAttachment(attachment), 300),
    size: sizeText(attachment, out),
    ...(text && text.linesLeftOut > 0 && { cut: cutText(text.linesLeftOut) }),
    ...(problem !== undefined && { problem }),
    secrets: text?.secrets ?? 0,
    sendsSecrets,
  };
}

function summaryOf(tokens: number, limit: number | undefined): string {
  return limit === undefined
    ? vscode.l10n.t('About {0} tokens; the model’s window is not known.', format(tokens))
    : vscode.l10n.t('About {0} of {1} tokens.', format(tokens), format(limit));
}

function format(value: number): string {
  return value.toLocaleString(vscode.env.language);
}
