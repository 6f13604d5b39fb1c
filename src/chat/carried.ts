import type { AssistantMessage, UserMessage } from '../api/wireRequest.ts';

/** A turn that the person sees and the room may lack; sent as a user and an assistant message. */
export interface CarriedTurn {
  readonly prompt: string;
  /** Empty: there was no answer. */
  readonly reply: string;
}

type CarriedMessage = (UserMessage | AssistantMessage) & { readonly content: string };

/** A carried transcript as messages, user and assistant in turn: several providers refuse anything else. */
export interface CarriedMessages {
  readonly messages: readonly CarriedMessage[];
  /** Prompts at the end that were never answered: they go before the new prompt, in its message. */
  readonly unanswered: string;
}

/** Builds the messages of a carried transcript; prompts without an answer join the next one. */
export function carriedMessages(carried: readonly CarriedTurn[]): CarriedMessages {
  const messages: CarriedMessage[] = [];
  let unanswered = '';
  for (const { prompt, reply } of carried) {
    unanswered = joinBlocks(unanswered, prompt);
    if (reply.trim() === '' || unanswered === '') continue;
    messages.push({ role: 'user', content: unanswered }, { role: 'assistant', content: reply });
    unanswered = '';
  }
  return { messages, unanswered };
}

/** Without the prompts at the end that were never answered. */
export function answeredTurns(carried: readonly CarriedTurn[]): readonly CarriedTurn[] {
  return carried.slice(0, carried.findLastIndex(({ reply }) => reply.trim() !== '') + 1);
}

/** The texts that are not blank, a blank line between them. */
export function joinBlocks(...blocks: readonly (string | undefined)[]): string {
  return blocks.filter((block) => block !== undefined && block.trim() !== '').join('\n\n');
}
