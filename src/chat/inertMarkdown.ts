import { closesFence, fenceMarker, mayHoldFormula } from './markdownSafety.ts';

/** {@link withoutActiveContent} of a text that comes in pieces. Line ends become `\n`. */
export interface InertMarkdown {
  /** Takes the next text; returns what is certain. */
  push(text: string): string;
  /** What is left at the end. */
  end(): string;
}

/**
 * The text without pictures, which become links, with HTML as plain text and without definitions of links: VS Code's
 * preview loads remote pictures. Only fenced code before the first formula and simple code in a line stay as they are;
 * elsewhere an entity too many does no harm.
 */
export function withoutActiveContent(markdown: string): string {
  const inert = createInertMarkdown();
  return inert.push(markdown) + inert.end();
}

/** Creates a reader for one text. */
export function createInertMarkdown(): InertMarkdown {
  let fence: string | undefined;
  let hasFormula = false;
  /** A backtick before this line may be the beginning of code that ends in it. */
  let isOpen = false;
  /** The line that is coming, and how much of its inert form has gone out. */
  let line = '';
  let given = 0;
  /** Its length when it was looked at. */
  let looked = 0;
  let endsInReturn = false;

  function take(text: string): string {
    line += text;
    if (fence !== undefined) return text;
    // Not with each character of a long line.
    if (line.length > longestLive || (line.length - looked) * 16 < line.length) return '';
    looked = line.length;
    const certain = line.slice(0, certainLength(line, isOpen || hasFormula));
    const inert = inertLine(certain, isOpen || hasFormula).text;
    const fresh = inert.slice(given);
    given = inert.length;
    return fresh;
  }

  function endLine(): string {
    const whole = line;
    line = '';
    const from = given;
    given = looked = 0;
    if (fence !== undefined) {
      if (closesFence(whole, { marker: fence, indent: 0 })) fence = undefined;
      return '';
    }
    // As when the line came.
    const wasOpen = isOpen || hasFormula;
    hasFormula ||= mayHoldFormula(whole);
    fence = hasFormula ? undefined : fenceMarker(whole);
    if (fence !== undefined) {
      isOpen = false;
      return whole;
    }
    const { text, endsOpen } = inertLine(whole, wasOpen);
    isOpen = whole.trim() !== '' && (isOpen || endsOpen);
    return text.slice(from);
  }

  return {
    push(text) {
      if (text === '') return '';
      const known = endsInReturn ? `\r${text}` : text;
      endsInReturn = known.endsWith('\r');
      const [first = '', ...others] = (endsInReturn ? known.slice(0, -1) : known).split(/\r\n|\r|\n/);
      const inert = [take(first)];
      for (const next of others) inert.push(endLine(), '\n', take(next));
      return inert.join('');
    },
    end: () => endLine() + (endsInReturn ? '\n' : ''),
  };
}

/** What has come of a line is looked at again and again: of a longer one only when it is whole. */
const longestLive = 4000;

const schemes = ['https://', 'http://', 'mailto:'];

/** How much of a line that is coming is decided, whatever follows. */
function certainLength(line: string, isOpen: boolean): number {
  if (/^(?:`{1,2}$|~{1,2}$|`{3}|~{3})/.test(line)) return 0;
  const { spans = [], undecided } = isOpen ? {} : codeIn(line, true);
  const from = spans.at(-1)?.[1] ?? 0;
  const limit = undecided ?? line.length - (/(?<!!)!+$|\]$/.exec(line)?.[0].length ?? 0);
  const mark = isOpen ? -1 : line.slice(from, limit).search(openPicture);
  let end = mark < 0 ? limit : from + mark;
  for (;;) {
    const certain = beforeLink(line, end);
    if (certain === end || isOpen) return certain;
    end = beforePicture(line, from, certain);
  }
}

/** How much is left before a picture that this would cut in two. */
function beforePicture(line: string, from: number, end: number): number {
  for (const { index, 0: whole } of line.slice(from).matchAll(wholePicture))
    if (from + index < end && from + index + whole.length > end) return from + index;
  return end;
}

