import type { L10n } from '../l10n.ts';
import { cleanName, plainText } from '../untrusted.ts';

/** The variables of a prompt. Beside them there is `${input:Question}`. */
export const promptVariables = [
  'selection',
  'file',
  'diagnostics',
  'diff',
  'terminal',
  'clipboard',
  'commits',
  'tests',
  'language',
  'fileBasename',
  'fileBasenameNoExtension',
  'fileDirname',
  'workspaceFolder',
  'docStyle',
  'displayLanguage',
] as const;

export type PromptVariable = (typeof promptVariables)[number];

/** Names that VS Code's prompt files have for the same. */
const otherNames: Readonly<Record<string, PromptVariable>> = {
  selectedText: 'selection',
  workspaceFolderBasename: 'workspaceFolder',
};

type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: PromptVariable }
  | { readonly kind: 'question'; readonly question: string; readonly hint?: string };

/** A prompt whose variables are known. */
export interface PromptTemplate {
  readonly parts: readonly TemplatePart[];
  /** Each once, in the order of the text. */
  readonly variables: readonly PromptVariable[];
  /** What the person is asked, likewise; one line of visible text each. */
  readonly questions: readonly string[];
  /** What an empty box shows, by its question: `${input:name:placeholder}`. */
  readonly hints: ReadonlyMap<string, string>;
}

/** What the holes of a prompt are filled with. */
export interface TemplateValues {
  readonly variables: Readonly<Partial<Record<PromptVariable, string>>>;
  /** The answer to each question. */
  readonly answers: ReadonlyMap<string, string>;
}

const longestQuestion = 300;
const longestNamed = 40;
const input = 'input:';

/** Reads a prompt. `$${` is a literal `${`. A problem is one sentence that says what to do. */
export function parseTemplate(prompt: string, l10n: L10n): PromptTemplate | { readonly problem: string } {
  const parts: TemplatePart[] = [];
  let from = 0;
  for (const found of prompt.matchAll(/\$\$\{|\$\{([^{}\r\n]*)(\}?)/g)) {
    const [whole, inside = '', end] = found;
    addText(parts, prompt.slice(from, found.index));
    from = found.index + whole.length;
    if (end === undefined) addText(parts, '${');
    else if (end === '') return { problem: openProblem(whole, l10n) };
    else {
      const part = holeOf(inside);
      if (!part) return { problem: unknownProblem(whole, l10n) };
      parts.push(part);
    }
  }
  addText(parts, prompt.slice(from));
  return {
    parts,
    variables: distinct(parts.flatMap((part) => (part.kind === 'variable' ? part.name : []))),
    questions: distinct(parts.flatMap((part) => (part.kind === 'question' ? part.question : []))),
    hints: new Map(
      parts.flatMap((part) =>
        part.kind === 'question' && part.hint !== undefined ? [[part.question, part.hint] as const] : [],
      ),
    ),
  };
}

/** The text of a prompt; a hole without a value becomes empty. */
export function fillTemplate({ parts }: PromptTemplate, { variables, answers }: TemplateValues): string {
  return parts
    .map((part) => {
      if (part.kind === 'text') return part.text;
      return (part.kind === 'variable' ? variables[part.name] : answers.get(part.question)) ?? '';
    })
    .join('');
}

/** A text that a person typed, as a prompt in which nothing is a variable. */
export function literalPrompt(text: string): string {
  return text.replaceAll('${', () => '$${');
}

function holeOf(inside: string): TemplatePart | undefined {
  const text = inside.trim();
  const other = Object.hasOwn(otherNames, text) ? otherNames[text] : undefined;
  const name = promptVariables.find((known) => known === text) ?? other;
  if (name !== undefined) return { kind: 'variable', name };
  if (!text.startsWith(input)) return undefined;
  const asked = text.slice(input.length);
  // As in VS Code's prompt files; a question with a colon has a blank before or behind it.
  const [, word = asked, given = ''] = /^\s*([\w-]+):(?=\S)(.+)$/.exec(asked) ?? [];
  const [question, hint] = [shownText(word), shownText(given)];
  return question === '' ? undefined : { kind: 'question', question, ...(hint !== '' && { hint }) };
}

/** VS Code makes links of Markdown in a box, those of commands too. */
function shownText(text: string): string {
  return plainText(cleanName(text, longestQuestion));
}

function addText(parts: TemplatePart[], text: string): void {
  const last = parts.at(-1);
  if (last?.kind === 'text') parts.splice(-1, 1, { kind: 'text', text: last.text + text });
  else if (text !== '') parts.push({ kind: 'text', text });
}

function openProblem(begun: string, l10n: L10n): string {
  return l10n.t(
    'The variable “{0}” of the prompt has no “}” on its line; add it, or write “$${” where no variable is meant.',
    shown(begun),
  );
}

function unknownProblem(variable: string, l10n: L10n): string {
  return l10n.t(
    'The prompt has the unknown variable “{0}”; use one of: {1}. Write “$${” where no variable is meant.',
    shown(variable),
    [...promptVariables, `${input}…`].map((name) => `\${${name}}`).join(', '),
  );
}

function shown(text: string): string {
  return plainText(cleanName(text, longestNamed));
}

function distinct<T>(items: readonly T[]): T[] {
  return [...new Set(items)];
}
