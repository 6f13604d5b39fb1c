import assert from 'node:assert/strict';
import { soak } from '../soak/soak.ts';
import { createMemoryFileStore } from './chat/support/memoryFileStore.ts';

describe('many prompts with faults', () => {
  it('are all on the server, in a chatroom or in the journal, and leave nothing open (npm run soak asks 2,000)', async () => {
    const { failed, lost, left } = await soak(100, createMemoryFileStore);
    assert.deepEqual(lost, []);
    assert.deepEqual(left, []);
    assert.ok(Object.keys(failed).length >= 5, JSON.stringify(failed));
  }).timeout(30_000);
});