/** How much is left before a link in angle brackets that may go on there. */
function beforeLink(line: string, end: number): number {
  const tag = line.slice(0, end).lastIndexOf('<');
  if (tag < 0) return end;
  const rest = line.slice(tag + 1, end).toLowerCase();
  const isLink = /^(?:https?:\/\/|mailto:)[^<>\s`]*$/.test(rest);
  return isLink || schemes.some((scheme) => scheme.startsWith(rest)) ? tag : end;
}

interface CodeInLine {
  /** Code between backticks, in every reading of the line. */
  readonly spans: readonly (readonly [start: number, end: number])[];
  /** Where code begins that may end in what follows. */
  readonly undecided?: number;
  readonly endsOpen: boolean;
}

/** Formulas, escaped backticks and the cells of tables may part what looks like code: nothing behind them is taken for it. */
function codeIn(line: string, isComing: boolean): CodeInLine {
  const spans: [number, number][] = [];
  const runs = [...line.matchAll(/`+/g)].map(({ index, 0: { length } }) => ({ index, length }));
  for (let at = 0, next = 0; next < runs.length;) {
    const open = runs[next];
    const close = runs.findIndex(({ length }, other) => other > next && length === open?.length);
    const end = runs[close];
    if (!open || /\$|\\$/.test(line.slice(at, open.index))) return { spans, endsOpen: true };
    // More backticks may follow the last ones.
    const isLast = end && isComing && end.index + end.length === line.length;
    if (!end || isLast) return { spans, endsOpen: true, undecided: open.index };
    if (line.slice(open.index, end.index).includes('|')) return { spans, endsOpen: true };
    at = end.index + end.length;
    spans.push([open.index, at]);
    next = close + 1;
  }
  return { spans, endsOpen: false };
}

function inertLine(line: string, isOpen: boolean): { readonly text: string; readonly endsOpen: boolean } {
  const { spans, endsOpen } = isOpen ? { spans: [], endsOpen: true } : codeIn(line, false);
  let text = '';
  let at = 0;
  for (const [start, end] of spans) {
    text += inertText(line.slice(at, start), isOpen) + line.slice(start, end);
    at = end;
  }
  text += inertText(line.slice(at), isOpen);
  // A definition makes links in the whole document; its label may have begun in a line before.
  return { text: text.replace(/^((?:[\s>*+\-\d.)]*\[)?(?:\\.|[^\\[\]])*\]):/, '$1&#58;'), endsOpen };
}

/** The name of a picture, brackets in it no deeper than one. */
const name = /(?:\\.|[^\\[\]]|\[(?:\\.|[^\\[\]])*\])*/.source;
/** A picture with its address, at the last of its exclamation marks. */
const picture = new RegExp(`!\\[${name}\\]\\(`, 'y');
const wholePicture = new RegExp(`(?<!!)!+\\[${name}\\]\\(`, 'g');
/** What may become one when more of the line comes. */
const openPicture = new RegExp(`(?<!!)!+\\[${name}(?:\\\\|\\[(?:\\\\.|[^\\\\[\\]])*\\\\?|\\])?$`);

/**
 * Entities and no backslashes: one before an escaped character, or at the end of a bare link, would free it again. A
 * picture loses the mark that makes it one; where that is not clear the mark stays as an entity.
 */
function inertText(text: string, isOpen: boolean): string {
  return text
    .replace(/(\\?)(?<!!)(!+)\[/g, (found, escape: string, marks: string, at: number) => {
      picture.lastIndex = at + found.length - 2;
      const isPicture = !isOpen && escape === '' && picture.test(text);
      // The mark before would make it one again.
      const rest = isPicture ? marks.slice(0, -1) : marks;
      return `${escape}${rest.replace(/!$/, '&#33;')}[`;
    })
    .replace(/<(?=[a-z!?/])(?!(?:https?:\/\/|mailto:)[^<>\s`]*>)/gi, '&lt;');
}
