import { textOf } from '../../api/json.ts';
import type { L10n } from '../l10n.ts';
import { cleanName, plainText } from '../untrusted.ts';
import type { FrontMatter } from './frontMatter.ts';
import { isModel, promptName, readFields, readPrompt } from './promptFields.ts';
import { parseTemplate } from './promptTemplate.ts';
import type { QuickPrompt } from './quickPrompt.ts';

/** A `.prompt.md` of a workspace: untrusted. */
export interface PromptFile {
  /** Its address: two folders of a workspace can have the same name, and the same files in them. */
  readonly uri: string;
  /** As people know the file: relative, with `/`; begins with the folder's name where there are several. */
  readonly path: string;
  readonly text: string;
}

/** Why a file is no prompt. */
export interface PromptFileProblem {
  /** One sentence that names the file. */
  readonly problem: string;
  /** From 1; where to look. */
  readonly line: number;
}

/** What a prompt of a workspace may have only if the person agrees. */
export interface ConsentNeeds {
  readonly readsClipboard: boolean;
  /** `<connection>/<model>` */
  readonly model?: string;
}

interface Parts {
  readonly front: string;
  readonly body: string;
  /** The line on which the body begins, from 1. */
  readonly bodyLine: number;
}

const fileEnding = /\.prompt\.md$/i;

/**
 * Reads a prompt file. Fields that are other products' are passed over, such as `agent`, `mode`, `tools`. `read`:
 * `readFrontMatter`, which whoever has no such file need not load.
 */
export function parsePromptFile(
  { uri, path, text }: PromptFile,
  read: (front: string, l10n: L10n) => FrontMatter,
  l10n: L10n,
): QuickPrompt | PromptFileProblem {
  const file = plainText(cleanName(path, 200));
  const at = (line: number, problem: string): PromptFileProblem => ({
    line,
    problem: l10n.t('{0}, line {1}: {2}', file, line, problem),
  });
  const parts = partsOf(text.replace(/^\uFEFF/, ''));
  if (!parts)
    return at(1, l10n.t('The front matter has no end; close it with a line of three hyphens, or remove it.'));
  const front = read(parts.front, l10n);
  if ('problem' in front) return at(front.line, front.problem);
  const { given } = front;
  const prompt = readPrompt(parts.body.trim(), l10n);
  if (typeof prompt !== 'string') return at(parts.bodyLine, prompt.problem);
  const { model } = given;
  const fields = readFields(
    {
      // Lists, and values of other products, are none of ours.
      description: textOf(given['description']),
      target: textOf(given['target']),
      room: textOf(given['room']),
      ...(isModel(model) && { model }),
    },
    l10n,
  );
  if ('problem' in fields) return at(lineOf(parts.front, fields.field), fields.problem);
  const name = promptName(given['name']) || nameOfPrompt(path);
  return { id: `file:${uri}`, file, name, prompt, ...fields, origin: 'workspace' };
}

/** What a prompt is called whose file says nothing of that; a file may be called by its ending alone. */
export function nameOfPrompt(path: PromptFile['path']): string {
  return promptName(path.slice(path.lastIndexOf('/') + 1).replace(fileEnding, '')) || promptName(path);
}

/** What a prompt of a workspace needs the person's consent for; undefined if nothing. */
export function consentNeeds({ prompt, model }: QuickPrompt, l10n: L10n): ConsentNeeds | undefined {
  const template = parseTemplate(prompt, l10n);
  const readsClipboard = !('problem' in template) && template.variables.includes('clipboard');
  if (!readsClipboard && model === undefined) return undefined;
  return { readsClipboard, ...(model !== undefined && { model }) };
}

/** Undefined: front matter begins and does not end. */
function partsOf(text: string): Parts | undefined {
  const lines = text.split(/\r\n|\r|\n/);
  if (!/^---\s*$/.test(lines[0] ?? '')) return { front: '', body: text, bodyLine: 1 };
  const end = lines.findIndex((line, at) => at > 0 && /^(?:---|\.\.\.)\s*$/.test(line));
  if (end === -1) return undefined;
  return { front: lines.slice(1, end).join('\n'), body: lines.slice(end + 1).join('\n'), bodyLine: end + 2 };
}

/** The line of the file on which the front matter sets a field. */
function lineOf(front: string, field: string): number {
  const at = front.split('\n').findIndex((line) => line.replaceAll(/["']/g, '').startsWith(`${field}:`));
  return at === -1 ? 2 : at + 2;
}
