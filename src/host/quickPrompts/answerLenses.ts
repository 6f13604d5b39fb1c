import * as vscode from 'vscode';
import { answerCommands } from '../../shared/contributions.ts';
import type { StreamedText } from './sinks/streamedText.ts';

/** An answer in a document, and what can be done with it there. */
export interface AnswerAtPlace {
  readonly id: string;
  readonly stream: StreamedText;
  /** `markdown`: the document is the answer's own. `code`: it stands in a file. */
  readonly kind: 'markdown' | 'code';
}

interface ShownAnswer extends AnswerAtPlace {
  isRunning: boolean;
  /** Where its lenses stood last. */
  at: string;
  readonly subscription: vscode.Disposable;
}

/** What can be done with an answer, in a line above it, and below one that has a document of its own. */
export class AnswerLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #shown = new Map<string, ShownAnswer>();
  readonly #onDidChange = new vscode.EventEmitter<void>();
  #registration: vscode.Disposable | undefined;

  dispose(): void {
    this.#registration?.dispose();
    for (const id of this.#shown.keys()) this.remove(id);
    this.#onDidChange.dispose();
  }

  get onDidChangeCodeLenses(): vscode.Event<void> {
    return this.#onDidChange.event;
  }

  /** Shows an answer that is being written. */
  add(answer: AnswerAtPlace): void {
    this.#registration ??= vscode.languages.registerCodeLensProvider({ scheme: '*' }, this);
    const subscription = answer.stream.onDidChange(() => this.#look(answer.id));
    this.#shown.set(answer.id, { ...answer, isRunning: true, at: '', subscription });
    this.#look(answer.id);
  }

  /** The answer has ended. */
  finish(id: string): void {
    const shown = this.#shown.get(id);
    if (!shown) return;
    shown.isRunning = false;
    if (shown.stream.isEmpty && shown.stream.state !== 'cut') this.remove(id);
    else this.#look(id);
  }

  /** Takes the lenses away, and follows the place of the answer no longer. */
  remove(id: string): void {
    const shown = this.#shown.get(id);
    if (!shown) return;
    this.#shown.delete(id);
    shown.subscription.dispose();
    shown.stream.dispose();
    this.#onDidChange.fire();
  }

  /** Takes an answer out of the file that it stands in, in one step. Returns whether it could; undefined: none stands there. */
  async discard(id: string): Promise<boolean | undefined> {
    const shown = this.#shown.get(id);
    if (shown?.kind !== 'code') return undefined;
    const isRemoved = await shown.stream.remove();
    if (isRemoved) this.remove(id);
    return isRemoved;
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    return [...this.#shown.values()]
      .filter(({ stream }) => stream.document === document)
      .flatMap((shown) => lensesOf(shown));
  }

  #look(id: string): void {
    const shown = this.#shown.get(id);
    if (!shown) return;
    const { stream, kind, isRunning } = shown;
    const { state } = stream;
    // What is written in a document of its own may be changed at will.
    const isOver = state === 'gone' || (state === 'edited' && kind === 'code');
    if (isOver && !isRunning) {
      this.remove(id);
      return;
    }
    const at = `${state} ${String(isRunning)} ${stream.range.start.line} ${isRunning ? '' : stream.range.end.line}`;
    if (at === shown.at) return;
    shown.at = at;
    this.#onDidChange.fire();
  }
}

function lensesOf({ id, stream, kind, isRunning }: ShownAnswer): vscode.CodeLens[] {
  const { start, end } = stream.range;
  const lens = (line: number, title: string, command: string, argument: unknown = id) =>
    new vscode.CodeLens(new vscode.Range(line, 0, line, 0), { title, command, arguments: [argument] });
  const at = kind === 'markdown' && !isRunning ? end.line : start.line;
  const isCut = stream.state === 'cut';
  const preview = vscode.l10n.t('Open Preview');
  const ofMarkdown = [
    lens(0, preview, 'markdown.showPreviewToSide', stream.document.uri),
    ...(isRunning ? [] : [lens(at, preview, 'markdown.showPreviewToSide', stream.document.uri)]),
  ];
  const whole = lens(at, vscode.l10n.t('Show Whole Answer'), answerCommands.showWholeAnswer);
  if (isRunning) {
    const stop = lens(kind === 'markdown' ? 0 : at, vscode.l10n.t('Stop'), answerCommands.stopQuickPrompt);
    return [stop, ...(kind === 'markdown' ? ofMarkdown : []), ...(isCut ? [whole] : [])];
  }
  return [
    lens(at, vscode.l10n.t('Continue in Chat'), answerCommands.continueAnswer),
    ...(kind === 'code' && !isCut
      ? [lens(at, vscode.l10n.t('Discard Answer'), answerCommands.discardAnswer)]
      : []),
    ...(kind === 'markdown' ? ofMarkdown : []),
    ...(kind === 'code' || isCut ? [whole] : []),
    lens(at, vscode.l10n.t('Done'), answerCommands.dismissAnswer),
  ];
}
