import assert from 'node:assert/strict';
import { ApiError } from '../../../src/api/apiError.ts';
import { describeError } from '../../../src/chat/describeError.ts';
import { untranslated } from '../../../src/chat/l10n.ts';

describe('a conversation that is too long for its model', () => {
  const told: [string, ApiError][] = [
    [
      'by OpenAI',
      new ApiError('badRequest', '', {
        status: 400,
        param: 'messages',
        code: 'context_length_exceeded',
        providerMessage: "This model's maximum context length is 8192 tokens.",
      }),
    ],
    [
      'by vLLM, which names a parameter that nobody set',
      new ApiError('badRequest', '', {
        status: 400,
        providerMessage: "'max_tokens' is too large: 5. This model's maximum context length is 2 tokens",
      }),
    ],
    ['by a proxy', new ApiError('badRequest', '', { status: 413, providerMessage: 'Payload Too Large' })],
    [
      'by LM Studio inside of a reply',
      new ApiError('provider', '', { providerMessage: 'The number of tokens exceeds the context window.' }),
    ],
  ];
  for (const [by, error] of told) {
    it(`is told ${by}, with what to do`, () => {
      const { message, action } = describeError(error, 'dev', untranslated, 'openai-compatible');
      assert.match(message, /^The conversation is too long for this model of “dev”; begin anew with \/new/);
      assert.equal(action, 'pickModel');
    });
  }
});

describe('an unreadable event in mid-answer', () => {
  it('is not called a wrong URL', () => {
    const error = new ApiError('malformedReply', '', { inEvent: true, url: 'http://x/', body: '{' });
    const { message, action } = describeError(error, 'dev', untranslated, 'openai-compatible');
    assert.match(message, /^“dev” sent something unreadable in its answer; ask again/);
    assert.equal(action, 'retry');
  });
});
