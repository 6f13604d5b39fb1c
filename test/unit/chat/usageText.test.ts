import assert from 'node:assert/strict';
import type { Price } from '../../../src/api/connection.ts';
import type { Usage } from '../../../src/api/wire.ts';
import { untranslated } from '../../../src/chat/l10n.ts';
import { conversationUsageText, type TurnUsage, turnUsage, usageText } from '../../../src/chat/usageText.ts';

const usage: Usage = { prompt_tokens: 1000, completion_tokens: 500, total_tokens: 1500 };
const price: Price = { input: 2.5, output: 10, cachedInput: 1.25, currency: 'EUR' };
const tokens = { input: 1000, output: 500 };

describe('turnUsage', () => {
  const cases: [string, Partial<Usage>, Price | undefined, TurnUsage][] = [
    ['no cost where nobody knows a price', {}, undefined, tokens],
    ['the user’s price', {}, price, { ...tokens, cost: 0.0075, currency: 'EUR' }],
    [
      'dollars if no currency is set',
      {},
      { input: 1, output: 2 },
      { ...tokens, cost: 0.002, currency: 'USD' },
    ],
    [
      'less for cached tokens',
      { cache_read_input_tokens: 400 },
      price,
      { ...tokens, cost: 0.007, currency: 'EUR' },
    ],
    [
      'the usual price for cached tokens that have none',
      { cache_read_input_tokens: 400 },
      { input: 1, output: 2 },
      { ...tokens, cost: 0.002, currency: 'USD' },
    ],
    [
      'no more cached tokens than there are',
      { cache_read_input_tokens: 9000 },
      price,
      { ...tokens, cost: 0.00625, currency: 'EUR' },
    ],
    [
      'nothing for a model that is free',
      {},
      { input: 0, output: 0 },
      { ...tokens, cost: 0, currency: 'USD' },
    ],
    [
      'the provider’s own cost before the user’s price',
      { total_cost: 0.25 },
      price,
      { ...tokens, cost: 0.25 },
    ],
    ['the provider’s own cost of nothing', { total_cost: 0 }, price, { ...tokens, cost: 0 }],
  ];
  for (const [what, more, given, expected] of cases) {
    it(`counts ${what}`, () => assert.deepEqual(turnUsage({ ...usage, ...more }, given), expected));
  }
});

describe('usageText', () => {
  const cases: [TurnUsage | undefined, string][] = [
    [undefined, '? tokens'],
    [{ input: 12_345, output: 0 }, '12,345 → 0 tokens'],
    [{ input: 1, output: 2, cost: 0.00123456 }, '1 → 2 tokens · cost 0.00123'],
    [{ input: 1, output: 2, cost: 0.00123456, currency: 'USD' }, '1 → 2 tokens · $0.00123'],
    [{ input: 1, output: 2, cost: 1234.567, currency: 'EUR' }, '1 → 2 tokens · €1,234.57'],
    [{ input: 1, output: 2, cost: 0.25, currency: 'JPY' }, '1 → 2 tokens · ¥0.25'],
    [{ input: 1, output: 2, cost: 0 }, '1 → 2 tokens · cost 0'],
  ];
  for (const [turn, expected] of cases) {
    it(`says ${expected}`, () => assert.equal(usageText(turn, untranslated), expected));
  }
});

describe('conversationUsageText', () => {
  const plain: TurnUsage = { input: 1000, output: 234 };
  const own: TurnUsage = { input: 1, output: 1, cost: 0.2 };
  const dollars: TurnUsage = { input: 1, output: 1, cost: 0.1, currency: 'USD' };
  const euros: TurnUsage = { ...dollars, currency: 'EUR' };
  const cases: [string, (TurnUsage | undefined)[], string][] = [
    ['knows all tokens', [plain, plain], '2,468'],
    ['knows some tokens', [plain, undefined], '1,234 + ?'],
    ['knows none', [undefined, undefined], '?'],
    ['has one currency', [dollars, { ...dollars, cost: 0.2 }], '4 tokens · $0.3'],
    ['has only the provider’s own costs', [own, own], '4 tokens · cost 0.4'],
    ['has two currencies', [dollars, euros], '4'],
    ['has a currency and a provider’s own costs', [own, dollars], '4'],
    ['lacks the cost of a turn', [dollars, { ...plain, currency: 'USD' }], '1,236'],
    ['lacks the tokens of a turn', [dollars, undefined], '2 + ?'],
  ];
  for (const [what, turns, expected] of cases) {
    it(`says ${expected} where it ${what}`, () => {
      const whole = expected.includes('tokens') ? expected : `${expected} tokens`;
      assert.equal(conversationUsageText(turns, untranslated), `conversation: ${whole}`);
    });
  }
});
