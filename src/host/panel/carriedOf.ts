import type { Conversation } from './conversation.ts';

/** Everything of a conversation, or what comes before the turn with this index. */
export async function carriedOf(conversation: Conversation, end?: number) {
  await conversation.complete();
  const turns = await conversation.turns(0, end ?? conversation.count);
  return turns
    .filter(({ reply, state }) => reply !== '' || (state !== 'failed' && state !== 'sending'))
    .map(({ id, prompt, reply }) => ({ prompt: conversation.own(id)?.live.wholePrompt ?? prompt, reply }));
}

/** Whether images, sounds or files went out with any of these turns: only texts are carried. */
export async function hasMedia(conversation: Conversation, end?: number): Promise<boolean> {
  const turns = await conversation.turns(0, end ?? conversation.count);
  return turns.some(({ id, attachments }) => {
    const own = conversation.own(id)?.live.attachments;
    return own ? own.media.length > 0 : attachments.length > 0;
  });
}
