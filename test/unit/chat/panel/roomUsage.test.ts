import assert from 'node:assert/strict';
import { untranslated } from '../../../../src/chat/l10n.ts';
import { roomUsageText } from '../../../../src/chat/panel/roomUsage.ts';
import type { TurnRecord } from '../../../../src/chat/turns.ts';

const base: TurnRecord = {
  turn: '1',
  conversation: 'c',
  connection: 'tachyon',
  surface: 'panel',
  model: 'm',
  promptHash: '',
  askedAt: '2026-01-01T00:00:00Z',
  outcome: 'answered',
};
const told: TurnRecord = {
  ...base,
  usage: { prompt_tokens: 1000, completion_tokens: 500, total_tokens: 1500 },
};

function text(records: readonly TurnRecord[], hasOthers = false, price?: { input: number; output: number }) {
  return roomUsageText(
    { records, hasOthers, priceOf: (model) => (model === 'm' ? price : undefined) },
    untranslated,
  );
}

describe('roomUsageText', () => {
  it('says nothing where no answer told anything', () => {
    assert.equal(text([]), '');
    assert.equal(text([base], true), '');
  });

  it('adds up tokens and cost of all answers', () => {
    assert.equal(text([told, told], false, { input: 1, output: 2 }), 'conversation: 3,000 tokens · $0.004');
  });

  it('says that something is missing: an answer without usage, or turns of others', () => {
    assert.equal(text([told, base]), 'conversation: 1,500 + ? tokens');
    assert.equal(text([told], true), 'conversation: 1,500 + ? tokens');
  });

  it('leaves out what the server did not take', () => {
    assert.equal(text([told, { ...base, outcome: 'refused' }]), 'conversation: 1,500 tokens');
  });
});
