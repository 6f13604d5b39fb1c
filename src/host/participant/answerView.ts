import * as vscode from 'vscode';
import type {
  AudioEvent,
  EarlierReplyEvent,
  FinishedEvent,
  ReplyEvent,
  StateEvent,
  WaitEvent,
} from '../../chat/replyEvents.ts';
import { endingTexts } from '../../chat/replyEnding.ts';
import type { BufferingWatch, ReplyClock } from '../../chat/bufferedStream.ts';
import { retryText } from '../../chat/retryText.ts';
import { escapeMarkdown } from '../../chat/untrusted.ts';
import { conversationUsageText, type TurnUsage, turnUsage, usageText } from '../../chat/usageText.ts';
import { commands } from '../../shared/contributions.ts';
import { sentUri } from '../sent/sentDocuments.ts';
import type { AudioStore } from '../storage/audioStore.ts';
import type { AnswerWriter } from './answerWriter.ts';
import type { RunningTurns } from './runningTurns.ts';
import { roomReference, type RoomReference } from '../../chat/openedRoom.ts';
import type { TurnTarget } from '../models/turnTarget.ts';

/** What an answer is shown with. */
export interface AnswerViewInput {
  readonly turn: string;
  readonly target: TurnTarget;
  readonly writer: AnswerWriter;
  readonly stream: vscode.ChatResponseStream;
  readonly running: RunningTurns;
  readonly audio: AudioStore;
  readonly buffering: BufferingWatch;
  /** Where the turn went, once that is known. */
  readonly room: () => RoomReference | undefined;
  /** What the conversation's earlier answers took. */
  readonly earlier: readonly (TurnUsage | undefined)[];
}

/** Shows the reply events of one answer in the Chat view. */
export class AnswerView {
  readonly #input: AnswerViewInput;
  #usage: TurnUsage | undefined;
  #count = 1;
  #hasWaited = false;
  /** A spoken answer; without a name it could not be stored. */
  #audio: { readonly name: string | undefined } | undefined;
  #reachedLength = false;
  #clock: ReplyClock;
  #hasText = false;
  #isRecovered = false;
  /** Turns that are not shown here were told of. */
  #hasElsewhere = false;
  #endLooking: () => void = () => undefined;

  constructor(input: AnswerViewInput) {
    this.#input = input;
    this.#clock = input.buffering.start();
  }

  /** What the answer took; undefined if the provider did not tell. */
  get usage(): TurnUsage | undefined {
    return this.#usage;
  }

  /** The model's length limit ended the answer. */
  get reachedLength(): boolean {
    return this.#reachedLength;
  }

  async show(event: ReplyEvent): Promise<void> {
    const { writer, stream, target } = this.#input;
    switch (event.type) {
      case 'progress':
        stream.progress(event.text);
        return;
      case 'notice':
        this.#hasElsewhere ||= event.isElsewhere === true;
        writer.note(quote(event.text));
        return;
      case 'state':
        this.#enter(event);
        return;
      case 'replacement':
        this.#replace(event.text);
        return;
      case 'earlierReply':
        writer.note(earlierReply(event));
        return;
      case 'reasoningDelta':
        writer.reasoning(event.text);
        return;
      case 'textDelta':
        this.#clock.piece();
        this.#hasText ||= event.text.trim() !== '';
        writer.text(event.text);
        return;
      case 'alternatives':
        writer.note(heading(1));
        return;
      case 'alternative':
        this.#count = Math.max(this.#count, event.number);
        writer.note(`\n\n${heading(event.number)}${event.text || noText()}`);
        return;
      case 'toolCall':
        writer.note(quote(vscode.l10n.t('Tool used: {0}', escapeMarkdown(event.name))));
        return;
      case 'audio':
        await this.#keepAudio(event);
        return;
      case 'usage':
        this.#usage = turnUsage(event.usage, priceOf(target));
        return;
      case 'finished':
        this.#finish(event);
    }
  }

  #enter(event: StateEvent): void {
    const { writer } = this.#input;
    this.#endLooking();
    switch (event.state) {
      case 'waiting':
        this.#wait(event);
        return;
      case 'recovering':
        this.#look();
        return;
      case 'recovered':
        this.#isRecovered = true;
        return;
      case 'interrupted':
        writer.finish();
        if (this.#hasText) writer.note(quote(vscode.l10n.t('The answer was interrupted here.')));
        return;
      case 'streaming':
      case 'stopped':
      case 'failed':
        // The text, and the handler, say so.
        return;
    }
  }

