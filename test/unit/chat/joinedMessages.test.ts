import assert from 'node:assert/strict';
import type { ChatCompletionMessage } from '../../../src/api/wireRequest.ts';
import { joinUserMessages } from '../../../src/chat/joinedMessages.ts';

const user = (content: Extract<ChatCompletionMessage, { role: 'user' }>['content']) =>
  ({ role: 'user', content }) as const;
const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } } as const;

describe('joinUserMessages', () => {
  it('makes one of prompts that stand side by side, and leaves all else as it is', () => {
    const answer = { role: 'assistant', content: 'a' } as const;
    const tool = { role: 'tool', content: 'r', tool_call_id: 'c' } as const;
    const system = { role: 'system', content: 's' } as const;
    assert.deepEqual(
      joinUserMessages([system, user('1'), user('2'), user('3'), answer, user('4'), tool, user('5')]),
      [system, user('1\n\n2\n\n3'), answer, user('4'), tool, user('5')],
    );
    assert.deepEqual(joinUserMessages([]), []);
  });

  it('keeps pictures in their place', () => {
    assert.deepEqual(joinUserMessages([user([{ type: 'text', text: '1' }, image]), user('2')]), [
      user([{ type: 'text', text: '1' }, image, { type: 'text', text: '2' }]),
    ]);
  });
});
