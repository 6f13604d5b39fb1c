import * as vscode from 'vscode';
import type { ContentPart } from '../../api/wireRequest.ts';
import { mediaPart, mediaType } from '../../chat/mediaPart.ts';
import { cleanName } from '../../chat/untrusted.ts';
import type { Platform } from '../platform.ts';
import { isIgnored } from './ignored.ts';
import type { InputRules } from './inputRules.ts';
import { largestOpened, mediaSizeProblem, textSizeProblem } from './sizeLimits.ts';
import { leadsOut } from './workspacePlace.ts';
import { notTextText, unreadableText } from './unreadText.ts';

/** A file that was read; `text` is of `range` if one was asked for. */
export type FileContent =
  | { readonly text: string; readonly language: string }
  | { readonly bytes: Uint8Array; readonly mimeType: string }
  | { readonly problem: string };

/** Bytes as a part, or why there is none. */
export type ReadPart = { readonly part: ContentPart } | { readonly problem: string };

/** How a file is read. */
export interface FileReading {
  /** As the person is told of it. */
  readonly label: string;
  readonly range?: vscode.Range;
  /** Picked in a file dialog: a link may lead anywhere. */
  readonly isByHand: boolean;
}

/** Reads a file that shall go out, or tells in one sentence why it does not. Never rejects. */
export async function readFile(
  uri: vscode.Uri,
  { label, range, isByHand }: FileReading,
  platform: Platform,
): Promise<FileContent> {
  try {
    // What is in no file yet is in its editor only; opened anew, it would be empty.
    if (uri.scheme === 'untitled')
      return isOpen(uri) ? await readText(uri, label, range) : { problem: missing(label) };
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if (type & vscode.FileType.Directory)
      return { problem: vscode.l10n.t('{0} is a folder and is not sent.', label) };
    // A pipe or a device: reading it may never end.
    if (!(type & vscode.FileType.File)) return { problem: unreadableText(label) };
    if (!isByHand && (await leadsOut(uri, platform)))
      return {
        problem: vscode.l10n.t('{0} is a link that leads out of the workspace; it is not sent.', label),
      };
    if (await isIgnored(uri, platform))
      return { problem: vscode.l10n.t('{0} is ignored by git and is not sent.', label) };
    const mimeType = range ? undefined : mediaType(uri.path);
    if (mimeType !== undefined) {
      const problem = mediaSizeProblem(size, label);
      if (problem !== undefined) return { problem };
      return { bytes: await vscode.workspace.fs.readFile(uri), mimeType };
    }
    const problem = range && size <= largestOpened ? undefined : textSizeProblem(size, label);
    return problem === undefined ? await readText(uri, label, range) : { problem };
  } catch (error) {
    return {
      problem: isMissing(error) ? missing(label) : unreadableText(label),
    };
  }
}

async function readText(
  uri: vscode.Uri,
  label: string,
  range: vscode.Range | undefined,
): Promise<FileContent> {
  // A binary file fails to open as a text document, or holds NUL characters.
  const document = await vscode.workspace.openTextDocument(uri);
  const text = document.getText(range);
  // What an editor holds may be more than what is saved.
  const problem = textSizeProblem(new TextEncoder().encode(text).length, label);
  if (problem !== undefined) return { problem };
  if (text.includes('\0')) return { problem: notTextText(label) };
  return { text, language: document.languageId };
}

/** Bytes as the part that fits their type, or why they do not go out. Never throws. */
export function readMedia(
  { bytes, mimeType, name }: { readonly bytes: Uint8Array; readonly mimeType: string; readonly name: string },
  label: string,
  rules: InputRules,
): ReadPart {
  const problem = mediaSizeProblem(bytes.length, label);
  if (problem !== undefined) return { problem };
  return takenPart(mediaPart(mimeType, bytes, name), label, rules);
}

/** The part, or why the model cannot get it. */
export function takenPart(part: ContentPart, label: string, { parts, blind }: InputRules): ReadPart {
  if (!parts.includes(part.type))
    return { problem: vscode.l10n.t('This connection takes no files like {0}; it is not sent.', label) };
  if (part.type === 'image_url' && blind !== undefined)
    return { problem: vscode.l10n.t('{0} takes no images; {1} is not sent.', cleanName(blind, 80), label) };
  return { part };
}

function missing(label: string): string {
  return vscode.l10n.t('{0} is no longer there.', label);
}

function isOpen(uri: vscode.Uri): boolean {
  return vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString());
}

function isMissing(error: unknown): boolean {
  return error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
}
