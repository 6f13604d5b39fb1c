import * as vscode from 'vscode';
import { type Attachment, type FileAttachment, isMedia } from '../../chat/attachments/attachment.ts';
import type { ReadAttachment } from '../../chat/attachments/outgoing.ts';
import { encodedPart } from '../../chat/mediaPart.ts';
import { cleanName } from '../../chat/untrusted.ts';
import type { Platform } from '../platform.ts';
import type { InputRules } from './inputRules.ts';
import { readFile, takenPart } from './readFile.ts';
import { notTextText } from './unreadText.ts';

/** Reads an attachment for a prompt, or tells why it cannot go out. Never rejects. */
export async function readAttachment(
  attachment: Attachment,
  rules: InputRules,
  platform: Platform,
): Promise<ReadAttachment> {
  const { id, name, sendsSecrets } = attachment;
  if (attachment.kind === 'file') return readReference(attachment, platform);
  if (isMedia(attachment)) {
    const part = encodedPart(attachment.mimeType, attachment.data, name);
    return { id, ...takenPart(part, cleanName(name, 80), rules) };
  }
  const { text, language, firstLine } = attachment;
  const place = {
    ...(language !== undefined && { language }),
    ...(firstLine !== undefined && { firstLine }),
  };
  return { id, name, text, sendsSecrets, ...place };
}

async function readReference(
  { id, name, uri, isByHand, sendsSecrets }: FileAttachment,
  platform: Platform,
): Promise<ReadAttachment> {
  const reading = { label: cleanName(name, 80), isByHand };
  const read = await readFile(vscode.Uri.parse(uri, true), reading, platform);
  if ('problem' in read) return { id, problem: read.problem };
  if ('bytes' in read) {
    return { id, problem: notTextText(reading.label) };
  }
  const { text, language } = read;
  return { id, name, text, language, sendsSecrets };
}
