import assert from 'node:assert/strict';
import type { ContentPart } from '../../../src/api/wireRequest.ts';
import { mediaPart, mediaType } from '../../../src/chat/mediaPart.ts';

describe('mediaType', () => {
  const names: [name: string, type: string | undefined][] = [
    ['a.png', 'image/png'],
    ['a.jpg', 'image/jpeg'],
    ['/b/photo.of.me.JPEG', 'image/jpeg'],
    ['a.gif', 'image/gif'],
    ['a.webp', 'image/webp'],
    ['a.PDF', 'application/pdf'],
    ['a.wav', 'audio/wav'],
    ['a.Mp3', 'audio/mpeg'],
    ['a.svg', undefined],
    ['a.ts', undefined],
    ['a.png.ts', undefined],
    ['a.png/b', undefined],
    ['png', undefined],
    ['a.', undefined],
    ['', undefined],
    ['a.constructor', undefined],
    ['a.__proto__', undefined],
    ['a.png\n', undefined],
  ];
  for (const [name, type] of names) {
    it(`is ${type ?? 'none'} for ${JSON.stringify(name)}`, () => assert.equal(mediaType(name), type));
  }
});

function file(type: string): ContentPart {
  return { type: 'file', file: { filename: 'a.x', file_data: `data:${type};base64,AP8Q` } };
}

describe('mediaPart', () => {
  const bytes = new Uint8Array([0, 255, 16]);
  const parts: [type: string, part: ContentPart][] = [
    ['image/png', { type: 'image_url', image_url: { url: 'data:image/png;base64,AP8Q' } }],
    ['audio/wav', { type: 'input_audio', input_audio: { data: 'AP8Q', format: 'wav' } }],
    ['audio/x-wav', { type: 'input_audio', input_audio: { data: 'AP8Q', format: 'wav' } }],
    ['audio/mpeg', { type: 'input_audio', input_audio: { data: 'AP8Q', format: 'mp3' } }],
    ['audio/mp3', { type: 'input_audio', input_audio: { data: 'AP8Q', format: 'mp3' } }],
    ['audio/ogg', file('audio/ogg')],
    ['application/pdf', file('application/pdf')],
    ['constructor', file('constructor')],
  ];
  for (const [type, part] of parts) {
    it(`is ${part.type} for ${type}`, () => assert.deepEqual(mediaPart(type, bytes, 'a.x'), part));
  }

  for (const length of [0, 1, 8191, 8192, 8193, 1_000_000]) {
    it(`loses nothing of ${length} bytes`, () => {
      const many = Uint8Array.from({ length }, (_, i) => (i * 31) % 256);
      const part = mediaPart('audio/wav', many, 'a.wav');
      const data = part.type === 'input_audio' ? part.input_audio.data : '';
      assert.ok(Buffer.from(many).equals(Buffer.from(data, 'base64')));
      assert.equal(data.length, Math.ceil(length / 3) * 4);
    });
  }
});
