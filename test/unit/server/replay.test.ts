import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readRecording } from '../../server/replay.ts';
import type { RunningServer } from '../../server/server.ts';
import { createServer } from '../../server/server.ts';
import { call, newRoom, openStream } from './httpCalls.ts';

const base64 = (bytes: string | Buffer): string => Buffer.from(bytes).toString('base64');

const reply = 'data: {"choices":[{"delta":{"content":"仙台"}}]}\n\n';

const recording = {
  exchanges: [
    {
      method: 'POST',
      path: '/v1/llms/chatrooms/ch_recorded/chat/completions?x=1',
      status: 200,
      headers: {
        'content-type': 'application/json',
        'Content-Length': '3',
        'content-encoding': 'gzip',
        'x-id': '7',
      },
      chunks: [
        { afterMs: 1, base64: base64(Buffer.from(reply).subarray(0, 41)) },
        { afterMs: 0, base64: base64(Buffer.from(reply).subarray(41)) },
      ],
    },
    {
      method: 'POST',
      path: '/v1/llms/chatrooms/ch_recorded/chat/completions',
      status: 200,
      headers: {},
      chunks: [{ afterMs: 0, base64: base64('data: {') }],
      cut: true,
    },
    {
      method: 'GET',
      path: '/v1/me',
      status: 503,
      headers: { 'content-type': 'text/html' },
      chunks: [{ afterMs: 0, base64: base64('<h1>down</h1>') }],
    },
  ],
};

describe('test server: replay', () => {
  let folder: string;
  let server: RunningServer;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'replay-'));
    const file = path.join(folder, 'capture.json');
    await writeFile(file, JSON.stringify(recording));
    server = await createServer({ replay: await readRecording(file) });
  });
  after(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  it('plays recorded exchanges in order, then answers as usual', async () => {
    const room = `${await newRoom(server)}/chat/completions`;
    const first = await openStream(server, room, 'anything');
    assert.equal(first.headers.get('x-id'), '7');
    assert.equal(first.headers.get('content-type'), 'application/json');
    assert.equal(await first.text(), reply);
    const second = await openStream(server, room, 'anything');
    await assert.rejects(second.text(), TypeError);
    const third = await openStream(server, room, 'anything');
    assert.match(await third.text(), /\[DONE\]/);
  });

  it('plays statuses', async () => {
    const down = await call(server, 'GET', '/v1/me');
    assert.deepEqual([down.status, down.text], [503, '<h1>down</h1>']);
    assert.equal((await call(server, 'GET', '/v1/me')).status, 200);
  });

  it('refuses a file that is no recording', async () => {
    const file = path.join(folder, 'other.json');
    await writeFile(file, '{"exchanges":[{"method":"GET"}]}');
    await assert.rejects(readRecording(file), /is no recording: missing field exchanges\[0\]\.path/);
  });
});
