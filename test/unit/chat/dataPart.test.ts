import assert from 'node:assert/strict';
import { createCallExtras } from '../../../src/chat/callExtras.ts';
import { dataPart } from '../../../src/chat/dataPart.ts';

const bytes = new TextEncoder().encode('日本 {}');
const data = Buffer.from(bytes).toString('base64');

describe('dataPart', () => {
  for (const mimeType of [
    'text/plain',
    'text/markdown; charset=utf-8',
    'application/json',
    'application/vnd.acme+json',
    'image/svg+xml',
  ]) {
    it(`sends text as text: ${mimeType}`, () => {
      assert.deepEqual(dataPart(mimeType, bytes), { type: 'text', text: '日本 {}' });
    });
  }

  it('sends pictures, sounds and files as what they are', () => {
    assert.deepEqual(dataPart('image/PNG', bytes), {
      type: 'image_url',
      image_url: { url: `data:image/png;base64,${data}` },
    });
    assert.deepEqual(dataPart('audio/mpeg', bytes), {
      type: 'input_audio',
      input_audio: { data, format: 'mp3' },
    });
    assert.deepEqual(dataPart('application/pdf', bytes), {
      type: 'file',
      file: { filename: 'document.pdf', file_data: `data:application/pdf;base64,${data}` },
    });
    assert.equal(dataPart('application/zip', bytes)?.type, 'file');
  });

  it('leaves out the marks of an agent, which are no content', () => {
    for (const mark of ['cache_control', 'stateful_marker', ''])
      assert.equal(dataPart(mark, bytes), undefined);
  });
});

describe('call extras', () => {
  it('keeps those of the latest calls', () => {
    const extras = createCallExtras(2);
    extras.keep('a', { signature: 1 });
    extras.keep('b', 'b');
    extras.keep('a', { signature: 2 });
    extras.keep('c', 'c');
    assert.deepEqual(extras.of('a'), { signature: 2 });
    assert.equal(extras.of('b'), undefined);
    assert.equal(extras.of('c'), 'c');
  });
});
