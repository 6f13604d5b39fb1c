import assert from 'node:assert/strict';
import { createDrafts } from '../../../../src/chat/panel/drafts.ts';
import { readEdit, writeEdit } from '../../../../src/chat/panel/editDrafts.ts';
import { createMemoryFileStore } from '../support/memoryFileStore.ts';

describe('drafts of edited prompts', () => {
  it('are one for each conversation, beside what stands in its composer', async () => {
    const drafts = createDrafts(createMemoryFileStore(), 'w1');
    await drafts.write('tachyon/ch_1', 'in the composer');
    assert.equal(await readEdit(drafts, 'tachyon/ch_1'), undefined);
    await writeEdit(drafts, 'tachyon/ch_1', { turn: 'a', text: 'better' });
    await writeEdit(drafts, 'tachyon/ch_1', { turn: 'b', text: 'best' });
    assert.deepEqual(await readEdit(drafts, 'tachyon/ch_1'), { turn: 'b', text: 'best' });
    assert.equal(await drafts.read('tachyon/ch_1'), 'in the composer');
    assert.equal(await readEdit(drafts, 'tachyon/ch_2'), undefined);
    await writeEdit(drafts, 'tachyon/ch_1', { turn: 'b', text: '' });
    assert.equal(await readEdit(drafts, 'tachyon/ch_1'), undefined);
    assert.equal(await drafts.read('tachyon/ch_1'), 'in the composer');
  });

  for (const text of ['no json', '[]', '{"turn":1,"text":"t"}', '{"turn":"a"}']) {
    it(`are none where the file holds something else: ${text}`, async () => {
      const drafts = createDrafts(createMemoryFileStore(), 'w1');
      await drafts.write('edit tachyon/ch_1', text);
      assert.equal(await readEdit(drafts, 'tachyon/ch_1'), undefined);
    });
  }

  it('are none where the storage fails', async () => {
    const files = { ...createMemoryFileStore(), list: () => Promise.reject(new Error('EIO')) };
    assert.equal(await readEdit(createDrafts(files, 'w1'), 'tachyon/ch_1'), undefined);
  });
});
