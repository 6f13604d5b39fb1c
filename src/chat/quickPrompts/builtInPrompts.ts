import type { L10n } from '../l10n.ts';
import type { QuickPrompt } from './quickPrompt.ts';

/** A quick prompt that comes with the extension: its id is that of its command, after `tachyon.`. */
export interface BuiltInPrompt extends QuickPrompt {
  readonly id:
    | 'explain'
    | 'fix'
    | 'writeTests'
    | 'document'
    | 'refactor'
    | 'review'
    | 'commitMessage'
    | 'askTerminal';
  /** After the `/` in a chat. */
  readonly slash: string;
  readonly origin: 'builtIn';
}

const onlyCode =
  'Answer with one fenced code block and nothing else: no text before it, none after it, and no other block.';
const replacement = `The block holds all of the code that takes the place of the selection, whole lines with the indentation they have now; leave nothing out and change nothing that need not change. ${onlyCode}`;
const prose =
  'Write the answer in ${displayLanguage}; leave code, names of the code and quotations as they are.';

/** The quick prompts that come with the extension, in the order in which they are listed. */
export function builtInPrompts(l10n: L10n): BuiltInPrompt[] {
  return [
    {
      id: 'explain',
      slash: 'explain',
      name: l10n.t('Explain Selection'),
      description: l10n.t('What the code does, and why it is written so'),
      prompt: `Explain \${selection} (\${language}): first in one or two sentences what it is for, then step by step how it works, then what a reader could miss, such as edge cases, side effects and errors. Be brief where the code is plain. ${prose}`,
      target: 'editor',
      origin: 'builtIn',
    },
    {
      id: 'fix',
      slash: 'fix',
      name: l10n.t('Fix Selection'),
      description: l10n.t('With the problems that VS Code reports'),
      prompt: `Fix what is wrong in \${selection} (\${language}). Reported by the editor: \${diagnostics}. Remove the causes, do not hide the reports; without any report, fix the faults that you are sure of. ${replacement}`,
      target: 'replace',
      origin: 'builtIn',
    },
    {
      id: 'writeTests',
      slash: 'tests',
      name: l10n.t('Write Tests for Selection'),
      description: l10n.t('In the project’s test framework, where its tests are'),
      prompt: `Write tests for \${selection} (\${language}) of \${file}. About the project’s tests: \${tests}. Use that framework, import what is tested as a file at that place must, and follow the names, the style and the means of the tests that are there. Test what the code promises: the usual case, the edges and each error. ${onlyCode} The block holds a whole test file; where the test file exists already, only what is added at its end.`,
      target: 'newFile',
      origin: 'builtIn',
    },
    {
      id: 'document',
      slash: 'doc',
      name: l10n.t('Document Selection'),
      description: l10n.t('In the language’s own style of documentation'),
      prompt: `Document \${selection} (\${language}): give each declaration in it \${docStyle} that tell what it is for, its parameters, its result and its errors as far as they are not plain from the names and types. Correct comments that are wrong. Do not change the code. Write the comments in the language of the comments that are there, else in English. ${replacement}`,
      target: 'replace',
      origin: 'builtIn',
    },
    {
      id: 'refactor',
      slash: 'refactor',
      name: l10n.t('Refactor Selection'),
      description: l10n.t('Simpler, with the same behaviour'),
      prompt: `Refactor \${selection} (\${language}) so that it is easier to read and to change: better names, smaller parts, less repetition, the language’s own idioms. Its behaviour and what others call stay the same. ${replacement}`,
      target: 'replace',
      origin: 'builtIn',
    },
    {
      id: 'review',
      slash: 'review',
      name: l10n.t('Review Changes'),
      description: l10n.t('Findings in what is not committed yet'),
      prompt: `Review the changes in \${diff}. List what is wrong with them: faults, missing cases, security, lost data, races, broken interfaces, missing tests; no praise and no matters of taste. The answer is a list with one finding for each item, the most severe first. Each item begins with a link to its line in the new file, such as [src/a.ts:12](src/a.ts#L12), with the path as the diff has it but without the a/ or b/ before it, and in the target with %20 for each blank, then how severe it is, what is wrong and what to do. If there is nothing to find, say so in one sentence. ${prose}`,
      target: 'editor',
      origin: 'builtIn',
    },
    {
      id: 'commitMessage',
      slash: 'commit',
      name: l10n.t('Write Commit Message'),
      description: l10n.t('In the style of the last commits'),
      prompt:
        'Write the commit message for the changes in ${diff}. Follow the style of the last commits (${commits}): their language, the form of the subject and whether they have a body. The subject says in at most 72 characters what the change does; a body, where one is needed, says why. Answer with the message alone: plain text, no code fence, no quotation marks, nothing before or after it.',
      target: 'scm',
      origin: 'builtIn',
    },
    {
      id: 'askTerminal',
      slash: 'terminal',
      name: l10n.t('Ask About Terminal Selection'),
      description: l10n.t('What it says, what went wrong and what to do'),
      prompt: `This was selected in a terminal: \${terminal}. The question about it: \${input:${l10n.t('What do you want to know about the terminal’s selection?')}} ${prose} Put each command that you propose into a code block of its own.`,
      target: 'editor',
      origin: 'builtIn',
    },
  ];
}
