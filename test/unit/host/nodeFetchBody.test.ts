import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import { setImmediate as turnOfLoop } from 'node:timers/promises';
import { brotliCompressSync, createGzip, deflateSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { root } from '../../../scripts/paths.ts';
import { streamChatCompletion } from '../../../src/api/chatCompletions.ts';
import { createNodeFetch } from '../../../src/host/node/nodeFetch.ts';
import { type Loopback, startLoopback } from '../../support/loopback.ts';
import { aConnection, aRequest, assertApiError, readAll, textEvent } from '../api/connections.ts';

describe("fetch over Node's HTTP client and bodies that came compressed", () => {
  let server: Loopback;
  let answer: (response: ServerResponse) => void;
  const fetch = createNodeFetch();

  before(async () => {
    server = await startLoopback((response) => answer(response));
  });

  after(() => server.stop());

  const stream = () => streamChatCompletion(aConnection(server.url), aRequest(), { fetch });
  const text = `${textEvent('one')}data: [DONE]\n\n`;

  for (const [coding, body] of [
    ['gzip', gzipSync(text)],
    [' X-GZip ', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['br', brotliCompressSync(text)],
    ['br, gzip', gzipSync(brotliCompressSync(text))],
    ['identity', Buffer.from(text)],
  ] as const) {
    it(`reads them: ${coding}`, async () => {
      answer = (response) => void response.writeHead(200, { 'content-encoding': coding }).end(body);
      const read = await readAll(stream());
      assert.deepEqual([read.text, read.error], ['one', undefined]);
    });
  }

  for (const coding of ['gzip', 'deflate', 'br', 'br, gzip', 'identity']) {
    it(`takes an empty one for empty: ${coding}`, async () => {
      const headers = { 'content-encoding': coding, 'content-length': 0 };
      answer = (response) => void response.writeHead(200, headers).end();
      assert.equal(await (await fetch(server.url)).text(), '');
    });
  }

  it('hands over what was flushed while the rest is to come', async () => {
    const gzip = createGzip();
    answer = (response) => {
      gzip.pipe(response.writeHead(200, { 'content-encoding': 'gzip' }));
      gzip.write(textEvent('one'));
      gzip.flush();
    };
    const chunks = stream();
    assert.equal((await chunks.next()).value?.choices[0]?.delta.content, 'one');
    gzip.end(`${textEvent('two')}data: [DONE]\n\n`);
    assert.equal((await readAll(chunks)).text, 'two');
  });

  for (const [name, coding, body] of [
    ['is broken', 'gzip', Buffer.from('no gzip at all')],
    ['ends too soon', 'gzip', gzipSync(text).subarray(0, 20)],
  ] as const) {
    it(`is cut if it ${name}`, async () => {
      answer = (response) => void response.writeHead(200, { 'content-encoding': coding }).end(body);
      assertApiError((await readAll(stream())).error, 'cut');
    });
  }

  for (const coding of ['identity', 'gzip'] as const) {
    it(`loses nothing of what came before the connection died to a reader who is slower: ${coding}`, async () => {
      const begun = Promise.withResolvers<ServerResponse>();
      answer = begun.resolve;
      const chunks = stream();
      const first = chunks.next();
      const response = (await begun.promise).writeHead(200, { 'content-encoding': coding });
      const body = coding === 'gzip' ? createGzip() : new PassThrough();
      body.pipe(response, { end: false });
      const write = async (words: string) => {
        body.write(textEvent(words));
        if ('flush' in body) await new Promise<void>((resolve) => body.flush(resolve));
        await aWhile();
      };
      await write('one');
      assert.equal((await first).value?.choices[0]?.delta.content, 'one');
      await write('two');
      await write('three');
      response.destroy();
      await aWhile();
      const read = await readAll(chunks);
      assert.equal(read.text, 'twothree');
      assertApiError(read.error, 'cut');
    });
  }

  it('closes the socket when it is left, or has too many zeros', async () => {
    answer = (response) => {
      const gzip = createGzip();
      gzip.pipe(response.writeHead(200, { 'content-encoding': 'gzip' }));
      gzip.write(textEvent('one'));
      gzip.flush();
    };
    const before = server.received.length;
    for await (const _ of stream()) break;
    await server.received[before]?.socketClosed;
    answer = (response) =>
      void response
        .writeHead(200, { 'content-encoding': 'gzip' })
        .write(gzipSync(Buffer.alloc(64 << 20, 'x')));
    assertApiError((await readAll(stream())).error, 'tooLarge');
    await server.received.at(-1)?.socketClosed;
  });

  it('undoes no endless chain of codings', async () => {
    const body = [1, 2, 3, 4].reduce((inner) => gzipSync(inner), Buffer.from(text));
    const coding = 'gzip, gzip, gzip, gzip';
    answer = (response) => void response.writeHead(200, { 'content-encoding': coding }).end(body);
    assert.equal((await readAll(stream())).text, '');
  });

  it('leaves an unknown coding to whoever reads', async () => {
    answer = (response) => void response.writeHead(200, { 'content-encoding': 'toString' }).end('odd');
    assert.equal(await (await fetch(server.url)).text(), 'odd');
  });
});

/** What was sent has come. */
async function aWhile(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await turnOfLoop();
}

describe('the bundle of the web host', () => {
  it("holds nothing of Node's HTTP client", async () => {
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: ['src/host/web/main.ts'],
      bundle: true,
      write: false,
      format: 'cjs',
      platform: 'browser',
      external: ['vscode'],
      outfile: 'extension.cjs',
      metafile: true,
      logLevel: 'silent',
    });
    const inputs = Object.keys(metafile.inputs);
    assert.ok(inputs.includes('src/host/extension.ts'), 'the bundle is read');
    assert.deepEqual(
      inputs.filter((path) => path.startsWith('src/host/node/')),
      [],
    );
    const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
    assert.deepEqual([...new Set(imports.map(({ path }) => path))], ['vscode']);
  });
});
