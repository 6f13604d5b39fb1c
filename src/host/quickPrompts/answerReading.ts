import * as vscode from 'vscode';
import type { Price } from '../../api/connection.ts';
import { endingTexts } from '../../chat/replyEnding.ts';
import type { FinishedEvent, ReplyEvent } from '../../chat/replyEvents.ts';
import { retryText } from '../../chat/retryText.ts';
import { plainText } from '../../chat/untrusted.ts';
import { type TurnUsage, turnUsage } from '../../chat/usageText.ts';
import type { AnswerSink } from './answerSink.ts';

/** What of a connection its answers are told with. */
interface AnsweringConnection {
  readonly name: string;
  readonly price?: Price;
}

/** Reads the events of an answer into its place. */
export class AnswerReading {
  readonly #sink: AnswerSink | undefined;
  readonly #connection: AnsweringConnection;
  readonly #tell: (message: string) => void;
  #reply = '';
  #finished: FinishedEvent | undefined;
  #usage: TurnUsage | undefined;
  #isRecovered = false;
  #hasAlternatives = false;

  /** `tell` says how it stands. */
  constructor(
    sink: AnswerSink | undefined,
    connection: AnsweringConnection,
    tell: (message: string) => void,
  ) {
    this.#sink = sink;
    this.#connection = connection;
    this.#tell = tell;
  }

  /** The text as far as it came. */
  get reply(): string {
    return this.#reply;
  }

  get usage(): TurnUsage | undefined {
    return this.#usage;
  }

  /** The text says why the model does not answer. */
  get isRefusal(): boolean {
    return this.#finished?.isRefusal === true;
  }

  /** What the person should know of how it ended. */
  get remarks(): string[] {
    const seen = {
      isRecovered: this.#isRecovered,
      hasAlternatives: this.#hasAlternatives,
      isAudioLost: false,
    };
    return this.#finished ? endingTexts(this.#finished, seen, vscode.l10n).map(plainText) : [];
  }

  show(event: ReplyEvent): void {
    switch (event.type) {
      case 'textDelta':
        this.#reply += event.text;
        this.#sink?.push(event.text);
        return;
      case 'replacement':
        this.#reply = event.text;
        this.#sink?.replace(event.text);
        return;
      case 'progress':
        this.#tell(plainText(event.text));
        return;
      case 'state':
        if (event.state === 'waiting')
          this.#tell(plainText(retryText(event.error, event.delay, this.#connection.name, vscode.l10n)));
        if (event.state === 'streaming') this.#tell(vscode.l10n.t('The answer is coming…'));
        this.#isRecovered ||= event.state === 'recovered';
        return;
      case 'alternatives':
        this.#hasAlternatives = true;
        return;
      case 'usage':
        this.#usage = turnUsage(event.usage, this.#connection.price);
        return;
      case 'finished':
        this.#finished = event;
        return;
      case 'reasoningDelta':
      case 'notice':
      case 'earlierReply':
      case 'alternative':
      case 'toolCall':
      case 'audio':
        // A quick prompt has one text, and no conversation that something could be told of.
        break;
    }
  }
}
