import assert from 'node:assert/strict';
import { untranslated } from '../../../../src/chat/l10n.ts';
import type { MessageTurn } from '../../../../src/chat/messageTurns.ts';
import type { TurnRecord } from '../../../../src/chat/turns.ts';
import { carriedTurn, heldTurn, type TurnFacts, unheldTurn } from '../../../../src/host/panel/roomTurns.ts';

const held: MessageTurn = {
  id: 'msg_1',
  prompt: 'p',
  attachments: ['image'],
  reply: 'half',
  reasoning: 'hm',
  isPartial: false,
  askedAt: '2026-01-01T00:00:00Z',
};
const record: TurnRecord = {
  turn: 't1',
  conversation: 'c',
  connection: 'tachyon',
  surface: 'participant',
  promptHash: 'h',
  askedAt: '2026-11-21T12:00:00Z',
  model: 'acme/model',
  outcome: 'answered',
  usage: { prompt_tokens: 1_000_000, completion_tokens: 0, total_tokens: 1_000_000 },
};

function facts(more: Partial<TurnFacts> = {}): TurnFacts {
  return {
    connection: {
      name: 'tachyon',
      kind: 'tachyon',
      url: 'https://example.com',
      models: { 'acme/model': { price: { input: 3, output: 1 } } },
    },
    record,
    kept: undefined,
    hasRequest: true,
    unfinishedState: 'interrupted',
    l10n: untranslated,
    ...more,
  };
}

describe('a turn that a room holds', () => {
  it('has its model, its price and our own time from the journal', () => {
    const { id, state, model, usage, askedAt, attachments, hasRequest, canFork } = heldTurn(held, facts());
    assert.deepEqual(
      [id, state, model, askedAt, attachments, hasRequest, canFork],
      ['t1', 'answered', 'acme/model', record.askedAt, ['image'], true, true],
    );
    assert.match(usage ?? '', /1,000,000 → 0 tokens · \$3$/);
  });

  it('of another client has what the server tells, and is answered if it has a reply', () => {
    const other = facts({ record: undefined, hasRequest: false });
    const { id, state, model, askedAt } = heldTurn(held, other);
    assert.deepEqual([id, state, model, askedAt], ['m.msg_1', 'answered', undefined, held.askedAt]);
    assert.equal(heldTurn({ ...held, reply: '' }, other).state, 'interrupted');
    assert.equal(heldTurn({ ...held, isPartial: true }, other).state, 'interrupted');
    const writing = facts({ record: undefined, unfinishedState: 'streaming' });
    assert.equal(heldTurn({ ...held, reply: '' }, writing).state, 'streaming');
  });

  it('shows what was kept of a reply that the room has less of', () => {
    const cut = facts({ record: { ...record, outcome: 'interrupted' }, kept: 'half and more' });
    const turn = heldTurn(held, cut);
    assert.deepEqual([turn.reply, turn.state, turn.actions], ['half and more', 'interrupted', ['askAgain']]);
    assert.match(turn.problem ?? '', /was interrupted here/);
    assert.equal(heldTurn({ ...held, reply: 'whole, and longer' }, cut).reply, 'whole, and longer');
  });

  it('stands as its outcome says; of an unknown one somebody must look', () => {
    const states = ['answered', 'stopped', 'failed', 'refused', 'interrupted', 'unknown', undefined] as const;
    const told = states.map((outcome) => {
      const { outcome: _, ...rest } = record;
      const of = outcome === undefined ? rest : { ...rest, outcome };
      return heldTurn(held, facts({ record: of, unfinishedState: 'recovering' })).state;
    });
    assert.deepEqual(told, [
      'answered',
      'stopped',
      'failed',
      'failed',
      'interrupted',
      'recovering',
      'recovering',
    ]);
  });
});

describe('a turn that a room lacks', () => {
  it('keeps its prompt and can be asked again', () => {
    const turn = unheldTurn({ ...record, outcome: 'refused', prompt: 'lost?' }, facts());
    assert.deepEqual([turn.prompt, turn.state, turn.actions], ['lost?', 'failed', ['askAgain']]);
  });

  it('was carried: it has neither model nor request', () => {
    const { id, state, model, hasRequest, canFork } = carriedTurn({ prompt: 'p', reply: 'r' }, 3);
    assert.deepEqual([id, state, model, hasRequest, canFork], ['c.3', 'answered', undefined, false, true]);
    assert.equal(carriedTurn({ prompt: 'p', reply: '' }, 0).state, 'interrupted');
  });
});
