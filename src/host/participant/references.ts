import * as vscode from 'vscode';
import { isObject } from '../../api/json.ts';
import { type Attachment, isMedia } from '../../chat/attachments/attachment.ts';
import { conversationTokens } from '../../chat/attachments/conversationTokens.ts';
import { attachmentBudget, outgoing, type ReadAttachment } from '../../chat/attachments/outgoing.ts';
import type { CarriedTurn } from '../../chat/carried.ts';
import { escapeMarkdown } from '../../chat/untrusted.ts';
import { type InputRules, inputRules } from '../attachments/inputRules.ts';
import { outgoingNotes } from '../attachments/outgoingNotes.ts';
import { readFile, readMedia } from '../attachments/readFile.ts';
import { readAttachment } from '../attachments/readAttachment.ts';
import { type SentAttachments, UnsentAttachments } from '../attachments/sentAttachments.ts';
import { nameOfFile } from '../attachments/workspacePlace.ts';
import type { ModelList } from '../models/modelList.ts';
import type { TurnTarget } from '../models/turnTarget.ts';
import type { Platform } from '../platform.ts';
import type { ChatPrompt } from './chatPrompt.ts';
import { unreadableText } from '../attachments/unreadText.ts';

/** What of a request's references goes out, and one sentence for each thing that does not. */
export interface ResolvedReferences extends SentAttachments {
  /** What was sent, to be named in the answer. */
  readonly sent: readonly (vscode.Uri | vscode.Location)[];
  /** What was not sent, cut or masked, each as inert markdown. */
  readonly notes: readonly string[];
}

/** Where they go. */
interface ReferencesTarget {
  readonly asked: Pick<ChatPrompt, 'text' | 'attachments'>;
  readonly target: TurnTarget;
  readonly visible: readonly CarriedTurn[];
  readonly systemPrompt: string;
}

/**
 * Reads what a prompt brings along, and the files and selections a person attached in the Chat view, as the panel reads
 * what is attached there. Rejects with an `UnsentAttachments` if the prompt's own cannot go out.
 */
export async function resolveReferences(
  { references }: Pick<vscode.ChatRequest, 'references'>,
  { asked, target, visible, systemPrompt }: ReferencesTarget,
  { models, platform }: { readonly models: ModelList; readonly platform: Platform },
): Promise<ResolvedReferences> {
  const rules = inputRules(target.connection, target.model, models);
  const read: ReadAttachment[] = [];
  const names = new Map<string, string>();
  const sent: (vscode.Uri | vscode.Location)[] = [];
  for (const attachment of asked.attachments) {
    const key = `own ${attachment.id}`;
    const found = { ...(await readAttachment(attachment, rules, platform)), id: key };
    // A prompt about a selection says nothing without it.
    if ('problem' in found)
      throw new UnsentAttachments(vscode.l10n.t('Nothing was sent. {0}', found.problem));
    names.set(key, attachment.name);
    read.push(found);
    sent.push(...placesOf(attachment));
  }
  // VS Code lists them in reverse order of their place in the prompt.
  for (const [index, { id, value }] of references.toReversed().entries()) {
    const key = String(index);
    const isPlace = value instanceof vscode.Uri || value instanceof vscode.Location;
    const name = isPlace ? nameOfFile(uriOf(value)) : id;
    const found = await readReference(key, id, value, escapeMarkdown(name), rules, platform);
    // VS Code adds the selection by itself, which `/explain` and the like bring along too.
    if (read.some((each) => isSameText(each, found))) continue;
    names.set(key, name);
    read.push(found);
    if (isPlace && !('problem' in found)) sent.push(value);
  }
  const budget = attachmentBudget(rules.limit, conversationTokens(visible), asked.text, systemPrompt);
  const out = outgoing(read, budget);
  const notes = outgoingNotes(out, names);
  for (const { id } of out.problems) names.delete(id);
  return { names: [...names.values()], text: out.text, media: out.media, sent, notes };
}

function isSameText(one: ReadAttachment, other: ReadAttachment): boolean {
  if (!('text' in one) || !('text' in other)) return false;
  const [first, second] = [one, other].map(({ name, text, firstLine = 1 }) => [name, text, firstLine]);
  return JSON.stringify(first) === JSON.stringify(second);
}

async function readReference(
  key: string,
  id: string,
  value: unknown,
  label: string,
  rules: InputRules,
  platform: Platform,
): Promise<ReadAttachment> {
  if (typeof value === 'string') return { id: key, name: id, text: value, sendsSecrets: false };
  if (value instanceof vscode.Uri || value instanceof vscode.Location) {
    const uri = uriOf(value);
    const range = value instanceof vscode.Location ? value.range : undefined;
    const content = await readFile(uri, { label, isByHand: false, ...(range && { range }) }, platform);
    if ('problem' in content) return { id: key, problem: content.problem };
    const name = nameOfFile(uri);
    if ('bytes' in content)
      return { id: key, ...readMedia({ ...content, name: baseName(name) }, label, rules) };
    const from = range ? { firstLine: range.start.line + 1 } : {};
    return { id: key, name, ...content, sendsSecrets: false, ...from };
  }
  if (isBinaryData(value)) {
    try {
      const bytes = await value.data();
      return { id: key, ...readMedia({ bytes, mimeType: value.mimeType, name: id }, label, rules) };
    } catch {
      // Its file is gone, for one.
      return { id: key, problem: unreadableText(label) };
    }
  }
  return {
    id: key,
    problem: vscode.l10n.t('An attachment of a kind that Tachyon cannot take was not sent.'),
  };
}

/** Where an attachment is from, if it is from a file. */
function placesOf(attachment: Attachment): (vscode.Uri | vscode.Location)[] {
  if (!('uri' in attachment) || attachment.uri === undefined) return [];
  const uri = vscode.Uri.parse(attachment.uri, true);
  if (attachment.kind === 'file' || isMedia(attachment) || attachment.firstLine === undefined) return [uri];
  const first = attachment.firstLine - 1;
  const lines = attachment.text.trimEnd().split('\n').length;
  return [new vscode.Location(uri, new vscode.Range(first, 0, first + lines - 1, 0))];
}

/** Pictures come with their bytes, whether pasted or attached as a file; the stable API types them as `unknown`. */
function isBinaryData(value: unknown): value is { readonly mimeType: string; data(): Thenable<Uint8Array> } {
  return isObject(value) && typeof value['mimeType'] === 'string' && typeof value['data'] === 'function';
}

function uriOf(value: vscode.Uri | vscode.Location): vscode.Uri {
  return value instanceof vscode.Location ? value.uri : value;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
