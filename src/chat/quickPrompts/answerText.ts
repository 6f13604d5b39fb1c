import { createInertMarkdown } from '../inertMarkdown.ts';
import { afterLine, startOfText } from '../markdownLines.ts';
import { createCodeIndenter } from './codeIndenter.ts';
import { createFencedCode } from './fencedCode.ts';

/** Takes out of an answer, while it comes, what goes to its place. Line ends become `\n`. */
export interface AnswerText {
  /** The fence's info string, once it is known. */
  readonly info: string | undefined;
  /** Takes the next text of the answer; returns what is certain. */
  push(text: string): string;
  /** `isWhole`: the model came to its end. */
  end(isWhole: boolean): AnswerTextEnding;
}

/**
 * `noCode`: it ended before its code began. `noBlock`: nothing shows that it is code. `openFence`: nothing shows that the
 * code is whole. `moreCode`: another block follows the one that was taken. `moreText`: text follows the block of text that
 * was taken.
 */
export type AnswerDoubt = 'noCode' | 'noBlock' | 'openFence' | 'moreCode' | 'moreText';

/** The end of an {@link AnswerText}. */
interface AnswerTextEnding {
  readonly rest: string;
  readonly doubt?: AnswerDoubt;
}

const proseLanguages = new Set([
  'markdown',
  'plaintext',
  'latex',
  'restructuredtext',
  'git-commit',
  'scminput',
]);

const textFence = /^\s*(?:`{3,}|~{3,}) *(?:markdown|md|text|txt|plaintext)?[ \t]*[\r\n]/i;

/** Whether documents of a language hold text for people, in which an answer need not be code. */
export function isProse(language: string): boolean {
  return proseLanguages.has(language);
}

/** The first block of code, indented for its place: `before` and `after` stand on the line on both sides of it. */
export function codeAnswer(before: string, after: string): AnswerText {
  return blockAnswer(before, after, 'moreCode');
}

/** `more`: what it is told as that something follows the block; what stands around code need not be told. */
function blockAnswer(before: string, after: string, more: 'moreCode' | 'moreText'): AnswerText {
  const code = createFencedCode();
  const indenter = createCodeIndenter(before, after);
  let hasAnswer = false;
  let hasCode = false;
  return {
    get info() {
      return code.info;
    },
    push(text) {
      hasAnswer ||= text.trim() !== '';
      const given = indenter.push(code.push(text));
      hasCode ||= given !== '';
      return given;
    },
    end(isWhole) {
      const { rest, isFenced, isClosed, hasMore, other } = code.end(isWhole);
      // Without a fence it may be what stands before the code.
      const last = isFenced || isWhole ? indenter.push(rest) + indenter.end() : '';
      hasCode ||= last !== '';
      if (!isWhole) return { rest: last, ...(hasAnswer && !hasCode && { doubt: 'noCode' }) };
      if (hasCode && (hasMore || (more === 'moreText' && other !== ''))) return { rest: last, doubt: more };
      if (hasCode && !isFenced) return { rest: last, doubt: 'noBlock' };
      return { rest: last, ...(hasCode && !isClosed && { doubt: 'openFence' }) };
    },
  };
}

/** The answer as it is, without blanks at its ends; of one that begins with a block of text, such as Markdown, that block. */
export function proseAnswer(): AnswerText {
  let head = '';
  let chosen: AnswerText | undefined;
  return {
    get info() {
      return chosen?.info;
    },
    push(text) {
      if (chosen) return chosen.push(text);
      head += text;
      // Until the line tells what it is.
      if (/^\s*(?:`{0,2}|~{0,2}|(?:`{3}|~{3}).{0,100})$/.test(head)) return '';
      chosen = textFence.test(head) ? blockAnswer('', '', 'moreText') : plainAnswer();
      return chosen.push(head);
    },
    end(isWhole) {
      if (chosen) return chosen.end(isWhole);
      const plain = plainAnswer();
      return { rest: plain.push(head) + plain.end(isWhole).rest };
    },
  };
}

/** The answer as Markdown that loads nothing. */
export function markdownAnswer(): AnswerText {
  const inert = createInertMarkdown();
  return { info: undefined, push: (text) => inert.push(text), end: () => ({ rest: inert.end() }) };
}

/** Markdown with a last paragraph that is a `remark`, outside of any code, where the model did not come to its end. */
export function withRemark(answer: AnswerText, remark: string): AnswerText {
  let state = startOfText;
  let line: string | undefined;
  const follow = (given: string): string => {
    const [first = '', ...others] = given.split('\n');
    if (given !== '') line = (line ?? '') + first;
    for (const next of others) {
      state = afterLine(state, line ?? '');
      line = next;
    }
    return given;
  };
  return {
    get info() {
      return answer.info;
    },
    push: (text) => follow(answer.push(text)),
    end(isWhole) {
      const ending = answer.end(isWhole);
      const rest = follow(ending.rest);
      if (isWhole || line === undefined) return ending;
      const { fence } = line === '' ? state : afterLine(state, line);
      const close = fence ? `${fence.prefix}${fence.marker}\n` : '';
      return { ...ending, rest: `${rest}${line === '' ? '' : '\n'}${close}\n${remark}\n` };
    },
  };
}

/** With a line end behind the last line, as files have it. */
export function withLineEnd(answer: AnswerText): AnswerText {
  let last = '';
  return {
    get info() {
      return answer.info;
    },
    push(text) {
      const given = answer.push(text);
      last = given.at(-1) ?? last;
      return given;
    },
    end(isWhole) {
      const ending = answer.end(isWhole);
      last = ending.rest.at(-1) ?? last;
      return last === '' || last === '\n' ? ending : { ...ending, rest: `${ending.rest}\n` };
    },
  };
}

function plainAnswer(): AnswerText {
  let hasBegun = false;
  /** Blanks that may be the last ones. */
  let held = '';
  return {
    info: undefined,
    push(text) {
      held += text;
      if (text.trim() === '') return '';
      const certain = held.trimEnd();
      held = held.slice(certain.length);
      const given = hasBegun ? certain : certain.trimStart();
      hasBegun = true;
      return given.replace(/\r\n?/g, '\n');
    },
    end: () => ({ rest: '' }),
  };
}
