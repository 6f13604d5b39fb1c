import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createCapture } from '../../../src/api/capture.ts';
import type { Connection } from '../../../src/api/connection.ts';
import { listModels } from '../../../src/api/models.ts';
import { defaultModel } from '../../../src/chat/defaultModel.ts';
import { createSecretMask } from '../../../src/chat/diagnosisMask.ts';
import { recordingOf } from '../../../src/chat/diagnosisRecording.ts';
import { readRecording } from '../../server/replay.ts';
import { createServer, developmentKey } from '../../server/server.ts';
import { startLoopback } from '../../support/loopback.ts';

describe('a capture', () => {
  it('is played by the server as it came: pieces, status, a connection that died', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'capture-'));
    const source = await createServer();
    const mask = createSecretMask([developmentKey]);
    try {
      for (const kind of ['tachyon', 'openai', 'atoma', 'openai-compatible'] as const) {
        const capture = createCapture();
        const base = source.baseUrls[kind];
        const headers = {
          authorization: `Bearer ${developmentKey}`,
          'x-operator-id': 'tn_demo',
          'content-type': 'application/json',
        };
        const connection: Connection = {
          name: 'work',
          kind,
          url: base,
          operatorId: 'tn_demo',
          credential: developmentKey,
        };
        const model = defaultModel(kind, await listModels(connection))?.id;
        const completions = { tachyon: '/v1/llms', openai: '', atoma: '/v1', 'openai-compatible': '' }[kind];
        const ask = async (fetch: typeof globalThis.fetch, url: string): Promise<string> => {
          const body = JSON.stringify({ model, stream: true, messages: [{ role: 'user', content: 'Hi' }] });
          const response = await fetch(`${url}${completions}/chat/completions?x=1`, {
            method: 'POST',
            headers,
            body,
          });
          const came = response.body?.getReader();
          const parts: Uint8Array[] = [];
          try {
            for (let next = await came?.read(); next?.done === false; next = await came?.read())
              parts.push(next.value);
          } catch {
            parts.push(new TextEncoder().encode('(died)'));
          }
          return `${response.status} ${Buffer.concat(parts).toString()}`;
        };
        const originals = [];
        for (const fault of [undefined, 'cut', '429'] as const) {
          if (fault) source.fault({ name: fault });
          originals.push(await ask(capture.fetch, base));
        }
        assert.match(originals[1] ?? '', /\(died\)$/);
        assert.match(originals[2] ?? '', /^429/);
        const file = path.join(folder, `${kind}.json`);
        await writeFile(file, JSON.stringify(recordingOf(capture.exchanges, { kind, base, mask })));
        const player = await createServer({ replay: await readRecording(file) });
        try {
          for (const original of originals) {
            assert.equal(await ask(fetch, player.baseUrls[kind]), original);
          }
          assert.notEqual(await ask(fetch, player.baseUrls[kind]), originals[0], 'then it answers itself');
        } finally {
          await player.close();
        }
      }
    } finally {
      await source.close();
      await rm(folder, { recursive: true });
    }
  });

  it('hands a reply on as it came, no faster than it is read, and lets it go', async () => {
    const server = await startLoopback((response) => void response.write('first'));
    try {
      const { fetch: captured, exchanges, last } = createCapture();
      const response = await captured(server.url);
      const { socketClosed } = await server.next();
      const reader = response.body?.getReader();
      assert.equal(new TextDecoder().decode((await reader?.read())?.value), 'first');
      await reader?.cancel();
      await socketClosed;
      assert.equal(exchanges[0]?.isCut, false);
      assert.equal(last(), exchanges[0]);
      await server.stop();
      await assert.rejects(captured(server.url));
      assert.deepEqual([last(), exchanges.length], [undefined, 1]);
    } finally {
      await server.stop();
    }
  });
});
