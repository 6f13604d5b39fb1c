import * as vscode from 'vscode';
import type { ReplyEvent } from '../../chat/replyEvents.ts';
import { escapeMarkdown } from '../../chat/untrusted.ts';
import type { AnswerWriter } from './answerWriter.ts';
import type { TurnTarget } from './turnTarget.ts';

/** Shows one reply event in the Chat view. */
export function showEvent(
  event: ReplyEvent,
  writer: AnswerWriter,
  stream: vscode.ChatResponseStream,
  target: TurnTarget,
): void {
  switch (event.type) {
    case 'progress':
      stream.progress(event.text);
      return;
    case 'notice':
      writer.note(`> ${event.text}\n\n`);
      return;
    case 'textDelta':
      writer.text(event.text);
      return;
    case 'reasoningDelta':
    case 'usage':
      return;
    case 'toolCall':
      writer.note(`\n\n> ${vscode.l10n.t('Tool used: {0}', escapeMarkdown(event.name))}\n\n`);
      return;
    case 'finished':
      writer.finish();
      writer.note(`\n\n${ending(event.finishReason)}${signature(event.model, target)}`);
  }
}

function ending(finishReason: string | undefined): string {
  const texts: Readonly<Record<string, string>> = {
    length: vscode.l10n.t('The answer reached the model’s length limit.'),
    content_filter: vscode.l10n.t('The provider’s content filter ended the answer.'),
  };
  const text = finishReason === undefined ? undefined : texts[finishReason];
  return text === undefined ? '' : `> ${text}\n\n`;
}

/** Names the model that wrote the answer: the one the server names, else the one that was asked. */
function signature(named: string | undefined, { connection, model }: TurnTarget): string {
  const name = escapeMarkdown(named ?? model ?? '');
  return name === ''
    ? `*${escapeMarkdown(connection.name)}*`
    : `*${name} · ${escapeMarkdown(connection.name)}*`;
}
