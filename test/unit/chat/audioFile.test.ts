import assert from 'node:assert/strict';
import { audioFile } from '../../../src/chat/audioFile.ts';

function fileOf(format: string, bytes: readonly number[]) {
  return audioFile(format, Buffer.from(bytes).toString('base64'));
}

describe('audioFile', () => {
  it('puts a WAV header before raw samples', () => {
    const { extension, bytes } = fileOf('pcm16', [1, 0, 0xff, 0x7f]);
    assert.equal(extension, 'wav');
    const expected = Buffer.concat([
      Buffer.from('RIFF'),
      Buffer.from([40, 0, 0, 0]), // what follows
      Buffer.from('WAVEfmt '),
      Buffer.from([16, 0, 0, 0]), // length of the format
      Buffer.from([1, 0, 1, 0]), // PCM, one channel
      Buffer.from([0xc0, 0x5d, 0, 0]), // 24,000 samples a second
      Buffer.from([0x80, 0xbb, 0, 0]), // 48,000 bytes a second
      Buffer.from([2, 0, 16, 0]), // bytes and bits a sample
      Buffer.from('data'),
      Buffer.from([4, 0, 0, 0]),
      Buffer.from([1, 0, 0xff, 0x7f]),
    ]);
    assert.deepEqual(Buffer.from(bytes), expected);
  });

  it('tells the length of a long one in four bytes', () => {
    const { bytes } = audioFile('pcm16', Buffer.alloc(70_000, 7).toString('base64'));
    const file = Buffer.from(bytes);
    assert.deepEqual([file.length, file.readUInt32LE(4), file.readUInt32LE(40)], [70_044, 70_036, 70_000]);
    assert.ok(file.subarray(44).every((byte) => byte === 7));
  });

  it('leaves out half a sample at the end', () => {
    const { bytes } = fileOf('pcm16', [1, 2, 3]);
    const file = Buffer.from(bytes);
    assert.deepEqual([file.length, file.readUInt32LE(4), file.readUInt32LE(40)], [46, 38, 2]);
  });

  it('has a header alone for no samples', () => assert.equal(fileOf('pcm16', []).bytes.length, 44));

  const formats: [format: string, extension: string][] = [
    ['mp3', 'mp3'],
    ['wav', 'wav'],
    ['opus', 'opus'],
    ['flac', 'flac'],
    ['aac', 'aac'],
    ['', 'bin'],
    ['x', 'bin'],
    ['MP3', 'bin'],
    ['toolong', 'bin'],
    ['../sh', 'bin'],
    ['a/b', 'bin'],
    ['mp3\n', 'bin'],
  ];
  for (const [format, extension] of formats) {
    it(`keeps the bytes of ${JSON.stringify(format)} as a .${extension} file`, () => {
      const file = fileOf(format, [0xff, 0xfb, 0, 1, 2]);
      assert.deepEqual([file.extension, [...file.bytes]], [extension, [0xff, 0xfb, 0, 1, 2]]);
    });
  }

  for (const broken of ['%', 'AAAAA', 'AA=A', '音']) {
    it(`throws for ${broken}, which is no base64`, () => {
      assert.throws(() => audioFile('mp3', broken), { name: 'InvalidCharacterError' });
    });
  }
});
