import * as vscode from 'vscode';
import type { AnswerDoubt, AnswerText } from '../../../chat/quickPrompts/answerText.ts';
import { CodeProblem, shownName } from '../../code/codeProblem.ts';
import type { AnswerEnding, AnswerSink, PlacedAnswer } from '../answerSink.ts';
import type { StreamedState, StreamedText } from './streamedText.ts';

/** How an answer streams into a document. */
export interface StreamPlan {
  /** What of the answer goes there; again for an answer that begins anew. */
  readonly read: () => AnswerText;
  /** The place, where it is known before the first text is there. */
  readonly stream?: StreamedText;
  /** Called when the first text is there. A rejection is the answer's problem. */
  readonly open: (info: string | undefined) => Promise<StreamedText>;
}

/** An answer that streams into a document. */
export class StreamSink implements AnswerSink {
  readonly #plan: StreamPlan;
  readonly #onClosed = new vscode.EventEmitter<void>();
  #text: AnswerText;
  #opening: Promise<StreamedText | undefined> | undefined;
  #stream: StreamedText | undefined;
  /** What came while the document was being opened. */
  #waiting = '';
  #problem: string | undefined;
  #isDisposed = false;

  constructor(plan: StreamPlan) {
    this.#plan = plan;
    this.#text = plan.read();
    if (plan.stream) this.#watch(plan.stream);
  }

  dispose(): void {
    this.#isDisposed = true;
    if (!this.#opening) this.#plan.stream?.dispose();
    this.#onClosed.dispose();
  }

  get onClosed(): vscode.Event<void> {
    return this.#onClosed.event;
  }

  push(text: string): void {
    this.#write(this.#text.push(text));
  }

  replace(text: string): void {
    this.#text = this.#plan.read();
    this.#waiting = '';
    this.#stream?.restart();
    this.push(text);
  }

  async end(ending: AnswerEnding): Promise<PlacedAnswer> {
    const { rest, doubt } = this.#text.end(ending === 'answered');
    this.#write(rest);
    const stream = await this.#opening;
    const state = await stream?.finish();
    const isEmpty = stream === undefined || (stream.isEmpty && state !== 'cut');
    // It may be a sentence that says why there is no code.
    const unfenced = vscode.l10n.t('The answer has no block of code: all of it was written.');
    const doubted = doubt === 'noBlock' ? unfenced : doubtProblem(doubt);
    const problem = this.#problem ?? stateProblem(stream) ?? doubted;
    return { isEmpty, ...(problem !== undefined && { problem }) };
  }

  #write(text: string): void {
    if (text === '' || this.#isDisposed) return;
    if (this.#stream) {
      this.#stream.push(text);
      return;
    }
    this.#waiting += text;
    this.#opening ??= this.#open();
  }

  #watch(stream: StreamedText): void {
    stream.onDidChange(() => {
      if (stream.state === 'gone') this.#onClosed.fire();
    });
  }

  async #open(): Promise<StreamedText | undefined> {
    try {
      const stream = await this.#plan.open(this.#text.info);
      if (stream !== this.#plan.stream) this.#watch(stream);
      this.#stream = stream;
      stream.push(this.#waiting);
      this.#waiting = '';
      return stream;
    } catch (error) {
      this.#problem =
        error instanceof CodeProblem
          ? error.message
          : vscode.l10n.t('The answer could not be written to its place.');
      return undefined;
    }
  }
}

function stateProblem(stream: StreamedText | undefined): string | undefined {
  if (!stream) return undefined;
  const name = shownName(stream.document.uri);
  if (stream.state === 'cut' && stream.isEmpty)
    return vscode.l10n.t('The answer, or its place, was taken out of {0}: no more was written there.', name);
  const problems: Partial<Record<StreamedState, string>> = {
    cut: vscode.l10n.t('The answer was edited in {0} while it was written: no more was written there.', name),
    refused: vscode.l10n.t('{0} cannot be changed: not all of the answer is there.', name),
    gone: vscode.l10n.t('{0} was closed before all of the answer was there.', name),
  };
  return problems[stream.state];
}

/** What the person should know of code that may not be whole. */
export function doubtProblem(doubt: AnswerDoubt | undefined): string | undefined {
  if (doubt === 'noCode') return vscode.l10n.t('The answer ended before its code began.');
  if (doubt === 'openFence') return vscode.l10n.t('The code has no end in the answer: it may not be whole.');
  if (doubt === 'moreCode')
    return vscode.l10n.t('The answer has more than one block of code; only the first was taken.');
  if (doubt === 'moreText')
    return vscode.l10n.t(
      'More text follows the block that the answer begins with; only that block was taken.',
    );
  return undefined;
}
