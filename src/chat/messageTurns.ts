import type { ChatMessage } from '../api/wire.ts';
import { joinBlocks } from './carried.ts';
import { createThinkBlocks } from './thinkBlocks.ts';

/** A prompt and its reply, as a chatroom's messages tell it. */
export interface MessageTurn {
  /** Of its first message. */
  readonly id: string;
  readonly prompt: string;
  /** Types of what was sent with the prompt and is no text: `image`, `file`, … */
  readonly attachments: readonly string[];
  readonly reply: string;
  /** What the model thought, where the server keeps that with the reply. */
  readonly reasoning: string;
  /** The reply did not come to its end; only chatrooms on this machine tell. */
  readonly isPartial: boolean;
  /** ISO 8601, as the server gives it. */
  readonly askedAt?: string;
}

/** Whether a message is part of a turn; empty ones and those of other roles are not. */
export function isOfTurn({ role, text, type }: ChatMessage): boolean {
  return (role === 'user' || role === 'assistant') && (type !== 'text' || text.trim() !== '');
}

/** Whether a message begins a turn; `previous` is the last one before it that is part of a turn, as far as it is known. */
export function startsTurn(message: ChatMessage, previous: ChatMessage | undefined): boolean {
  if (!isOfTurn(message)) return false;
  if (message.role === 'user') return isText(message) || previous?.role !== 'user';
  // An answer without a prompt stands at the top of a room.
  return message.role === 'assistant' && previous === undefined;
}

/** The turns of messages that stand in their order, oldest first. Prompts that nobody answered are turns too. */
export function messageTurns(messages: readonly ChatMessage[]): MessageTurn[] {
  const turns: MessageTurn[] = [];
  for (const message of messages) {
    if (!isOfTurn(message)) continue;
    const { role, type } = message;
    const last = turns.at(-1);
    if (role === 'assistant') {
      turns[Math.max(0, turns.length - 1)] = withReply(last ?? emptyTurn(message), message);
    } else if (!last || last.reply !== '' || isText(message)) {
      turns.push(newTurn(message));
    } else {
      // Images and files of a prompt are messages of their own at some servers.
      turns[turns.length - 1] = { ...last, attachments: [...last.attachments, type] };
    }
  }
  return turns;
}

function isText({ text }: ChatMessage): boolean {
  return text.trim() !== '';
}

function newTurn(message: ChatMessage): MessageTurn {
  const { text, type } = message;
  return { ...emptyTurn(message), prompt: text, attachments: isText(message) ? [] : [type] };
}

function emptyTurn({ id, created_at: askedAt }: ChatMessage): MessageTurn {
  return {
    id,
    prompt: '',
    attachments: [],
    reply: '',
    reasoning: '',
    isPartial: false,
    ...(askedAt !== undefined && { askedAt }),
  };
}

function withReply(turn: MessageTurn, { text, type, isPartial = false }: ChatMessage): MessageTurn {
  const thinking = createThinkBlocks();
  const pieces = [...thinking.push(text), ...thinking.end()];
  const joined = (kind: 'text' | 'reasoning') =>
    pieces.flatMap((piece) => (piece.kind === kind ? piece.text : [])).join('');
  return {
    ...turn,
    reply: joinBlocks(turn.reply, text.trim() === '' ? `[${type}]` : joined('text')),
    reasoning: joinBlocks(turn.reasoning, joined('reasoning')),
    isPartial: turn.isPartial || isPartial,
  };
}
