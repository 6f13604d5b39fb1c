import assert from 'node:assert/strict';
import { ApiError, type ApiErrorKind, invalidRequest } from '../../../src/api/apiError.ts';
import { describeError, type ErrorAction } from '../../../src/chat/describeError.ts';
import { untranslated } from '../../../src/chat/l10n.ts';

const describeIt = (error: unknown) => describeError(error, 'tachyon', untranslated);

const actions: [ApiErrorKind, ErrorAction][] = [
  ['unauthorized', 'signIn'],
  ['paymentRequired', 'retry'],
  ['forbidden', 'selectOperator'],
  ['notFound', 'openSettings'],
  ['rateLimited', 'retry'],
  ['badRequest', 'openSettings'],
  ['server', 'retry'],
  ['provider', 'retry'],
  ['network', 'retry'],
  ['cut', 'retry'],
  ['timeout', 'retry'],
  ['redirect', 'openSettings'],
  ['malformedReply', 'openSettings'],
  ['emptyReply', 'retry'],
  ['tooLarge', 'retry'],
  ['missingCredential', 'signIn'],
  ['missingOperator', 'selectOperator'],
  ['insecureUrl', 'openSettings'],
  ['invalidRequest', 'openSettings'],
];

describe('describeError', () => {
  for (const [kind, action] of actions) {
    it(`says what happened and what to do: ${kind}`, () => {
      const plain = describeIt(new ApiError(kind, 'Our own sentence.'));
      assert.equal(plain.action, action);
      assert.match(plain.message, /^[^\n]{15,}\.$/);
      assert.doesNotMatch(plain.message, /undefined|NaN|\{\d\}/);
      const details = { code: 'SOME_CODE', providerMessage: 'see [here](https://x.example)\nnow' };
      const { message } = describeIt(new ApiError(kind, 'Our own sentence.', details));
      assert.ok(message.startsWith(plain.message));
      const said = 'SOME\\_CODE: see \\[here\\](https\\://x.example) now';
      // Without a reply the code is the system's own.
      const isSystem = kind === 'network' || kind === 'cut';
      assert.ok(message.endsWith(isSystem ? ` (${said})` : ` The server says: “${said}”`), message);
    });
  }

  it('names the limit that fired and its setting', () => {
    const silence = describeIt(new ApiError('timeout', '', { limit: 'silence', limitValue: 120_000 }));
    assert.match(silence.message, /silent for 120 s.*“timeouts\.silence”.*tachyon\.connections/);
    const headers = describeIt(new ApiError('timeout', '', { limit: 'headers', limitValue: 1500 }));
    assert.match(headers.message, /within 2 s.*“timeouts\.headers”/);
    assert.equal(headers.action, 'openSettings');
  });

  for (const limit of ['headers', 'silence'] as const) {
    it(`names no time and no setting if the HTTP client's own limit fired: ${limit}`, () => {
      const { message, action } = describeIt(new ApiError('timeout', '', { limit }));
      assert.match(message, limit === 'headers' ? /too long to begin/ : /silent in mid-answer/);
      assert.doesNotMatch(message, /\d|timeouts/);
      assert.equal(action, 'retry');
    });
  }

  it('words a refusal of ours in the language of the person, as inert markdown', () => {
    const japanese = { t: (message: string) => `訳: ${message}` };
    const own = invalidRequest('urlHasQuery', 'The URL has a query. Remove it.');
    assert.match(describeError(own, 'tachyon', japanese).message, /^訳: The URL has a query; /);
    const header = invalidRequest('headerValue', 'Odd.', { subject: 'x_*a*' });
    assert.match(describeIt(header).message, /header “x\\_\\\*a\\\*” has/);
  });

  it('names the size, the wait and the target', () => {
    const large = (limit: 'event' | 'answer') =>
      describeIt(new ApiError('tooLarge', '', { limit, limitValue: 4 * 1024 * 1024 })).message;
    assert.match(large('event'), /one event of more than 4 MB/);
    assert.match(large('answer'), /grew over 4 MB/);
    assert.match(describeIt(new ApiError('rateLimited', '', { retryAfterMs: 2100 })).message, /in 3 s/);
    assert.match(
      describeIt(new ApiError('redirect', '', { location: 'https://other.example/v1' })).message,
      /redirects to https\\:\/\/other\.example\/v1/,
    );
  });

  it('never shows a stack or the text of an unknown error', () => {
    for (const error of [new Error('secret'), 'secret', undefined, null, { message: 'secret' }]) {
      const { message, action } = describeIt(error);
      assert.doesNotMatch(message, /secret|at /);
      assert.equal(action, 'showLog');
    }
  });
});
