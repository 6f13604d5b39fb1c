import * as vscode from 'vscode';
import { pause, systemClock } from '../../../chat/clock.ts';
import { onDocumentGone } from './documentGone.ts';
import { type DocumentChange, PlaceInDocument } from './placeInDocument.ts';

/**
 * How far a text has come. `cut`: somebody changed it while it grew, and no more is written. `edited`: somebody changed it
 * since. `refused`: nothing can be written. `gone`: the document was closed.
 */
export type StreamedState = 'growing' | 'whole' | 'cut' | 'edited' | 'refused' | 'gone';

/** What became of an edit. `late`: others changed the document first, or its editor was hidden. */
type EditResult = 'written' | 'late' | 'refused';

/** What goes before a text that goes in now, such as a line end. */
export type TextHead = (at: vscode.Position) => string;

/** One edit in a frame of 30 a second. */
const shortestMs = 33;
/** So often in a row a document refuses an edit that nothing came before: it takes none. */
const mostRefusals = 5;
/** So often in a row others may be faster. */
const mostRaces = 1000;

/** Text that streams into a place of a document while others change that, too. */
export class StreamedText implements vscode.Disposable {
  #document: vscode.TextDocument;
  readonly #place: PlaceInDocument;
  readonly #onDidChange = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  #closing: vscode.Disposable;
  #state: StreamedState = 'growing';
  readonly #head: TextHead;
  /** The head goes before what is written next. */
  #needsHead = true;
  #waiting = '';
  /** What was written. */
  #written = '';
  /** The line of a place that is empty yet, as it was when it was looked at last. */
  #line: string;
  /** What stands there is to go before more is written. */
  #isAnew = false;
  #hasBegun = false;
  #hasText = false;
  #isEnding = false;
  #isRunning = false;
  #run: Promise<void> = Promise.resolve();
  #wake: (() => void) | undefined;
  /** The changes that come while an edit of ours is under way: only its result tells whether the first is ours. */
  #held: DocumentChange[] | undefined;