  /** In the status bar where there is text: VS Code folds away what stands before a progress message. */
  #look(): void {
    const title = vscode.l10n.t('The connection was lost. Looking for the answer in the chatroom…');
    if (!this.#hasText) {
      this.#input.stream.progress(title);
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#endLooking = resolve;
    void vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () => promise);
  }

  /** Nothing that the Chat view has shown can be taken back. */
  #replace(text: string): void {
    const { writer } = this.#input;
    writer.restart(
      `\n\n---\n\n> ${vscode.l10n.t('The connection was lost. This is the answer as the chatroom has it:')}\n\n`,
    );
    writer.text(text);
  }

  #wait({ error, delay, tryNow }: WaitEvent): void {
    const { stream, running, turn, target } = this.#input;
    running.waiting(turn, tryNow);
    if (!this.#hasWaited) {
      // They serve the turn's later waits too. VS Code shows a progress message only as long as it comes last.
      stream.button({ command: commands.tryNow, title: vscode.l10n.t('Try Now'), arguments: [turn] });
      stream.button({ command: commands.stop, title: vscode.l10n.t('Cancel'), arguments: [turn] });
      this.#hasWaited = true;
    }
    this.#clock = this.#input.buffering.start();
    stream.progress(retryText(error, delay, target.connection.name, vscode.l10n));
  }

  async #keepAudio({ format, data }: AudioEvent): Promise<void> {
    const { audio, turn } = this.#input;
    this.#audio = { name: await audio.keep(turn, format, data) };
  }

  #finish(event: FinishedEvent): void {
    const { writer, stream, target, turn } = this.#input;
    const name = this.#audio?.name;
    const held = this.#clock.note(target.connection.name, vscode.l10n);
    this.#reachedLength = event.finishReason === 'length';
    writer.finish();
    const texts = endingTexts(
      event,
      {
        isRecovered: this.#isRecovered,
        hasAlternatives: this.#count > 1,
        isAudioLost: this.#audio !== undefined && name === undefined,
        ...(held !== undefined && { buffered: held }),
      },
      vscode.l10n,
    );
    writer.note(
      `\n\n${texts.map((text) => `> ${text}\n\n`).join('')}*${this.#signature(event.model, target)}* · `,
    );
    stream.anchor(sentUri(turn));
    // At the very end: VS Code folds away what stands before a button that text follows.
    if (held !== undefined) {
      stream.button({
        command: commands.wholeReplies,
        title: vscode.l10n.t('Ask for Whole Replies'),
        arguments: [target.connection.name],
      });
    }
    const room = this.#input.room();
    if (this.#hasElsewhere && room) {
      stream.button({
        command: commands.openPanel,
        title: vscode.l10n.t('Show in Panel'),
        arguments: [roomReference(room)],
      });
    }
    if (name !== undefined) {
      stream.button({
        command: commands.saveAudio,
        title: vscode.l10n.t('Save Audio…'),
        arguments: [name],
      });
    }
  }

  /** Names the model that wrote the answer (the one the server names, else the one that was asked) and what it took. */
  #signature(named: string | undefined, { connection, model }: TurnTarget): string {
    const turns = [...this.#input.earlier, this.#usage];
    return [
      escapeMarkdown(named ?? model ?? ''),
      escapeMarkdown(connection.name),
      usageText(this.#usage, vscode.l10n),
      turns.length > 1 ? conversationUsageText(turns, vscode.l10n) : '',
    ]
      .filter((part) => part !== '')
      .join(' · ');
  }
}

function priceOf({ connection, model }: TurnTarget) {
  return model === undefined ? undefined : connection.models?.[model]?.price;
}

function quote(text: string): string {
  return `\n\n> ${text}\n\n`;
}

function earlierReply({ isRest, text }: EarlierReplyEvent): string {
  const told = isRest
    ? vscode.l10n.t('An answer above was interrupted. The chatroom has more of it:')
    : vscode.l10n.t('An answer above was interrupted. The chatroom has this answer:');
  return quote(`*${told}*\n\n${text.trim()}`.replaceAll(/\r\n?|\n/g, '\n> '));
}

function heading(number: number): string {
  return `#### ${vscode.l10n.t('Alternative {0}', number)}\n\n`;
}

function noText(): string {
  return `*${vscode.l10n.t('without text')}*`;
}
