import type * as vscode from 'vscode';
import type { AnswerEnding, AnswerSink, PlacedAnswer } from './answerSink.ts';

/** Passes an answer on to its place: what is blank begins nothing there, and no character comes in two. */
export class SteadySink implements AnswerSink {
  readonly #sink: AnswerSink;
  readonly #ended: () => void;
  /** Blanks before the first text, and half a character at the end: neither is written yet. */
  #held = '';
  #hasBegun = false;

  /** `ended` is called at the end. */
  constructor(sink: AnswerSink, ended: () => void) {
    this.#sink = sink;
    this.#ended = ended;
  }

  dispose(): void {
    this.#ended();
    this.#sink.dispose();
  }

  get onClosed(): vscode.Event<void> {
    return this.#sink.onClosed;
  }

  push(text: string): void {
    this.#held += text;
    this.#hasBegun ||= this.#held.trim() !== '';
    if (!this.#hasBegun) return;
    const end = /[\uD800-\uDBFF]$/.test(this.#held) ? -1 : this.#held.length;
    const certain = this.#held.slice(0, end);
    this.#held = this.#held.slice(certain.length);
    if (certain !== '') this.#sink.push(certain);
  }

  replace(text: string): void {
    this.#held = '';
    this.#sink.replace(text);
  }

  async end(ending: AnswerEnding): Promise<PlacedAnswer> {
    try {
      return await this.#sink.end(ending);
    } finally {
      this.dispose();
    }
  }
}