  constructor(document: vscode.TextDocument, offset: number, head: TextHead = () => '') {
    this.#document = document;
    this.#head = head;
    this.#place = new PlaceInDocument(document, offset);
    this.#line = this.#lineNow();
    this.#subscriptions = [
      this.#onDidChange,
      vscode.window.onDidChangeVisibleTextEditors(() => this.#wake?.()),
      vscode.workspace.onDidChangeTextDocument(({ document: of, contentChanges: changes }) => {
        if (of !== this.#document || changes.length === 0) return;
        const change = { changes, eol: of.eol };
        if (this.#held) this.#held.push(change);
        else this.#followOthers(change);
      }),
      vscode.workspace.onDidSaveTextDocument((saved) => {
        if (this.#isSavedAs(saved)) this.#goOnIn(saved);
      }),
    ];
    this.#closing = onDocumentGone(document, () => this.#become('gone'));
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#closing.dispose();
    this.#become('gone');
  }

  /** The text came to stand somewhere else, grew, or its state changed. */
  get onDidChange(): vscode.Event<void> {
    return this.#onDidChange.event;
  }

  /** Another one after a document without a name was saved. */
  get document(): vscode.TextDocument {
    return this.#document;
  }

  get state(): StreamedState {
    return this.#state;
  }

  /** Where the text stands. */
  get range(): vscode.Range {
    return this.#place.rangeIn(this.document);
  }

  get isEmpty(): boolean {
    return this.#place.isEmpty;
  }

  /** Adds text, in the next frame. */
  push(text: string): void {
    if (this.#state !== 'growing' || text === '') return;
    this.#waiting += text;
    this.#start();
  }

  /** What was written is to go, and the text begins anew. */
  restart(): void {
    if (this.#state !== 'growing') return;
    this.#isAnew = this.#hasBegun;
    this.#waiting = '';
  }

  /** No more comes; resolves when all of it stands there, or cannot. */
  async finish(): Promise<StreamedState> {
    this.#isEnding = true;
    this.#wake?.();
    if (this.#isAnew) this.#start();
    await this.#run;
    if (this.#state === 'growing') this.#become('whole');
    return this.#state;
  }

  /** Takes the text away again, in one step. Returns whether it could. */
  async remove(): Promise<boolean> {
    if (this.#state !== 'growing' && this.#state !== 'whole') return false;
    this.#waiting = '';
    for (let refusals = 0; refusals < mostRefusals && !this.isEmpty; refusals += 1) {
      const edit = new vscode.WorkspaceEdit();
      edit.delete(this.document.uri, this.range);
      await vscode.workspace.applyEdit(edit);
    }
    return this.isEmpty;
  }

  #start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#run = this.#write();
  }

  async #write(): Promise<void> {
    try {
      let refused = 0;
      let late = 0;
      while (this.#state === 'growing' && (this.#waiting !== '' || this.#isAnew)) {
        const editor = this.#findEditor();
        if (!editor && !this.#isEnding) {
          await new Promise<void>((resolve) => (this.#wake = resolve));
          continue;
        }
        const begun = systemClock.now();
        const result = await this.#writeOnce(editor);
        refused = result === 'refused' ? refused + 1 : 0;
        late = result === 'late' ? late + 1 : 0;
        if (refused >= mostRefusals || late >= mostRaces) this.#become('refused');
        const rest = begun + shortestMs - systemClock.now();
        if (rest > 0 && (this.#waiting !== '' || this.#isAnew)) await pause(systemClock, rest);
      }
    } finally {
      this.#isRunning = false;
    }
  }

  async #writeOnce(editor: vscode.TextEditor | undefined): Promise<EditResult> {
    const isRemoval = this.#isAnew;
    const added = isRemoval ? '' : this.#waiting;
    const text = isRemoval || !this.#needsHead ? added : this.#head(this.range.start) + added;
    if (isRemoval) this.#isAnew = false;
    else this.#waiting = '';
    this.#hasBegun = true;
    const held: DocumentChange[] = [];
    this.#held = held;
    const taken = await this.#edit(editor, text);
    this.#held = undefined;
    const isLate = taken === undefined || (!taken && held.length > 0);
    // A change that comes before ours makes VS Code refuse ours; a document that cannot be written tells of none.
    const own = taken === true ? held.shift() : undefined;
    const followed = own && this.#place.follow(own, this.document, isRemoval ? undefined : text);
    const isWritten = isRemoval ? this.isEmpty : followed?.isAppended === true;
    if (isWritten) {
      this.#hasText = true;
      this.#needsHead = isRemoval;
      this.#written = isRemoval ? '' : this.#written + text;
      this.#onDidChange.fire();
    } else if (isRemoval) {
      this.#isAnew = true;
    } else if (!this.#isAnew) {
      this.#waiting = added + this.#waiting;
    }
    if (followed?.isConflict && !isRemoval) this.#tellConflict();
    for (const change of held) this.#followOthers(change);
    if (isWritten) return 'written';
    return isLate ? 'late' : 'refused';
  }

  /** Whether VS Code took the edit; undefined: the editor was hidden in this moment. */
  async #edit(editor: vscode.TextEditor | undefined, text: string): Promise<boolean | undefined> {
    const { document, range } = this;
    if (!editor) {
      const edit = new vscode.WorkspaceEdit();
      if (text === '') edit.delete(document.uri, range);
      else edit.insert(document.uri, range.end, text);
      return vscode.workspace.applyEdit(edit);
    }
    const stops = { undoStopBefore: !this.#hasText, undoStopAfter: this.#isEnding };
    try {
      return await editor.edit((builder) => {
        if (text === '') builder.delete(range);
        else builder.insert(range.end, text);
      }, stops);
    } catch {
      return undefined;
    }
  }

  #findEditor(): vscode.TextEditor | undefined {
    const { activeTextEditor: active, visibleTextEditors } = vscode.window;
    if (active?.document === this.document) return active;
    return visibleTextEditors.find(({ document }) => document === this.document);
  }

  /** A document without a name is saved as another one, and closed. */
  #isSavedAs(saved: vscode.TextDocument): boolean {
    if (!this.#document.isUntitled || saved.isUntitled || this.#held?.length) return false;
    const text = this.#document.getText().trimEnd();
    return text !== '' && saved.getText().trimEnd() === text;
  }

  #goOnIn(saved: vscode.TextDocument): void {
    this.#closing.dispose();
    this.#document = saved;
    this.#closing = onDocumentGone(saved, () => this.#become('gone'));
    this.#onDidChange.fire();
  }

  #followOthers(change: DocumentChange): void {
    if (this.#place.follow(change, this.document).isConflict) this.#tellConflict();
    else this.#onDidChange.fire();
    if (this.isEmpty) this.#line = this.#lineNow();
  }

  #lineNow(): string {
    return this.document.lineAt(this.range.start.line).text;
  }

  #tellConflict(): void {
    if (this.#state !== 'growing' && this.#state !== 'whole') return;
    const now = this.document.getText(this.range);
    const isInPlace = this.#written !== '' || isSame(this.#lineNow(), this.#line);
    // Many files are formatted when they are saved.
    if (isSame(now, this.#written) && isInPlace) {
      this.#onDidChange.fire();
      return;
    }
    this.#become(this.#state === 'growing' ? 'cut' : 'edited');
  }

  #become(state: StreamedState): void {
    if (this.#state === state || this.#state === 'gone') return;
    this.#state = state;
    this.#waiting = '';
    this.#isAnew = false;
    this.#wake?.();
    this.#onDidChange.fire();
  }
}

/** But for blanks. */
function isSame(a: string, b: string): boolean {
  return withoutBlanks(a) === withoutBlanks(b);
}

function withoutBlanks(text: string): string {
  return text.replaceAll(/\s+/g, '');
}
