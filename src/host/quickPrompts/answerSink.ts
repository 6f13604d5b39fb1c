import type * as vscode from 'vscode';
import type { AskedSelections } from './askedSelections.ts';

/** How an answer ended. `stopped`: by the person, or by a limit of the model. */
export type AnswerEnding = 'answered' | 'stopped' | 'failed';

/** What became of an answer in its place. */
export interface PlacedAnswer {
  /** Nothing was written: the answer is empty, or its place refused it. */
  readonly isEmpty: boolean;
  /** One sentence for the person where not all of the answer stands where it should; told with *Show Whole Answer*. */
  readonly problem?: string;
}

/** The place that an answer streams into. */
export interface AnswerSink extends vscode.Disposable {
  /** Text of the answer, as it comes; never waits. */
  push(text: string): void;
  /** The whole answer is this, as the room has it: what came before is no part of it. */
  replace(text: string): void;
  /** No more comes. Resolves when all of it stands where it should; never rejects. */
  end(ending: AnswerEnding): Promise<PlacedAnswer>;
  /** The place is gone: the document was closed. */
  readonly onClosed: vscode.Event<void>;
}

/** Where an answer goes, as it was when the prompt was asked. */
export interface AnswerPlace {
  /** Of the quick prompt while it runs and of its answer after; an argument of the commands at the answer. */
  readonly id: string;
  /** The try that failed before: this answer takes the place of what it left half written in a file. */
  readonly again?: string;
  /** For `insert`, `replace`. */
  readonly selected?: AskedSelections;
  /** Whether the person has gone to the panel meanwhile, of which editors tell nothing. */
  readonly isInPanel?: () => boolean;
  /** Heading of a markdown answer, and in short what was asked: inert markdown. */
  readonly title: string;
  readonly asked: string;
  /** VS Code's language id of a new file. */
  readonly language?: string;
  /** Where a new file is to be saved; the answer goes to the end of one that is there. */
  readonly path?: vscode.Uri;
  /** Root of the repository whose commit message it becomes. */
  readonly repository?: vscode.Uri;
}
