import * as vscode from 'vscode';
import { PlaceInDocument } from './sinks/placeInDocument.ts';

interface AskedSelection {
  readonly place: PlaceInDocument;
  /** The cursor stands at its start. */
  readonly isReversed: boolean;
}

/** What was selected in an editor when a prompt was asked, and where that stands by now: until its answer comes the person goes on. */
export class AskedSelections implements vscode.Disposable {
  readonly editor: vscode.TextEditor;
  readonly #asked: readonly AskedSelection[];
  readonly #subscription: vscode.Disposable;
  #isChanged = false;

  constructor(editor: vscode.TextEditor) {
    const { document, selections } = editor;
    this.editor = editor;
    this.#asked = selections.map(({ start, end, isReversed }) => ({
      place: new PlaceInDocument(document, document.offsetAt(start), document.offsetAt(end)),
      isReversed,
    }));
    this.#subscription = vscode.workspace.onDidChangeTextDocument(({ document: of, contentChanges }) => {
      if (of !== document) return;
      const change = { changes: contentChanges, eol: of.eol };
      for (const { place } of this.#asked)
        if (place.follow(change, document).isConflict) this.#isChanged = true;
    });
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** The first is that of the first cursor. */
  get selections(): readonly vscode.Selection[] {
    return this.#asked.map(({ place, isReversed }) => {
      const { start, end } = place.rangeIn(this.editor.document);
      return isReversed ? new vscode.Selection(end, start) : new vscode.Selection(start, end);
    });
  }

  /** What was selected is no longer what it was. */
  get isChanged(): boolean {
    return this.#isChanged;
  }
}
