import type { Conversation } from './conversation.ts';

/** Everything of a conversation, or what comes before the turn with this index. */
export async function carriedOf(conversation: Conversation, end?: number) {
  await conversation.complete();
  const turns = await conversation.turns(0, end ?? conversation.count);
  return turns
    .filter(({ reply, state }) => reply !== '' || (state !== 'failed' && state !== 'sending'))
    .map(({ id, prompt, reply }) => ({ prompt: conversation.own(id)?.live.wholePrompt ?? prompt, reply }));
}
