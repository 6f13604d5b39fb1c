import * as vscode from 'vscode';
import { systemClock } from '../../../chat/clock.ts';
import { createDeltaBatcher, type DeltaBatcher } from '../../../chat/deltaBatcher.ts';
import { type AnswerText, proseAnswer } from '../../../chat/quickPrompts/answerText.ts';
import type { GitRepository } from '../../attachments/git.ts';
import type { AnswerEnding, AnswerSink, PlacedAnswer } from '../answerSink.ts';
import { type Offer, offer } from './offer.ts';
import { doubtProblem } from './streamSink.ts';

/** An answer that streams into the box of a commit message, in place of what stands there. */
export class CommitMessageSink implements AnswerSink {
  readonly #box: GitRepository['inputBox'];
  readonly #before: string;
  readonly #next: Offer;
  readonly #onClosed = new vscode.EventEmitter<void>();
  readonly #batcher: DeltaBatcher;
  #reader: AnswerText = proseAnswer();
  #text = '';
  /** What we left in the box; another text is the person's. */
  #written: string;
  #isCut = false;

  constructor({ inputBox }: Pick<GitRepository, 'inputBox'>, next: Offer) {
    this.#next = next;
    this.#box = inputBox;
    this.#before = this.#written = inputBox.value;
    this.#batcher = createDeltaBatcher((text) => this.#write(this.#text + text), systemClock);
  }

  dispose(): void {
    this.#onClosed.dispose();
  }

  get onClosed(): vscode.Event<void> {
    return this.#onClosed.event;
  }

  push(text: string): void {
    this.#batcher.push(this.#reader.push(text));
  }

  replace(text: string): void {
    this.#batcher.flush();
    this.#reader = proseAnswer();
    this.#text = '';
    this.push(text);
  }

  async end(ending: AnswerEnding): Promise<PlacedAnswer> {
    const { rest, doubt } = this.#reader.end(ending === 'answered');
    this.#batcher.push(rest);
    this.#batcher.flush();
    if (this.#isCut) {
      const problem = vscode.l10n.t(
        'The commit message was edited while it was written: no more was written there.',
      );
      return { isEmpty: false, problem };
    }
    const problem = doubtProblem(doubt);
    const isEmpty = this.#text === '' || ending === 'failed';
    // Also after an answer that was taken back.
    if (isEmpty) this.#write(this.#before);
    else this.#tell(ending);
    return { isEmpty, ...(problem !== undefined && ending !== 'failed' && { problem }) };
  }

  #write(text: string): void {
    if (this.#isCut) return;
    if (this.#box.value !== this.#written) {
      this.#isCut = true;
      return;
    }
    this.#text = this.#written = text;
    this.#box.value = text;
  }

  #tell(ending: AnswerEnding): void {
    if (this.#before.trim() === '') {
      if (ending === 'answered') void offer(vscode.l10n.t('The commit message is written.'), [this.#next]);
      return;
    }
    const undo = {
      title: vscode.l10n.t('Undo'),
      run: () => {
        this.#write(this.#before);
        if (this.#isCut) void offer(vscode.l10n.t('The commit message was edited since, and stays.'), []);
      },
    };
    void offer(vscode.l10n.t('The commit message that stood there was replaced.'), [undo, this.#next]);
  }
}
