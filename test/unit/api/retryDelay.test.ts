import assert from 'node:assert/strict';
import { ApiError, type ApiErrorDetails, type ApiErrorKind } from '../../../src/api/apiError.ts';
import { retryDelay, type RetryRule } from '../../../src/api/retry.ts';

const usual: RetryRule = { config: undefined, codes: [], idempotent: true };
const once: RetryRule = { ...usual, idempotent: false };
const never: RetryRule = { ...usual, config: { strategy: 'none' } };
const atOpenAi: RetryRule = { ...usual, codes: ['409'] };

function failure(kind: ApiErrorKind, details: ApiErrorDetails = {}): ApiError {
  return new ApiError(kind, 'failed', details);
}

function ofStatus(status: number, details: ApiErrorDetails = {}): ApiError {
  return failure(status >= 500 ? 'server' : 'badRequest', { status, ...details });
}

function unsent(code?: string): ApiError {
  return failure('network', { mayHaveBeenAccepted: false, ...(code !== undefined && { code }) });
}

function only(...retryCodes: string[]): RetryRule {
  return { ...usual, config: { strategy: 'backoff', retryCodes } };
}

/** Whether a first failure is followed by another attempt. */
const decisions: [name: string, error: unknown, rule: RetryRule, again: boolean][] = [
  ...[408, 425, 429, 500, 502, 503, 504].map((status): [string, unknown, RetryRule, boolean] => [
    `${status}`,
    ofStatus(status),
    usual,
    true,
  ]),
  ...[400, 401, 402, 403, 404, 409, 410, 418, 422, 423, 501].map(
    (status): [string, unknown, RetryRule, boolean] => [`${status}`, ofStatus(status), usual, false],
  ),
  ['409 at OpenAI', ofStatus(409), atOpenAi, true],
  ['423 at OpenAI', ofStatus(423), atOpenAi, false],
  ['503, strategy none', ofStatus(503), never, false],
  ['no connection, strategy none', unsent('ECONNREFUSED'), never, false],

  ['429 that may be stored', ofStatus(429), once, true],
  ['425 that may be stored', ofStatus(425), once, true],
  ['503 that may be stored', ofStatus(503), once, false],
  ['500 that may be stored', ofStatus(500), once, false],
  ['502 that may be stored', ofStatus(502), once, false],
  ['504 that may be stored', ofStatus(504), once, false],
  ['408 that may be stored', ofStatus(408), once, false],
  ['no connection for what may be stored', unsent('ECONNREFUSED'), once, true],

  ['a used-up quota', ofStatus(429, { code: 'insufficient_quota' }), usual, false],
  ['another code of 429', ofStatus(429, { code: 'rate_limit_exceeded' }), usual, true],
  [
    "a used-up quota, against the server's word",
    ofStatus(429, { code: 'insufficient_quota', headers: { 'x-should-retry': 'true' } }),
    usual,
    false,
  ],
  ["the server's yes to a 400", ofStatus(400, { headers: { 'x-should-retry': 'true' } }), usual, true],
  ["the server's no to a 503", ofStatus(503, { headers: { 'x-should-retry': 'false' } }), usual, false],
  ["the server's odd word", ofStatus(503, { headers: { 'x-should-retry': 'maybe' } }), usual, true],
  [
    "the server's yes to a 500 that may be stored",
    ofStatus(500, { headers: { 'x-should-retry': 'true' } }),
    once,
    false,
  ],

  ['501 by 5XX', ofStatus(501), only('5XX'), true],
  ['501 by 5xx', ofStatus(501), only('5xx'), true],
  ['429 by 5XX', ofStatus(429), only('5XX'), false],
  ['418 by 418', ofStatus(418), only('5XX', '418'), true],
  ['503 by nothing', ofStatus(503), only(), false],

  ...['ECONNREFUSED', 'ECONNRESET', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETDOWN', 'UND_ERR_CONNECT_TIMEOUT'].map(
    (code): [string, unknown, RetryRule, boolean] => [code, unsent(code), usual, true],
  ),
  ...['ENOTFOUND', 'CERT_HAS_EXPIRED', 'EPROTO'].map((code): [string, unknown, RetryRule, boolean] => [
    code,
    unsent(code),
    usual,
    false,
  ]),
  ['a network failure without a name', unsent(), usual, false],
  [
    'a reset after the request was sent',
    failure('network', { code: 'ECONNRESET', mayHaveBeenAccepted: true }),
    usual,
    false,
  ],
  [
    'no connection, if those are not retried',
    unsent('ECONNREFUSED'),
    { ...usual, config: { strategy: 'backoff', retryConnectionErrors: false } },
    false,
  ],

  ['a numeric code inside a reply', failure('provider', { status: 200, code: '502' }), usual, true],
  ['another code inside a reply', failure('provider', { status: 200, code: 'bad' }), usual, false],
  ['an error inside a reply without a code', failure('provider', { status: 200 }), usual, false],
  [
    'a code inside a reply that may be stored',
    failure('provider', { status: 200, code: '503' }),
    once,
    false,
  ],

  ['a reply that was cut', failure('cut', { status: 200, code: 'ECONNRESET' }), usual, false],
  ['a reply that nobody understands', failure('malformedReply', { status: 200 }), only('2XX'), false],
  ['a time limit', failure('timeout', { limit: 'headers' }), usual, false],
  ['an empty reply', failure('emptyReply'), usual, false],
  ['a redirect', failure('redirect', { status: 307 }), usual, false],
  ['a redirect, even by 3XX', failure('redirect', { status: 307 }), only('3XX'), false],
  ['no key', failure('missingCredential', { mayHaveBeenAccepted: false }), usual, false],
  ['an abort', new DOMException('stop', 'AbortError'), usual, false],
  ['a bug', new TypeError('x is undefined'), usual, false],
];

