import * as vscode from 'vscode';
import { createTrackedRange, type TrackedRange } from '../../../chat/quickPrompts/trackedRange.ts';

/** What an event told of a document. */
export interface DocumentChange {
  readonly changes: readonly vscode.TextDocumentContentChangeEvent[];
  /** The line ends that it has since. */
  readonly eol: vscode.EndOfLine;
}

/** The place of a text in a document that others change, too; also where its line ends become others. */
export class PlaceInDocument {
  readonly #tracked: TrackedRange;
  #eol: vscode.EndOfLine;

  constructor(document: vscode.TextDocument, start: number, end: number = start) {
    this.#tracked = createTrackedRange(start, end);
    this.#eol = document.eol;
  }

  get isEmpty(): boolean {
    return this.#tracked.start === this.#tracked.end;
  }

  /** Where it is in the document, as that is now. */
  rangeIn(document: vscode.TextDocument): vscode.Range {
    return new vscode.Range(document.positionAt(this.#tracked.start), document.positionAt(this.#tracked.end));
  }

  /** As `TrackedRange.follow`. */
  follow(
    { changes, eol }: DocumentChange,
    document: vscode.TextDocument,
    appended?: string,
  ): ReturnType<TrackedRange['follow']> {
    const hasOthers = eol !== this.#eol;
    this.#eol = eol;
    const growth = eol === vscode.EndOfLine.CRLF ? 1 : -1;
    if (!hasOthers || !isLineEnds(changes, document, growth)) return this.#tracked.follow(changes, appended);
    this.#tracked.move((offset) => offset + growth * lineOf(offset, document, growth));
    return { isAppended: false, isConflict: false };
  }
}

/** VS Code tells new line ends as a change of all of the text; `growth`: of each of them. */
function isLineEnds(
  [change, ...others]: DocumentChange['changes'],
  { lineCount }: vscode.TextDocument,
  growth: number,
): boolean {
  if (!change || others.length > 0) return false;
  const { rangeOffset, rangeLength, text } = change;
  return rangeOffset === 0 && text.length - rangeLength === growth * (lineCount - 1);
}

/** The line of an offset from before each line end of the document grew by so much. */
function lineOf(offset: number, document: vscode.TextDocument, growth: number): number {
  let first = 0;
  let last = document.lineCount - 1;
  while (first < last) {
    const line = Math.ceil((first + last) / 2);
    const start = document.offsetAt(new vscode.Position(line, 0)) - growth * line;
    if (start <= offset) first = line;
    else last = line - 1;
  }
  return first;
}
