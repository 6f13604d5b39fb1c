import * as vscode from 'vscode';
import { isObject } from '../../api/json.ts';
import type { ContentPart } from '../../api/wireRequest.ts';
import { attachmentText, type TextAttachment } from '../../chat/attachmentText.ts';
import { mediaPart, mediaType } from '../../chat/mediaPart.ts';
import { escapeMarkdown } from '../../chat/untrusted.ts';

const maxBytes = 512 * 1024;
/** Of images, PDFs and sounds, which go out as base64. */
const maxMediaBytes = 10 * 1024 * 1024;

/** What of a request's references goes out, and one sentence for each that does not. */
export interface ResolvedReferences {
  /** Empty if there is none. */
  readonly text: string;
  /** Images, and what else is no text. */
  readonly media: readonly ContentPart[];
  /** What was sent, to be named in the answer. */
  readonly sent: readonly (vscode.Uri | vscode.Location)[];
  readonly refused: readonly string[];
}

/** Reads the files and selections a person attached in the Chat view; `taken` are the parts that the API takes. */
export async function resolveReferences(
  references: readonly vscode.ChatPromptReference[],
  taken: readonly ContentPart['type'][],
): Promise<ResolvedReferences> {
  const attachments: TextAttachment[] = [];
  const media: ContentPart[] = [];
  const sent: (vscode.Uri | vscode.Location)[] = [];
  const refused: string[] = [];
  // VS Code lists them in reverse order of their place in the prompt.
  for (const { id, value } of references.toReversed()) {
    if (typeof value === 'string') {
      attachments.push({ name: id, text: value });
    } else if (value instanceof vscode.Uri || value instanceof vscode.Location) {
      const read = await readAttachment(value, taken);
      if (typeof read === 'string') {
        refused.push(read);
        continue;
      }
      if ('type' in read) media.push(read);
      else attachments.push(read);
      sent.push(value);
    } else if (isBinaryData(value)) {
      const read = mediaOf(value.mimeType, await value.data(), id, escapeMarkdown(id), taken);
      if (typeof read === 'string') refused.push(read);
      else media.push(read);
    } else {
      refused.push(vscode.l10n.t('An attachment of a kind that Tachyon cannot take was not sent.'));
    }
  }
  return { text: attachmentText(attachments), media, sent, refused };
}

/** Pictures come with their bytes, whether pasted or attached as a file; the stable API types them as `unknown`. */
function isBinaryData(value: unknown): value is { readonly mimeType: string; data(): Thenable<Uint8Array> } {
  return isObject(value) && typeof value['mimeType'] === 'string' && typeof value['data'] === 'function';
}

async function readAttachment(
  value: vscode.Uri | vscode.Location,
  taken: readonly ContentPart['type'][],
): Promise<TextAttachment | ContentPart | string> {
  const uri = value instanceof vscode.Location ? value.uri : value;
  const name = vscode.workspace.asRelativePath(uri);
  const label = escapeMarkdown(name);
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if (type & vscode.FileType.Directory) return vscode.l10n.t('{0} is a folder and was not sent.', label);
    const mimeType = value instanceof vscode.Uri ? mediaType(uri.path) : undefined;
    if (mimeType !== undefined) return await readMedia(uri, mimeType, size, taken);
    if (size > maxBytes) {
      return vscode.l10n.t('{0} is larger than 512 KB and was not sent; attach a selection of it.', label);
    }
    // A binary file fails to open as a text document, or holds NUL characters.
    const document = await vscode.workspace.openTextDocument(uri);
    const range = value instanceof vscode.Location ? value.range : undefined;
    const text = document.getText(range);
    if (text.includes('\0')) return vscode.l10n.t('{0} is not a text file and was not sent.', label);
    const from = range ? { firstLine: range.start.line + 1 } : {};
    return { name, text, language: document.languageId, ...from };
  } catch {
    return vscode.l10n.t('{0} could not be read and was not sent.', label);
  }
}

async function readMedia(
  uri: vscode.Uri,
  mimeType: string,
  size: number,
  taken: readonly ContentPart['type'][],
): Promise<ContentPart | string> {
  const label = escapeMarkdown(vscode.workspace.asRelativePath(uri));
  if (size > maxMediaBytes) return vscode.l10n.t('{0} is larger than 10 MB and was not sent.', label);
  const fileName = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  return mediaOf(mimeType, await vscode.workspace.fs.readFile(uri), fileName, label, taken);
}

/** Bytes as a part, or why they are not sent; `label` is escaped. */
function mediaOf(
  mimeType: string,
  bytes: Uint8Array,
  fileName: string,
  label: string,
  taken: readonly ContentPart['type'][],
): ContentPart | string {
  if (bytes.length > maxMediaBytes) return vscode.l10n.t('{0} is larger than 10 MB and was not sent.', label);
  const part = mediaPart(mimeType, bytes, fileName);
  return taken.includes(part.type)
    ? part
    : vscode.l10n.t('This connection takes no files like {0}; it was not sent.', label);
}
