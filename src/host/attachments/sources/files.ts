import * as vscode from 'vscode';
import type { NewAttachment } from '../../../chat/attachments/attachment.ts';
import { mediaKind } from '../../../chat/attachments/attachment.ts';
import { decodeText } from '../../../chat/decodeText.ts';
import { mediaType, toBase64 } from '../../../chat/mediaPart.ts';
import { cleanName } from '../../../chat/untrusted.ts';
import { longestName } from '../../../shared/panelLimits.ts';
import type { Platform } from '../../platform.ts';
import { readFile } from '../readFile.ts';
import { mediaSizeProblem, textSizeProblem } from '../sizeLimits.ts';
import { mostAttachments, mostData } from '../attachmentTray.ts';
import { isAtHand, nameOfFile } from '../workspacePlace.ts';
import { notTextText, unreadableText } from '../unreadText.ts';

/** A file, or why it cannot be attached. `isByHand`: the person picked it in a file dialog. Never rejects. */
export async function fileAttachment(
  uri: vscode.Uri,
  isByHand: boolean,
  platform: Platform,
): Promise<NewAttachment | string> {
  const name = nameOfFile(uri);
  const label = cleanName(name, 80);
  if (!isByHand && !isAtHand(uri))
    return vscode.l10n.t('{0} lies outside of the workspace; pick it with Attach…, Files….', label);
  const read = await readFile(uri, { label, isByHand }, platform);
  if ('problem' in read) return read.problem;
  const place = { name, uri: uri.toString() };
  if ('text' in read) return { kind: 'file', ...place, isByHand };
  const { bytes, mimeType } = read;
  return { kind: mediaKind(mimeType), ...place, mimeType, data: toBase64(bytes) };
}

/** The same of several, one after the other: all at once could be more than memory holds. */
export async function fileAttachments(
  uris: readonly vscode.Uri[],
  isByHand: boolean,
  platform: Platform,
): Promise<readonly (NewAttachment | string)[]> {
  const made: (NewAttachment | string)[] = [];
  let size = 0;
  for (const uri of uris.slice(0, mostAttachments)) {
    if (size > mostData) return [vscode.l10n.t('The attachments together are too large; nothing was added.')];
    const attachment = await fileAttachment(uri, isByHand, platform);
    size += typeof attachment === 'object' && 'data' in attachment ? attachment.data.length : 0;
    made.push(attachment);
  }
  if (uris.length > mostAttachments)
    made.push(vscode.l10n.t('A prompt takes at most {0} attachments.', mostAttachments));
  return made;
}

/** What was pasted or dropped as base64, or why it cannot be attached. All of it is untrusted. */
export function dataAttachment(given: {
  readonly name: string;
  readonly mimeType: string;
  readonly data: string;
}): NewAttachment | string {
  const name = cleanName(given.name, longestName) || vscode.l10n.t('Pasted');
  const bytes = decode(given.data);
  if (!bytes) return unreadableText(name);
  const mimeType = mediaType(`.${given.mimeType.split('/')[1] ?? ''}`) ?? mediaType(name);
  const isEmptyText = bytes.length === 0 && mimeType === undefined;
  const problem = isEmptyText ? undefined : mediaSizeProblem(bytes.length, name);
  if (problem !== undefined) return problem;
  if (mimeType !== undefined) return { kind: mediaKind(mimeType), name, mimeType, data: toBase64(bytes) };
  const text = decodeText(bytes);
  if (text === undefined) return notTextText(name);
  return textSizeProblem(bytes.length, name) ?? { kind: 'selection', name, text };
}

/** Undefined for what is no base64. */
function decode(base64: string): Uint8Array | undefined {
  try {
    const text = atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
    return bytes;
  } catch {
    return undefined;
  }
}
