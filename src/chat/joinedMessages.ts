import type { ChatCompletionMessage, ContentPart, UserMessage } from '../api/wireRequest.ts';

/**
 * The messages with neighbouring ones of the user made one: an answer that was stopped before its first word leaves a
 * prompt alone, and many chat templates refuse two in a row.
 */
export function joinUserMessages(messages: readonly ChatCompletionMessage[]): ChatCompletionMessage[] {
  const joined: ChatCompletionMessage[] = [];
  for (const message of messages) {
    const before = joined.at(-1);
    if (message.role === 'user' && before?.role === 'user') {
      joined[joined.length - 1] = { ...message, content: joinContent(before.content, message.content) };
    } else {
      joined.push(message);
    }
  }
  return joined;
}

type Content = UserMessage['content'];

function joinContent(before: Content, after: Content): Content {
  return typeof before === 'string' && typeof after === 'string'
    ? `${before}\n\n${after}`
    : [...partsOf(before), ...partsOf(after)];
}

function partsOf(content: Content): ContentPart[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content;
}
