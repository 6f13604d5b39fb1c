import { afterLine, closes, type LineState, mayClose, startOfText } from './markdownLines.ts';

/** A piece of an answer and the number of the part it belongs to. */
export interface MarkdownPiece {
  readonly part: number;
  readonly text: string;
  /** Not of the answer: closes or reopens a fence at a cut. */
  readonly isFence: boolean;
}

/** Splits an answer into parts while it arrives. */
export interface MarkdownSplitter {
  push(text: string): MarkdownPiece[];
  /** What was held back, at the end. */
  end(): MarkdownPiece[];
}

/** Where a part may end, in characters. */
export interface SplitLimits {
  /** From here on at the next paragraph. */
  readonly paragraph: number;
  /** From here on at the next line, also in code. */
  readonly line: number;
  /** Here in any case, also in a table or in mid-line. */
  readonly hard: number;
}

/** The workbench cuts one markdown value at 100,000 characters; the rest is for the fences at a cut. */
const workbenchLimits: SplitLimits = { paragraph: 60_000, line: 85_000, hard: 98_000 };
/** An info string longer than this is not worth repeating. */
const longestInfo = 200;

/**
 * Splits a stream of markdown at places where each part renders alone: between paragraphs, else between lines; a
 * fence that is cut is closed and opened again.
 */
export function createMarkdownSplitter(limits: SplitLimits = workbenchLimits): MarkdownSplitter {
  let part = 0;
  let length = 0;
  let state: LineState = startOfText;
  /** The current line as far as it is written. */
  let line = '';
  /** The beginning of a line, until it is clear whether it closes a fence. */
  let held = '';

  const piece = (text: string, isFence = false): MarkdownPiece => {
    length += text.length;
    return { part, text, isFence };
  };

  function cut(): MarkdownPiece[] {
    const { fence } = state;
    const marks = fence && { open: `${fence.prefix}${fence.marker}`, info: fence.info.slice(0, longestInfo) };
    const closing = marks ? [piece(`${line === '' ? '' : '\n'}${marks.open}\n`, true)] : [];
    part += 1;
    length = 0;
    return [...closing, ...(marks ? [piece(`${marks.open}${marks.info}\n`, true)] : [])];
  }

  /** At the start of a line: cut before it, go on, or wait for more of it. */
  function decide(rest: string): 'cut' | 'go' | 'wait' {
    if (length < limits.paragraph) return 'go';
    if (!state.fence && state.afterBlank && !/^\s/.test(rest)) return 'cut';
    if (length < limits.line) return 'go';
    if (state.fence) {
      const end = rest.indexOf('\n');
      if (end === -1) return mayClose(rest) ? 'wait' : 'cut';
      return closes(rest.slice(0, end), state.fence) ? 'go' : 'cut';
    }
    return state.inTable || /^[\r\n]/.test(rest) ? 'go' : 'cut';
  }

  function write(text: string): MarkdownPiece[] {
    line += text;
    const written = piece(text);
    if (text.endsWith('\n')) {
      state = afterLine(state, line.replace(/\r?\n$/, ''));
      line = '';
    }
    return [written];
  }

  function consume(text: string): MarkdownPiece[] {
    const pieces: MarkdownPiece[] = [];
    for (let rest = text; rest !== '';) {
      if (line === '') {
        const decision = decide(rest);
        if (decision === 'wait' && rest.length < limits.hard - limits.line) {
          held = rest;
          return pieces;
        }
        if (decision === 'cut') pieces.push(...cut());
      }
      const room = limits.hard - length;
      if (room <= 0) {
        pieces.push(...cut());
        continue;
      }
      const end = rest.indexOf('\n') + 1 || rest.length;
      const taken = end <= room ? end : breakBefore(rest, room);
      pieces.push(...write(rest.slice(0, taken)));
      rest = rest.slice(taken);
      if (end > room) pieces.push(...cut());
    }
    return pieces;
  }

  return {
    push: (text) => {
      const all = held + text;
      held = '';
      return joined(consume(all));
    },
    end: () => {
      const rest = held;
      held = '';
      return rest === '' ? [] : [piece(rest)];
    },
  };
}

/** The last blank before a position, or the position itself if the words are that long; never inside a pair. */
function breakBefore(text: string, position: number): number {
  const blank = text.lastIndexOf(' ', position - 1);
  if (blank > position / 2) return blank + 1;
  const isPair = /[\uD800-\uDBFF]/.test(text.charAt(position - 1)) && position > 1;
  return isPair ? position - 1 : position;
}

/** Neighbours of one part and kind as one piece: each costs the Chat view an update. */
function joined(pieces: readonly MarkdownPiece[]): MarkdownPiece[] {
  const result: MarkdownPiece[] = [];
  for (const next of pieces) {
    const last = result.at(-1);
    if (last && last.part === next.part && last.isFence === next.isFence) {
      result[result.length - 1] = { ...last, text: last.text + next.text };
    } else {
      result.push(next);
    }
  }
  return result;
}
