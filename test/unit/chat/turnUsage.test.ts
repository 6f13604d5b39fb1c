import assert from 'node:assert/strict';
import { createFileJournal } from '../../../src/chat/fileJournal.ts';
import { parseTurnRecord } from '../../../src/chat/journalFiles.ts';
import { askTurn } from './support/conversation.ts';
import { createMemoryEndpoint, textChunk } from './support/memoryChatrooms.ts';
import { createMemoryFileStore } from './support/memoryFileStore.ts';

describe('what an answer took', () => {
  it('is in the journal when it has ended, so that it can be told after a restart', async () => {
    const usage = { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7, total_cost: 0.5 };
    const endpoint = createMemoryEndpoint({
      reply: async function* reply() {
        yield textChunk('fine', 'stop');
        yield { choices: [], usage: { ...usage, reasoning_tokens: 1 } };
      },
    });
    const files = createMemoryFileStore();
    const { binding } = await askTurn(endpoint, createFileJournal(files, 'one'), [], 'p');
    const [record] = await createFileJournal(files, 'two').records(binding?.room ?? '');
    assert.deepEqual(record?.usage, usage);
  });

  it('is not taken from a file in which it has another shape', () => {
    const record = {
      turn: 't',
      conversation: 'c',
      connection: 'x',
      surface: 'panel',
      promptHash: 'h',
      askedAt: '2026-01-01T00:00:00Z',
    };
    const parse = (usage: unknown) =>
      parseTurnRecord(new TextEncoder().encode(JSON.stringify({ ...record, usage })));
    assert.ok(parse({ prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 }));
    for (const usage of [
      1,
      'many',
      null,
      {},
      { prompt_tokens: '1', completion_tokens: 2, total_tokens: 3 },
      { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3, total_cost: '<b>' },
    ])
      assert.equal(parse(usage), undefined, JSON.stringify(usage));
  });
});