function between(
  least: number,
  most: number,
  ...[error, rule, attempt, elapsed]: Parameters<typeof retryDelay>
): void {
  for (let run = 0; run < 20; run += 1) {
    const delay = retryDelay(error, rule, attempt, elapsed) ?? Number.NaN;
    assert.ok(delay >= least && delay <= most, `${delay} is not within ${least} and ${most}`);
  }
}

describe('retryDelay', () => {
  for (const [name, error, rule, again] of decisions) {
    it(`${again ? 'retries' : 'gives up at'} ${name}`, () => {
      assert.equal(retryDelay(error, rule, 1, 0) !== undefined, again);
    });
  }

  it('doubles half a second up to eight seconds, less up to a quarter', () => {
    for (const [attempt, most] of [500, 1000, 2000, 4000, 8000, 8000].entries()) {
      between(most * 0.75, most, ofStatus(503), usual, attempt + 1, 0);
    }
  });

  it('follows the configured intervals', () => {
    const backoff = { initialInterval: 10, maxInterval: 60, exponent: 3, maxElapsedTime: 100 };
    const rule: RetryRule = { ...usual, config: { strategy: 'backoff', backoff } };
    between(7.5, 10, ofStatus(503), rule, 1, 0);
    between(22.5, 30, ofStatus(503), rule, 2, 0);
    between(45, 60, ofStatus(503), rule, 3, 0);
    between(45, 60, ofStatus(503), rule, 4, 40);
    assert.equal(retryDelay(ofStatus(503), rule, 4, 56), undefined);
  });

  it('waits ten minutes for a model that is being loaded', () => {
    const loading = ofStatus(503, { providerMessage: 'Loading model' });
    between(6000, 8000, loading, usual, 9, 590_000);
    assert.equal(retryDelay(loading, usual, 9, 595_000), undefined);
    const asking = ofStatus(503, { providerMessage: 'Loading model', retryAfterMs: 10_000 });
    assert.equal(retryDelay(asking, usual, 9, 590_000), 10_000);
    assert.equal(retryDelay(asking, usual, 9, 600_001), undefined);
    assert.equal(retryDelay(ofStatus(503), usual, 9, 30_000), undefined);
  });

  it('waits as long as the server asks, and no shorter than by itself from the second time on', () => {
    assert.equal(retryDelay(ofStatus(429, { retryAfterMs: 60_000 }), usual, 1, 0), 60_000);
    assert.equal(retryDelay(ofStatus(429, { retryAfterMs: 0 }), usual, 1, 0), 0);
    between(750, 1000, ofStatus(429, { retryAfterMs: 0 }), usual, 2, 0);
    between(3000, 4000, ofStatus(429, { retryAfterMs: 5 }), usual, 4, 0);
    assert.equal(retryDelay(ofStatus(429, { retryAfterMs: 9000 }), usual, 3, 19_000), 9000);
    assert.equal(retryDelay(ofStatus(429, { retryAfterMs: 1 }), usual, 3, 20_001), undefined);
  });
});
