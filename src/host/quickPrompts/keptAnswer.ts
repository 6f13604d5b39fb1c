import type * as vscode from 'vscode';
import type { AnswerEnding, AnswerPlace, AnswerSink, PlacedAnswer } from './answerSink.ts';

/** An answer on its way to its place, with all that the model wrote. */
export class KeptAnswer implements AnswerSink {
  readonly place: AnswerPlace;
  readonly #sink: AnswerSink;
  readonly #ended: () => void;
  #text = '';
  /** Blanks before the first text, and half a character at the end: neither is written yet. */
  #held = '';
  #hasBegun = false;

  constructor(place: AnswerPlace, sink: AnswerSink, ended: () => void) {
    this.place = place;
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

  /** The answer as the model wrote it, as far as it has come. */
  get text(): string {
    return this.#text;
  }

  push(text: string): void {
    this.#text += text;
    this.#held += text;
    this.#hasBegun ||= this.#held.trim() !== '';
    if (!this.#hasBegun) return;
    const end = /[\uD800-\uDBFF]$/.test(this.#held) ? -1 : this.#held.length;
    const certain = this.#held.slice(0, end);
    this.#held = this.#held.slice(certain.length);
    if (certain !== '') this.#sink.push(certain);
  }

  replace(text: string): void {
    this.#text = text;
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
