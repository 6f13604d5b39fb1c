import assert from 'node:assert/strict';
import type { Connection } from '../../../src/api/connection.ts';
import { isObject } from '../../../src/api/json.ts';
import type { DiagnosisStep } from '../../../src/chat/diagnosis.ts';
import { createServer, type RunningServer } from '../../server/server.ts';
import { startLoopback } from '../../support/loopback.ts';
import { aConnection, outcomes, probes, run, text } from './support/diagnosing.ts';

const steps: readonly DiagnosisStep[] = [
  'proxy',
  'address',
  'security',
  'list',
  'models',
  'whole',
  'stream',
  'usage',
  'end',
];

describe('the diagnosis of a connection', () => {
  let server: RunningServer;

  beforeEach(async () => {
    server = await createServer();
  });

  afterEach(() => server.close());

  const kinds = [
    ['tachyon', /does not tell how many tokens/, /without a finish reason|finish reason/],
    ['openai', /tells the tokens: \d+ in, \d+ out/, /finish reason “stop” and \[DONE\]/],
    ['atoma', /tells the tokens/, /finish reason “stop”\.$/],
    ['openai-compatible', /tells the tokens/, /\[DONE\]/],
  ] as const;
  for (const [kind, usage, end] of kinds) {
    it(`finds nothing wrong where nothing is: ${kind}`, async () => {
      const found = await run(aConnection(server, kind));
      assert.equal(found.error, undefined);
      assert.deepEqual(outcomes(found), Object.fromEntries(steps.map((step) => [step, 'ok'])));
      assert.deepEqual(found.announced, steps);
      assert.match(text(found, 'list'), /came with the status 200 after \d+ ms/);
      assert.match(text(found, 'models'), /^Models: \d+, of which chat: \d+; asked is “.*demo/i);
      assert.match(text(found, 'whole'), /after \d+ ms: “\S/);
      assert.match(text(found, 'stream'), /first text after \d+ ms, and [1-9]\d* pieces within \d+ ms/);
      assert.match(text(found, 'usage'), kind === 'tachyon' ? /tokens/ : usage);
      assert.match(text(found, 'end'), end);
      const asked = server.requests.map(
        ({ method, path }) => `${method} ${path.replace(/.*\/(?=models|chat)/, '')}`,
      );
      assert.deepEqual(asked, ['GET models', 'POST chat/completions', 'POST chat/completions']);
    });
  }

  it('asks the model that the settings choose', async () => {
    const found = await run(aConnection(server, 'openai'), { model: 'gpt-4o-demo-mini' });
    assert.match(text(found, 'models'), /asked is “gpt-4o-demo-mini”/);
    const models = server.requests.slice(1).map(({ body }) => isObject(body) && body['model']);
    assert.deepEqual(models, ['gpt-4o-demo-mini', 'gpt-4o-demo-mini']);
  });

  it('does not stream where the connection asks for whole answers', async () => {
    const found = await run({ ...aConnection(server, 'openai'), stream: false });
    assert.equal(found.findings.get('stream')?.outcome, 'skipped');
    assert.equal(server.requests.length, 2);
    assert.match(text(found, 'usage'), /tells the tokens/);
    assert.match(text(found, 'end'), /finish reason “stop”\.$/);
  });

  it('says what to do about each problem, and asks no model where no request can succeed', async () => {
    const openai = aConnection(server, 'openai');
    const gone = await startLoopback(() => undefined);
    await gone.stop();
    const cases: readonly (readonly [Partial<Connection>, RegExp])[] = [
      [{ credential: 'wrong-key' }, /refused the key \(401\); sign in again/],
      [{ credential: '' }, /no key for “work” yet; sign in/],
      [{ url: gone.url }, /ECONNREFUSED/],
    ];
    for (const [changes, sentence] of cases) {
      const found = await run({ ...openai, ...changes });
      assert.match(text(found, 'list'), sentence);
      assert.deepEqual(Object.values(outcomes(found)).slice(3), [
        'problem',
        'skipped',
        'skipped',
        'skipped',
        'skipped',
        'skipped',
      ]);
    }
    const operator = await run({ ...aConnection(server, 'tachyon'), operatorId: '' });
    assert.match(text(operator, 'list'), /No operator is chosen/);
  });

  it('goes on without a list where a model is known', async () => {
    server.fault({ name: '404', method: 'GET' });
    const models = { 'gpt-4o-demo': { name: 'Demo' } };
    const found = await run({ ...aConnection(server, 'openai'), models });
    assert.match(text(found, 'list'), /\(404\)|gives no answer/);
    assert.match(text(found, 'models'), /“gpt-4o-demo”, which the settings name/);
    assert.equal(found.findings.get('end')?.outcome, 'ok');
    server.fault({ name: '404', method: 'GET' });
    const lost = await run(aConnection(server, 'openai'));
    assert.equal(lost.findings.get('whole')?.outcome, 'skipped');
    server.fault({ name: '500', method: 'GET' });
    const tachyon = await run(aConnection(server, 'tachyon'));
    assert.match(text(tachyon, 'list'), /has a problem of its own \(500\)/);
    assert.equal(tachyon.findings.get('whole')?.outcome, 'ok', 'Tachyon chooses a model itself');
  });

  it('names a server on which no model chats', async () => {
    const useless = await startLoopback((response) => {
      response.end('{"data":[{"id":"text-embedding-3-small"}]}');
    });
    try {
      const found = await run({ name: 'work', kind: 'openai-compatible', url: useless.url });
      assert.match(text(found, 'models'), /^Models: 1, and none of them can chat; load one/);
      assert.deepEqual(useless.received.length, 1);
    } finally {
      await useless.stop();
    }
  });

  const replies = [
    ['empty', /sent an empty answer/, undefined],
    ['cut', /^After [1-9]\d* pieces: .*was lost in mid-answer/, undefined],
    ['error-data', /^After \d+ pieces: .*reported an error/, undefined],
    ['eof', /first text after/, /ended without a finish reason, so it may be cut/],
    ['length', /first text after/, /finish reason “length”/],
  ] as const;
  for (const [name, stream, end] of replies) {
    it(`tells of a stream with the fault ${name}`, async () => {
      // The whole answer before it is as it should be.
      server.fault({ name: 'slow', pauseMs: 0 });
      server.fault({ name });
      const found = await run(aConnection(server, 'openai'));
      assert.equal(found.findings.get('whole')?.outcome, 'ok');
      assert.match(text(found, 'stream'), stream);
      assert.equal(found.findings.get('stream')?.outcome, end ? 'ok' : 'problem');
      if (end) assert.match(text(found, 'end'), end);
      else assert.equal(found.findings.get('end')?.outcome, 'skipped');
      assert.equal(found.findings.get('usage')?.outcome, 'ok', 'the whole answer told it');
    });
  }

  it('ends at once when it is stopped, with what was found before', async () => {
    const controller = new AbortController();
    server.fault({ name: 'hang', method: 'POST' });
    const running = run(aConnection(server, 'openai'), { signal: controller.signal });
    await server.waitForRequest(({ method }) => method === 'POST');
    controller.abort();
    const found = await running;
    assert.equal(found.error, controller.signal.reason);
    assert.deepEqual([...found.findings.keys()], steps.slice(0, 5));
    const late = new AbortController();
    const onStep = (step: DiagnosisStep): void => {
      if (step === 'usage') late.abort();
    };
    const cut = await run(aConnection(server, 'openai'), { signal: late.signal, onStep });
    assert.deepEqual([cut.error, cut.findings.size], [late.signal.reason, 8]);
    for (const never of ['resolve', 'connect'] as const) {
      const stop = new AbortController();
      const waiting = {
        ...probes,
        [never]: () => {
          setImmediate(() => stop.abort());
          return new Promise<never>(() => undefined);
        },
      };
      const url = 'http://localhost:1';
      const ended = await run(
        { ...aConnection(server, 'openai'), url },
        { signal: stop.signal, probes: waiting },
      );
      assert.equal(ended.error, stop.signal.reason);
    }
  });

  it('recognises a stream that was held back', async () => {
    const events = Array.from(
      { length: 30 },
      (_, index) => `data: {"choices":[{"index":0,"delta":{"content":"${index} "}}]}\n\n`,
    ).join('');
    let time = 0;
    const buffering = await startLoopback((response, { method, body }) => {
      if (method === 'GET') {
        response.end('{"data":[{"id":"m"}]}');
      } else if (body.includes('"stream":true')) {
        time += 1500;
        response.end(`${events}data: [DONE]\n\n`);
      } else {
        response.end('{"choices":[{"index":0,"message":{"content":"ready"}}]}');
      }
    });
    try {
      const connection: Connection = { name: 'work', kind: 'openai-compatible', url: buffering.url };
      const found = await run(connection, { now: () => time });
      const { outcome, isBuffered } = found.findings.get('stream') ?? {};
      assert.deepEqual([outcome, isBuffered], ['problem', true]);
      assert.match(text(found, 'stream'), /came all at once after 2 s.*“stream”: false/);
      assert.match(text(found, 'end'), /\[DONE\], without a finish reason/);
      assert.match(text(found, 'whole'), /“ready”/);
    } finally {
      await buffering.stop();
    }
  });
});
