import * as vscode from 'vscode';
import type { AnswerEnding, AnswerSink, PlacedAnswer } from '../answerSink.ts';
import { type Offer, offer } from './offer.ts';

/** A place that takes an answer as a whole. */
export interface WholePlace {
  readonly put: (answer: string) => Promise<PlacedAnswer>;
  /** Said when all of it is there. */
  readonly done: string;
  /** Said of an answer that is not whole. */
  readonly refusal: string;
}

/** Collects an answer for a place that takes it at the end, and only if it is whole. */
export class WholeSink implements AnswerSink {
  readonly #place: WholePlace;
  readonly #next: Offer;
  readonly #onClosed = new vscode.EventEmitter<void>();
  #text = '';

  constructor(place: WholePlace, next: Offer) {
    this.#place = place;
    this.#next = next;
  }

  dispose(): void {
    this.#onClosed.dispose();
  }

  get onClosed(): vscode.Event<void> {
    return this.#onClosed.event;
  }

  push(text: string): void {
    this.#text += text;
  }

  replace(text: string): void {
    this.#text = text;
  }

  async end(ending: AnswerEnding): Promise<PlacedAnswer> {
    if (this.#text.trim() === '') return { isEmpty: true };
    if (ending !== 'answered') return { isEmpty: true, problem: this.#place.refusal };
    const placed = await this.#place.put(this.#text);
    if (!placed.isEmpty && placed.problem === undefined) void offer(this.#place.done, [this.#next]);
    return placed;
  }
}
