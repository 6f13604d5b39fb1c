import { safeCut } from './textCut.ts';

/** How long slices are: a new one begins with the line after `length` characters, or in a line that is `longestLine` long. */
export interface SliceSize {
  readonly length: number;
  readonly longestLine: number;
}

/** Text that grows at its end. */
export interface SlicedText {
  readonly slices: readonly HTMLElement[];
  push(text: string): void;
}

/**
 * Fills the element with slices of text, of which only the last one grows: a browser lays out a text node anew from its
 * beginning whenever it grows. Where they are cut depends on the text alone, not on its pieces.
 */
export function createSlicedText(element: HTMLElement, className: string, size: SliceSize): SlicedText {
  const slices: HTMLElement[] = [];
  let last: Text | undefined;
  return {
    slices,
    push(text) {
      let rest = text;
      while (rest !== '') {
        if (last === undefined) {
          last = document.createTextNode('');
          const slice = document.createElement('span');
          slice.className = className;
          slice.append(last);
          element.append(slice);
          slices.push(slice);
        }
        const end = sliceEnd(rest, last.length, size);
        last.appendData(end === undefined ? rest : rest.slice(0, end));
        if (end === undefined) return;
        rest = rest.slice(end);
        last = undefined;
      }
    },
  };
}

/** Where the slice that has `length` characters ends in the text; undefined: after it. */
function sliceEnd(text: string, length: number, size: SliceSize): number | undefined {
  const newline = text.indexOf('\n', Math.max(0, size.length - length - 1));
  const hard = size.longestLine - length;
  if (newline >= 0 && newline < hard) return newline + 1;
  return text.length > hard ? safeCut(text, hard) : undefined;
}
