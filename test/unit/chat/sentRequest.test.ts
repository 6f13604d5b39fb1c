import assert from 'node:assert/strict';
import type { SentRequest } from '../../../src/api/requestTap.ts';
import { createSentRequests, type SentRequests } from '../../../src/chat/sentRequest.ts';
import { sentRequestText } from '../../../src/chat/sentRequestText.ts';
import { untranslated } from '../../../src/chat/l10n.ts';
import { createMemoryFileStore } from './support/memoryFileStore.ts';

const turns = Array.from({ length: 8 }, () => crypto.randomUUID());
const [one = '', two = ''] = turns;

function aRequest(body: unknown = { messages: [{ role: 'user', content: 'Hi' }] }): SentRequest {
  return {
    method: 'POST',
    url: 'https://api.example.com/v1/chat/completions',
    headers: { authorization: 'Bearer ***' },
    body: JSON.stringify(body),
  };
}

function text(body: string | undefined): string {
  const { body: _, ...request } = aRequest();
  const kept = { turn: one, sentAt: '2026-01-02T03:04:05.678Z', connection: 'tachyon', prompt: 'Hi' };
  return sentRequestText(
    { ...kept, request: { ...request, ...(body !== undefined && { body }) } },
    untranslated,
  );
}

function fail(error: unknown): never {
  throw error;
}

describe('kept requests', () => {
  let files: ReturnType<typeof createMemoryFileStore>;
  let sent: SentRequests;

  beforeEach(() => {
    files = createMemoryFileStore();
    sent = createSentRequests(files, fail);
  });

  const keep = (turn: string, prompt = 'Hi', request = aRequest()): Promise<void> =>
    sent.keep(turn, { connection: 'tachyon', prompt }, request);

  it('are found by their turn, exactly as they went out', async () => {
    const request = aRequest({ messages: [], picture: 'x'.repeat(5000), text: 'A “text”\u2028 😀 \ud800' });
    await keep(one, 'A prompt\nof two lines', request);
    const kept = await sent.find(one);
    assert.deepEqual(kept?.request, request);
    assert.deepEqual([kept?.prompt, kept?.connection], ['A prompt of two lines', 'tachyon']);
    assert.ok(Math.abs(Date.parse(kept?.sentAt ?? '') - Date.now()) < 60_000);
    assert.equal(await sent.find(two), undefined);
    assert.deepEqual(await createSentRequests(files, fail).find(one), kept, 'after a restart');
  });

  it('are found while they are still being written, the later one of a turn in place of the earlier', async () => {
    void keep(one, 'first', aRequest({ attempt: 1 }));
    void keep(one, 'first', aRequest({ attempt: 2 }));
    assert.equal((await sent.find(one))?.request.body, '{"attempt":2}');
    assert.equal(files.files.size, 1);
  });

  it('are listed from the newest on', async () => {
    for (const [index, turn] of turns.entries()) await keep(turn, `prompt ${index}`);
    const listed = await sent.newest(3);
    assert.deepEqual(
      listed.map(({ prompt }) => prompt),
      ['prompt 7', 'prompt 6', 'prompt 5'],
    );
  });

  it('are at most so many turns and so many bytes, and the newest one always', async () => {
    const size = JSON.stringify(aRequest()).length;
    const cases = [
      [{ turns: 3, bytes: 1e9 }, 3],
      [{ turns: 200, bytes: size * 4 }, 2],
      [{ turns: 200, bytes: 1 }, 1],
    ] as const;
    for (const [limits, expected] of cases) {
      files = createMemoryFileStore();
      sent = createSentRequests(files, fail, limits);
      for (const turn of turns) await keep(turn);
      assert.equal(files.files.size, expected);
      assert.equal((await sent.newest(1))[0]?.turn, turns.at(-1));
    }
  });

  it('are 200 turns unless told otherwise', async () => {
    for (let count = 0; count < 203; count += 1) await keep(crypto.randomUUID());
    assert.equal(files.files.size, 200);
  });

  it('pass over files that are torn or of somebody else', async () => {
    await keep(one, 'whole');
    const [[path = '', bytes = new Uint8Array()] = []] = files.files;
    files.files.set(path.replace(one, two), bytes.subarray(0, bytes.length - 1));
    files.files.set(
      `~sent/${path.slice(6).replace(one, turns[2] ?? '')}`,
      new TextEncoder().encode('{"turn":1}'),
    );
    files.files.set('~sent/readme.txt', new TextEncoder().encode('not ours'));
    assert.deepEqual(
      (await sent.newest(9)).map(({ turn }) => turn),
      [one],
    );
    assert.equal(await sent.find(two), undefined);
  });

  it('tell of a disk that refuses them, and fail nothing', async () => {
    const errors: unknown[] = [];
    const full = new Error('ENOSPC');
    const broken = { ...files, writeNew: () => Promise.reject(full) };
    sent = createSentRequests(broken, (error) => errors.push(error));
    await keep(one);
    assert.deepEqual(errors, [full]);
    assert.deepEqual(await sent.newest(1), []);
  });

  it('are found by nothing but the id of a turn', async () => {
    await keep(one);
    for (const turn of ['', '..', '../sent', one.slice(0, 8), `${one}/..`]) {
      assert.equal(await sent.find(turn), undefined);
    }
  });
});

describe('a request as a person reads it', () => {
  it('is JSON with all that went out', () => {
    const body = {
      model: 'm',
      messages: [{ role: 'user', content: 'Long '.repeat(200) }],
      logit_bias: { 50256: -1 },
    };
    assert.deepEqual(JSON.parse(text(JSON.stringify(body))), {
      sentAt: '2026-01-02T03:04:05.678Z',
      connection: 'tachyon',
      method: 'POST',
      url: 'https://api.example.com/v1/chat/completions',
      headers: { authorization: 'Bearer ***' },
      body,
    });
    assert.equal(Object.hasOwn(JSON.parse(text(undefined)), 'body'), false);
    assert.equal(JSON.parse(text('{"torn"')).body, '{"torn"');
  });

  it('has long base64 shortened, and says so', () => {
    const data = Buffer.from('picture'.repeat(500)).toString('base64');
    const words = 'a'.repeat(500);
    const shown: unknown = JSON.parse(
      text(JSON.stringify({ url: `data:image/png;base64,${data}`, data, words, short: 'data:,x' })),
    ).body;
    const short = `${data.slice(0, 60)}… (${data.length} characters of base64, shortened here)`;
    assert.deepEqual(shown, {
      url: `data:image/png;base64,${short}`,
      data: short,
      words,
      short: 'data:,x',
    });
  });
});
