import * as vscode from 'vscode';
import { isObject } from '../../api/json.ts';
import type { TurnBinding, VisibleTurn } from '../../chat/turns.ts';
import { openedConversation, visibleOpened } from '../../chat/openedRoom.ts';
import type { TurnUsage } from '../../chat/usageText.ts';
import { typedPrompt } from './chatPrompt.ts';

/** What a turn leaves in `ChatResult.metadata.tachyon`. */
export type TurnMetadata = SentTurn | UnsentTurn;

/** A turn that reached a chatroom. */
export interface SentTurn extends TurnBinding {
  /** What was sent, where the history shows a command and what was typed after it. */
  readonly prompt?: string;
  /** Where the reply stands in the turn's markdown; notices and the model's name surround it. */
  readonly reply: readonly [start: number, end: number];
  readonly ending: 'answered' | 'length' | 'stopped' | 'failed';
  /** Missing where the provider told none. */
  readonly usage?: TurnUsage;
}

/** A turn that no model saw: sign in, `/new`, an error before anything was sent. */
interface UnsentTurn {
  readonly unsent: true;
}

/** The chat result that carries it; returned on every way out, or the conversation loses its room. */
export function chatResult(tachyon: TurnMetadata, errorMessage?: string): vscode.ChatResult {
  const metadata = { tachyon };
  return errorMessage === undefined ? { metadata } : { metadata, errorDetails: { message: errorMessage } };
}

/** What a chat result of ours carries; undefined for any other shape. */
export function turnMetadata(result: vscode.ChatResult): TurnMetadata | undefined {
  const metadata: unknown = result.metadata?.['tachyon'];
  if (isUnsent(metadata)) return metadata;
  return isSent(metadata) ? metadata : undefined;
}

/** The turns of the conversation since the last `/new`, oldest first. */
export function visibleTurns(history: vscode.ChatContext['history']): VisibleTurn[] {
  const turns: VisibleTurn[] = [];
  history.forEach((request, i) => {
    if (!(request instanceof vscode.ChatRequestTurn)) return;
    if (request.command === 'new') turns.length = 0;
    const next = history[i + 1];
    const response = next instanceof vscode.ChatResponseTurn ? next : undefined;
    if (request.command === 'room') {
      // Also without metadata (a killed host): then a new conversation begins, and never "/room x" as its first prompt.
      turns.length = 0;
      const opened = response && openedConversation(response.result);
      if (opened) turns.push(...visibleOpened(opened));
      return;
    }
    const metadata = response && turnMetadata(response.result);
    if (metadata && 'unsent' in metadata) return;
    const markdown = response ? markdownOf(response) : '';
    if (!metadata) {
      const typed = typedPrompt(request);
      if (typed.prompt !== '') turns.push({ ...typed, reply: markdown });
      return;
    }
    const { prompt, reply, conversation, room, connection, turn, endpoint } = metadata;
    turns.push({
      prompt: typeof prompt === 'string' ? prompt : request.prompt,
      reply: markdown.slice(...reply),
      binding: {
        conversation,
        room,
        connection,
        turn,
        ...(typeof endpoint === 'string' && { endpoint }),
      },
    });
  });
  return turns;
}

/** What the answers of the conversation took, since the last `/new`; undefined where it is not known. */
export function earlierUsage(history: vscode.ChatContext['history']): (TurnUsage | undefined)[] {
  const turns: (TurnUsage | undefined)[] = [];
  for (const turn of history) {
    if (turn instanceof vscode.ChatRequestTurn) {
      if (turn.command === 'new' || turn.command === 'room') turns.length = 0;
      continue;
    }
    const metadata = turnMetadata(turn.result);
    if ((metadata && 'unsent' in metadata) || openedConversation(turn.result)) continue;
    turns.push(isUsage(metadata?.usage) ? metadata.usage : undefined);
  }
  return turns;
}

function markdownOf(response: vscode.ChatResponseTurn): string {
  return response.response
    .filter((part) => part instanceof vscode.ChatResponseMarkdownPart)
    .map((part) => part.value.value)
    .join('');
}

function isUnsent(metadata: unknown): metadata is UnsentTurn {
  return isObject(metadata) && metadata['unsent'] === true;
}

function isUsage(usage: unknown): usage is TurnUsage {
  if (!isObject(usage)) return false;
  const { input, output, cost, currency } = usage;
  return (
    [input, output].every(Number.isFinite) &&
    (cost === undefined || Number.isFinite(cost)) &&
    (currency === undefined || (typeof currency === 'string' && /^[A-Z]{3}$/.test(currency)))
  );
}

function isSent(metadata: unknown): metadata is SentTurn {
  if (!isObject(metadata)) return false;
  const ids = ['conversation', 'room', 'connection', 'turn'];
  const reply = metadata['reply'];
  return (
    ids.every((key) => typeof metadata[key] === 'string' && metadata[key] !== '') &&
    Array.isArray(reply) &&
    reply.length === 2 &&
    reply.every(Number.isInteger)
  );
}
