import * as vscode from 'vscode';
import { systemClock } from '../../chat/clock.ts';
import { createDeltaBatcher } from '../../chat/deltaBatcher.ts';
import { createMarkdownSplitter, type MarkdownPiece } from '../../chat/markdownParts.ts';
import { createReasoningWriter } from './reasoningWriter.ts';

/** Feeds one answer to the Chat view. */
export interface AnswerWriter {
  text(delta: string): void;
  /** What the model thought, as a quotation before the answer. */
  reasoning(delta: string): void;
  /**
   * A line of ours, apart from the answer. Before the answer it is held back until the first text comes: VS Code
   * folds away everything that stands before the last progress message.
   */
  note(markdown: string): void;
  /** What was written is not the answer; `markdown` says so, and the answer begins anew below it. */
  restart(markdown: string): void;
  /** Writes what is held back: the view shows nothing that comes after the handler returned. */
  finish(): void;
  /** Where the answer stands in all the markdown written. */
  readonly reply: readonly [start: number, end: number];
}

/** The view takes in some 2,000 words a second; a longer answer would keep it busy for minutes. */
const longestShown = 1_000_000;

/**
 * Creates a writer. VS Code merges neighbouring markdown of the same `baseUri` and cuts the whole at 100,000
 * characters, so every part of a long answer, and every note, has a `baseUri` of its own. It is a file name in the
 * workspace folder, so that relative links in an answer resolve there.
 */
export function createAnswerWriter(stream: vscode.ChatResponseStream): AnswerWriter {
  const base =
    vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.from({ scheme: 'tachyon', path: '/' });
  let splitter = createMarkdownSplitter();
  let written = 0;
  let notes = 0;
  let isHolding = true;
  const held: string[] = [];
  let start = 0;
  let end = 0;
  let isCut = false;

  const write = (text: string, part: string) => {
    const markdown = new vscode.MarkdownString(text);
    markdown.baseUri = vscode.Uri.joinPath(base, part);
    stream.markdown(markdown);
    written += text.length;
  };
  const writeNote = (markdown: string) => {
    notes += 1;
    const parts = createMarkdownSplitter();
    for (const { part, text } of [...parts.push(markdown), ...parts.end()]) {
      write(text, `note-${notes}-${part}`);
    }
  };
  const releaseNotes = () => {
    isHolding = false;
    for (const markdown of held.splice(0)) writeNote(markdown);
  };
  const writePieces = (pieces: readonly MarkdownPiece[]) => {
    if (pieces.length === 0) return;
    if (isHolding) releaseNotes();
    if (end === 0) start = written;
    for (const { part, text } of pieces) {
      if (end - start < longestShown) write(text, `answer-${part}`);
      else if (!isCut) cut();
      end = isCut ? end : written;
    }
  };
  const cut = () => {
    isCut = true;
    const text = vscode.l10n.t('The answer is too long to be shown whole here.');
    writeNote(`\n\n> ${text}\n\n`);
  };
  const batcher = createDeltaBatcher((text) => writePieces(splitter.push(text)), systemClock);
  const reasoning = createReasoningWriter((text, part) => write(text, `reasoning-${part}`), systemClock);
  let isThinking = true;
  /** Thoughts in mid-answer: written there, they would count as the answer. */
  let late = '';

  const finishReasoning = () => {
    // What stands before a progress message is folded away.
    if (isThinking && reasoning.finish()) stream.progress(vscode.l10n.t('Answering…'));
    isThinking = false;
  };
  const finishText = () => {
    batcher.flush();
    writePieces(splitter.end());
  };

  return {
    text: (delta) => {
      finishReasoning();
      batcher.push(delta);
    },
    reasoning: (delta) => {
      if (isThinking) reasoning.push(delta);
      else late += delta;
    },
    note: (markdown) => {
      if (isHolding) {
        held.push(markdown);
      } else {
        finishText();
        writeNote(markdown);
      }
    },
    restart: (markdown) => {
      finishText();
      releaseNotes();
      writeNote(markdown);
      splitter = createMarkdownSplitter();
      start = end = 0;
      isCut = false;
    },
    finish: () => {
      reasoning.finish();
      finishText();
      releaseNotes();
      if (late !== '') writeNote(`\n\n> ${late.replaceAll('\n', '\n> ')}\n\n`);
      late = '';
    },
    get reply() {
      return [start, end] as const;
    },
  };
}
