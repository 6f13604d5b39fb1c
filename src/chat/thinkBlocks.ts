/** A piece of a reply: what the model thought, or what it answered. */
export interface ReplyPiece {
  readonly kind: 'reasoning' | 'text';
  readonly text: string;
}

/** Tells the reasoning that some servers write into the text itself from the answer behind it. */
export interface ThinkBlocks {
  push(text: string): ReplyPiece[];
  /** What is still held back: the beginning of a tag that never came. */
  end(): ReplyPiece[];
}

const openings = ['<think>', '<thinking>'] as const;

/**
 * Splits `<think>…</think>` off the beginning of a reply, without the blanks around what was thought; tags and blanks
 * may come in pieces. Later in the text a tag is text: an answer may well speak of such tags.
 */
export function createThinkBlocks(): ThinkBlocks {
  let state: 'start' | 'thinking' | 'after' | 'text' = 'start';
  /** Blanks of which nobody knows yet whether they count. Apart, so that many of them are not searched again and again. */
  let blanks = '';
  /** The beginning of a tag, perhaps. */
  let held = '';
  let closing = '';
  let hasThought = false;

  function begin(text: string, isEnd: boolean): ReplyPiece[] {
    const visible = text.trimStart();
    blanks += text.slice(0, text.length - visible.length);
    const opening = openings.find((tag) => visible.startsWith(tag));
    if (opening !== undefined) {
      state = 'thinking';
      closing = opening.replace('<', '</');
      return think(visible.slice(opening.length), isEnd);
    }
    if (!isEnd && openings.some((tag) => tag.startsWith(visible))) {
      held = visible;
      return [];
    }
    state = 'text';
    return piece('text', blanks + visible);
  }

  function think(text: string, isEnd: boolean): ReplyPiece[] {
    const end = text.indexOf(closing);
    if (end !== -1) {
      const thought = reason(text.slice(0, end));
      state = 'after';
      return [...thought, ...after(text.slice(end + closing.length))];
    }
    const kept = isEnd ? 0 : partialLength(text, closing);
    held = text.slice(text.length - kept);
    return reason(text.slice(0, text.length - kept));
  }

  /** Blanks before the first thought are left out, those behind one wait for the next. */
  function reason(text: string): ReplyPiece[] {
    const thought = text.trimEnd();
    const between = blanks;
    blanks = thought === '' ? blanks + text : text.slice(thought.length);
    if (thought === '') return [];
    const isFirst = !hasThought;
    hasThought = true;
    return piece('reasoning', isFirst ? thought.trimStart() : between + thought);
  }

  /** The blank lines between both are nobody's. */
  function after(text: string): ReplyPiece[] {
    const answer = text.trimStart();
    if (answer !== '') state = 'text';
    return piece('text', answer);
  }

  function next(text: string, isEnd: boolean): ReplyPiece[] {
    const known = held + text;
    held = '';
    if (state === 'start') return begin(known, isEnd);
    if (state === 'thinking') return think(known, isEnd);
    return state === 'after' ? after(known) : piece('text', known);
  }

  return { push: (text) => next(text, false), end: () => next('', true) };
}

/** How many characters at the end of `text` could be the beginning of `tag`. */
function partialLength(text: string, tag: string): number {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length -= 1) {
    if (tag.startsWith(text.slice(text.length - length))) return length;
  }
  return 0;
}

function piece(kind: ReplyPiece['kind'], text: string): ReplyPiece[] {
  return text === '' ? [] : [{ kind, text }];
}
