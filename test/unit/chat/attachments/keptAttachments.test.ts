import assert from 'node:assert/strict';
import type { Attachment } from '../../../../src/chat/attachments/attachment.ts';
import { parseAttachments } from '../../../../src/chat/attachments/attachment.ts';
import { createKeptAttachments } from '../../../../src/chat/attachments/keptAttachments.ts';
import { createDrafts } from '../../../../src/chat/panel/drafts.ts';
import { createMemoryFileStore } from '../support/memoryFileStore.ts';

const file: Attachment = {
  id: 'f',
  kind: 'file',
  name: 'a.ts',
  uri: 'file:///a.ts',
  isByHand: false,
  sendsSecrets: false,
};
const image: Attachment = {
  id: 'i',
  kind: 'image',
  name: 'a.png',
  mimeType: 'image/png',
  data: 'AAAA',
  sendsSecrets: false,
};

describe('attachments of a draft', () => {
  it('are there after a reload, and gone with their bytes when they are taken away', async () => {
    const files = createMemoryFileStore();
    const kept = createKeptAttachments(createDrafts(files, 'a'));
    await kept.write('new', [file, image], []);
    const later = createKeptAttachments(createDrafts(files, 'b'));
    assert.deepEqual(await later.read('new'), [file, image]);
    assert.deepEqual(await later.read('other'), []);
    await later.write('new', [file], [file, image]);
    assert.deepEqual(await later.read('new'), [file]);
    assert.equal((await files.list('~drafts')).length, 1);
  });

  it('are kept as they were last, however long the bytes before take to be written', async () => {
    const files = createMemoryFileStore();
    const drafts = createDrafts(files, 'a');
    const kept = createKeptAttachments(drafts);
    await Promise.all([kept.write('new', [image], []), kept.write('new', [image, file], [image])]);
    assert.deepEqual(await createKeptAttachments(createDrafts(files, 'b')).read('new'), [image, file]);
  });

  it('leave out what is torn or of another version', () => {
    const odd = [{ ...file, uri: 3 }, { ...file, kind: 'folder' }, { ...image, data: 4 }, null, 'x', []];
    const byNobody = { ...file, isByHand: 'yes' };
    assert.deepEqual(parseAttachments(JSON.stringify([...odd, byNobody, file])), [file]);
    assert.deepEqual(parseAttachments('{"a": 1}'), []);
    assert.deepEqual(parseAttachments('no json'), []);
  });
});
