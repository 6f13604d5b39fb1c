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

/** Who gets what of an answer. */
interface AnswerParts {
  readonly sink: AnswerSink;
  /** Gets the text as far as it came. */
  readonly answer: { reply: string };
  readonly connection: AnsweringConnection;
  /** Says how it stands. */
  readonly tell: (message: string) => void;
}

/** Reads the events of an answer into its place. */
export class AnswerReading {
  readonly #parts: AnswerParts;
  #finished: FinishedEvent | undefined;
  #usage: TurnUsage | undefined;
  #isRecovered = false;
  #hasAlternatives = false;

  constructor(parts: AnswerParts) {
    this.#parts = parts;
  }

  /** The text as far as it came. */
  get reply(): string {
    return this.#parts.answer.reply;
  }

  get usage(): TurnUsage | undefined {
    return this.#usage;
  }

  /** The text says why the model does not answer. */
  get isRefusal(): boolean {
    return this.#finished?.isRefusal === true;
  }

  /** The model came to its end. */
  get isWhole(): boolean {
    const reason = this.#finished?.finishReason;
    return this.#finished?.isCut !== true && reason !== 'length' && reason !== 'content_filter';
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
    const { sink, answer, connection, tell } = this.#parts;
    switch (event.type) {
      case 'textDelta':
        answer.reply += event.text;
        sink.push(event.text);
        return;
      case 'replacement':
        answer.reply = event.text;
        sink.replace(event.text);
        return;
      case 'progress':
        tell(plainText(event.text));
        return;
      case 'state':
        if (event.state === 'waiting')
          tell(plainText(retryText(event.error, event.delay, connection.name, vscode.l10n)));
        if (event.state === 'streaming') tell(vscode.l10n.t('The answer is coming…'));
        this.#isRecovered ||= event.state === 'recovered';
        return;
      case 'alternatives':
        this.#hasAlternatives = true;
        return;
      case 'usage':
        this.#usage = turnUsage(event.usage, connection.price);
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
