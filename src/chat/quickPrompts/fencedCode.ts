import { type Fence, openFence } from '../markdownLines.ts';

/** Reads the code out of an answer while it comes. Line ends become `\n`. */
export interface FencedCode {
  /** What stands behind the opening fence; undefined until there is one. */
  readonly info: string | undefined;
  /** Takes the next text of the answer; returns the code that is now certain. */
  push(text: string): string;
  /** Ends the answer. `isWhole`: the model came to its end; otherwise a fence may have been cut in two. */
  end(isWhole: boolean): CodeEnding;
}

/** What is known of the code of an answer at its end. */
interface CodeEnding {
  /** The rest of the code; the whole answer if it has no fence, since one could have come until now. */
  readonly rest: string;
  readonly isFenced: boolean;
  /** The fence was closed: the code is whole. */
  readonly isClosed: boolean;
  /** What else the model wrote, before and after; empty where there is no fence. */
  readonly other: string;
  /** Another block follows. */
  readonly hasMore?: true;
}

/** A line that begins with more blanks and marks than this is no fence. */
const longestFence = 500;

/**
 * Takes the first fenced block of an answer; an answer without any is all code. A fence within the code that names its
 * language, and the one that ends it, are code, too: an example in a document.
 */
export function createFencedCode(): FencedCode {
  let fence: Fence | undefined;
  let isClosed = false;
  /** Markers of the fences within the code whose end has not come. */
  const inner: string[] = [];
  const before: string[] = [];
  const after: string[] = [];
  /** The line that is coming. */
  let line = '';
  /** That line is code, and what has come of it is given out. */
  let isGiven = false;
  let endsInReturn = false;

  function take(text: string): string {
    line += text;
    if (!fence || isClosed) return '';
    if (isGiven) return text;
    if (mayBeBare(line, fence)) return '';
    isGiven = true;
    return withoutPrefix(line, fence);
  }

  function endLine(): string {
    const whole = line;
    const wasGiven = isGiven;
    line = '';
    isGiven = false;
    if (isClosed) after.push(whole);
    else if (fence) return endCodeLine(whole, fence, wasGiven);
    else {
      fence = openFence(whole);
      if (!fence) before.push(whole);
    }
    return '';
  }

  function endCodeLine(whole: string, of: Fence, wasGiven: boolean): string {
    if (wasGiven) {
      const marker = innerMarker(whole, of);
      if (marker !== undefined) inner.push(marker);
      return '\n';
    }
    const marker = bareMarker(whole, of);
    isClosed = marker?.startsWith(of.marker) === true && inner.length === 0;
    if (isClosed) return '';
    const open = inner.at(-1);
    if (open !== undefined && marker?.startsWith(open)) inner.pop();
    return `${withoutPrefix(whole, of)}\n`;
  }

  /** The last line, which no line end follows. */
  function endCode(of: Fence): string {
    const marker = isGiven ? undefined : bareMarker(line, of);
    const open = inner.at(-1);
    if (marker === undefined) return isGiven ? '' : withoutPrefix(line, of);
    if (open !== undefined && marker.startsWith(open)) return withoutPrefix(line, of);
    // Any other one that stands alone is half a fence.
    isClosed = marker.startsWith(of.marker) && open === undefined;
    return '';
  }

  return {
    get info() {
      return fence?.info;
    },
    push(text) {
      const known = (endsInReturn ? '\r' : '') + text;
      endsInReturn = known.endsWith('\r');
      const [first = '', ...others] = (endsInReturn ? known.slice(0, -1) : known).split(/\r\n|\r|\n/);
      return take(first) + others.map((next) => endLine() + take(next)).join('');
    },
    end(isWhole) {
      const ended = endsInReturn ? endLine() : '';
      if (!fence) {
        fence = openFence(line);
        // A fence that opens on the last line has no code.
        if (fence) line = '';
      }
      if (!fence) {
        const last = isWhole ? line : line.replace(/^[ \t]*(?:`+|~+)$/, '');
        return {
          rest: [...before, last].join('\n'),
          isFenced: false,
          isClosed: false,
          other: '',
        };
      }
      if (isClosed) after.push(line);
      const rest = ended + (isClosed ? '' : endCode(fence));
      const around = [before, after].map((lines) => lines.join('\n').trim()).filter((text) => text !== '');
      const hasMore = after.some((each) => openFence(each) !== undefined);
      return { rest, isFenced: true, isClosed, other: around.join('\n\n'), ...(hasMore && { hasMore }) };
    },
  };
}

/** Whether the beginning of a line may become one with nothing but a marker. */
function mayBeBare(beginning: string, fence: Fence): boolean {
  if (beginning.length > longestFence) return false;
  const bare = fence.marker.startsWith('`') ? /^ {0,3}`*[ \t]*$/ : /^ {0,3}~*[ \t]*$/;
  return bare.test(withoutPrefix(beginning, fence));
}

/** The marker of a line that holds nothing else. */
function bareMarker(line: string, fence: Fence): string | undefined {
  const marker = mayBeBare(line, fence) ? withoutPrefix(line, fence).trim() : '';
  return marker === '' ? undefined : marker;
}

/** The marker of a fence within the code whose end could be taken for that of the block. */
function innerMarker(line: string, fence: Fence): string | undefined {
  const found = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})[ \t]*[^\s~]/.exec(withoutPrefix(line, fence));
  return found?.[1]?.startsWith(fence.marker) ? found[1] : undefined;
}

/** A line of the code without the blanks, or the marks of the quote, that its fence is indented by. */
function withoutPrefix(line: string, { prefix }: Fence): string {
  let at = 0;
  while (at < prefix.length && (line[at] === ' ' || line[at] === '\t' || isQuote(line, prefix, at))) at += 1;
  return line.slice(at);
}

function isQuote(line: string, prefix: string, at: number): boolean {
  return line[at] === '>' && prefix.includes('>');
}
