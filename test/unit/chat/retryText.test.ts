import assert from 'node:assert/strict';
import { ApiError, type ApiErrorDetails, type ApiErrorKind } from '../../../src/api/apiError.ts';
import { untranslated } from '../../../src/chat/l10n.ts';
import { retryText } from '../../../src/chat/retryText.ts';

describe('retryText', () => {
  const cases: [ApiErrorKind, ApiErrorDetails, number, string][] = [
    ['network', { code: 'ECONNREFUSED' }, 2499, '“home” cannot be reached; trying again in 2 s.'],
    ['rateLimited', { status: 429 }, 60_000, '“home” gets too many requests (429); trying again in 60 s.'],
    ['provider', { code: '503' }, 500, 'The model behind “home” reported an error; trying again in 1 s.'],
    ['server', { status: 503 }, 0, '“home” is busy or has a problem of its own (503); trying again in 1 s.'],
    [
      'badRequest',
      { status: 409 },
      1500,
      '“home” is busy or has a problem of its own (409); trying again in 2 s.',
    ],
  ];
  for (const [kind, details, delay, expected] of cases) {
    it(`says why and when after ${kind}`, () => {
      const error = new ApiError(kind, 'x', { ...details, providerMessage: 'secret [link](https://evil)' });
      assert.equal(retryText(error, delay, 'home', untranslated), expected);
    });
  }

  it('lets no markup of a name come alive', () => {
    const said = retryText(new ApiError('network', 'x'), 1000, '[x](https://evil) $(gear)', untranslated);
    assert.ok(said.startsWith(String.raw`“\[x\](https\://evil) \$(gear)”`), said);
  });
});
