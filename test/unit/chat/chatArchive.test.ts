import assert from 'node:assert/strict';
import { ArchiveError, parseArchive, writeArchive } from '../../../src/chat/chatArchive.ts';
import { archiveMessage, archiveRoom } from './support/archives.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const whole = writeArchive([
  archiveRoom({ messages: [archiveMessage('user', 'p 😀')] }),
  archiveRoom({ id: 'x' }),
]);
const text = new TextDecoder().decode(whole);

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i += 1) value = [value];
  return value;
}

function withRoom(room: object): Uint8Array {
  const rooms = [archiveRoom({ id: 'good' }), { ...archiveRoom(), ...room }];
  return encode(JSON.stringify({ format: 'tachyon-chat-archive', version: 1, rooms }));
}

describe('an archive', () => {
  it('keeps order out of it: the same rooms give the same bytes', () => {
    const rooms = parseArchive(whole);
    assert.equal(rooms.length, 2);
    assert.deepEqual(writeArchive(rooms.toReversed()), whole);
    assert.deepEqual(parseArchive(writeArchive([])), []);
    const older = archiveRoom({ id: 'z', created_at: '2020-01-01T00:00:00.000Z' });
    assert.deepEqual(parseArchive(writeArchive([...rooms, older]))[0], older, 'oldest first');
  });

  it('holds rooms of one id apart, and exact copies once', () => {
    const room = archiveRoom();
    const [older, other] = [
      archiveRoom({ name: 'Older', created_at: '2020-01-01T00:00:00.000Z' }),
      archiveRoom({ name: 'Other' }),
    ];
    const named = { ...archiveRoom({ name: 'Named so' }), id: `${room.id}~2` };
    const bytes = writeArchive([room, older, named, room, other, { ...other }]);
    const read = parseArchive(bytes);
    assert.deepEqual(read.map(({ name }) => name).toSorted(), ['Named so', 'Older', 'Other', 'Room']);
    assert.equal(new Set(read.map(({ id }) => id)).size, 4);
    assert.equal(read.find(({ name }) => name === 'Older')?.id, room.id);
    assert.deepEqual(writeArchive(read), bytes);
    assert.deepEqual(writeArchive([other, room, named, older]), bytes, 'in whatever order they come');
    const long = archiveRoom({ id: 'x'.repeat(1000) });
    assert.equal(parseArchive(writeArchive([long, { ...long, name: 'Other' }])).length, 2);
    // As earlier versions wrote it.
    const twice = encode(
      text.replace(/"id":"[^"]*"(?=,"name":"Room","kind":"openai","created_at")/g, '"id":"same"'),
    );
    assert.deepEqual(
      parseArchive(twice).map(({ id }) => id),
      ['same', 'same~2'],
    );
  });

  it('is refused with the reason, wherever it is cut off', () => {
    for (let length = 0; length < whole.length - 2; length += 1) {
      const cut = whole.slice(0, length);
      const problem = length < '{"format":"tachyon-chat-archive'.length ? 'notAnArchive' : 'damaged';
      assert.throws(() => parseArchive(cut), { name: 'ArchiveError', problem }, `${length}`);
    }
  });

  it('is refused if it is of a newer version, something else or hostile, with the number of the room', () => {
    const cases: [Uint8Array, ArchiveError][] = [
      [encode(text.replace('"version":1', '"version":2')), new ArchiveError('newerVersion')],
      [encode(text.replace('"version":1', '"version":"1"')), new ArchiveError('damaged')],
      [encode('[]'), new ArchiveError('notAnArchive')],
      [encode('['.repeat(200_000)), new ArchiveError('notAnArchive')],
      [encode('{"format":"tachyon-chat-archive","version":1,"rooms":{}}'), new ArchiveError('damaged')],
      [withRoom({ metadata: { deep: nested(100) } }), new ArchiveError('tooDeep', 2)],
      ...[
        { id: '' },
        { id: 7 },
        { id: 'x'.repeat(1001) },
        { name: null },
        { name: 'x'.repeat(1001) },
        { kind: '' },
        { metadata: [] },
        { created_at: 'soon' },
        { updated_at: '+099999-01-01T00:00:00.000Z' },
        { updated_at: '-000001-01-01T00:00:00.000Z' },
        { messages: {} },
        { messages: [archiveMessage('user', 'a', 'same'), archiveMessage('user', 'b', 'same')] },
        { messages: [{ ...archiveMessage('user', 'p'), id: '' }] },
        { messages: [{ ...archiveMessage('user', 'p'), created_at: 'x' }] },
        { messages: [{ ...archiveMessage('user', 'p'), model: 3 }] },
        { messages: [{ ...archiveMessage('user', 'p'), message: 'p' }] },
        { messages: [{ ...archiveMessage('user', 'p'), message: { role: '__proto__', content: 'p' } }] },
        { messages: [{ ...archiveMessage('user', 'p'), message: { role: 'user', content: 1 } }] },
        { messages: [{ ...archiveMessage('user', 'p'), message: { role: 'user', content: ['p'] } }] },
      ].map((room): [Uint8Array, ArchiveError] => [withRoom(room), new ArchiveError('damaged', 2)]),
    ];
    for (const [bytes, { problem, room }] of cases) {
      assert.throws(
        () => parseArchive(bytes),
        { problem, room },
        new TextDecoder().decode(bytes.slice(0, 900)),
      );
    }
    // A hole of four bytes for each would be a whole memory.
    const huge = Object.defineProperty(new Uint8Array(), 'length', { value: 300 * 1024 * 1024 });
    assert.throws(() => parseArchive(huge), { problem: 'tooLarge' });
  });

  it('takes only the fields it knows', () => {
    const more = { ...archiveRoom(), headers: { authorization: 'Bearer k' }, url: 'http://x' };
    const exported = new TextDecoder().decode(writeArchive([more]));
    assert.doesNotMatch(exported, /Bearer|http/);
    const [room] = parseArchive(withRoom(more)).slice(1);
    assert.deepEqual(room, archiveRoom());
  });
});
