import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../../scripts/paths.ts';
import type { RunningServer } from '../../server/server.ts';
import { createServer } from '../../server/server.ts';
import { startLoopback } from '../../support/loopback.ts';
import { environment, key, reportOf, roomsLeft, run, runDeviating } from './conformanceRun.ts';
import type { Deviation } from './deviatingServer.ts';
import { setField } from './deviatingServer.ts';

const lose: Deviation = (reply, { method, url }) => {
  if (method === 'POST' && url.endsWith('/chatrooms')) reply.body = '';
};

const hide: Deviation = (reply, { method }) => {
  if (method === 'DELETE') reply.status = 500;
  if (reply.status === 404) reply.status = 200;
};

const repeat: Deviation = (reply, { headers }) => {
  setField(reply, 'message', (message) =>
    typeof message === 'string' ? `${message}: ${headers.authorization ?? ''}` : message,
  );
  setField(reply, 'finish_reason', () => headers.authorization);
};

describe('conformance: command', () => {
  let server: RunningServer;
  beforeEach(async () => {
    server = await createServer({ keys: { [key]: 'us_demo' } });
  });
  afterEach(() => server.close());

  it('deletes its chatroom after an interruption', async () => {
    const interruption = new AbortController();
    const interrupt: Deviation = (_, { url }) => {
      if (url.endsWith('/chat/completions') && url.includes('/chatrooms/')) interruption.abort();
    };
    const { code, stderr } = await runDeviating(server, 'tachyon', interrupt, [], interruption.signal);
    assert.equal(code, 130);
    assert.match(stderr, /Interrupted/);
    assert.equal(roomsLeft(server), 0);
  });

  it('deletes its chatroom if the reply that told its id was lost', async () => {
    await runDeviating(server, 'tachyon', lose);
    assert.equal(roomsLeft(server), 0);
  });

  it('says which chatroom is to be deleted by hand', async () => {
    const { findings } = reportOf(await runDeviating(server, 'tachyon', hide));
    const deletion = findings.find(({ name }) => name === 'a deleted chatroom');
    assert.match(deletion?.seen ?? '', /chatroom "Tachyon conformance check \w+" .* delete it by hand/);
  });

  it('never prints the key, even if the server repeats it', async () => {
    const { stdout } = await runDeviating(server, 'openai', repeat);
    assert.match(stdout, /\*\*\*/);
  });

  it('follows no redirect', async () => {
    const elsewhere = await startLoopback((response) => void response.end('{}'));
    try {
      const redirect: Deviation = (reply) => {
        reply.status = 307;
        reply.headers['location'] = elsewhere.url;
      };
      const { code } = await runDeviating(server, 'atoma', redirect, ['--model', 'any']);
      assert.equal(code, 2);
      assert.deepEqual(elsewhere.received, []);
    } finally {
      await elsewhere.stop();
    }
  });

  it('gives up on an endpoint that refuses the key or does not answer', async () => {
    const url = server.baseUrls.openai;
    const refused = await run(['--kind', 'openai', '--url', url], { OPENAI_API_KEY: 'another' });
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /refuses the key: status 401/);
    assert.equal(server.requests.length, 1);
    await server.close();
    const gone = await run(['--kind', 'openai', '--url', url]);
    assert.equal(gone.code, 2);
    assert.match(gone.stderr, /cannot be reached: no reply: fetch failed \(ECONNREFUSED\)\n$/);
    assert.equal(gone.stdout, '');
    server = await createServer();
  });

  const wrong: [args: readonly string[], NodeJS.ProcessEnv, RegExp][] = [
    [[], environment, /--kind takes one of: tachyon, openai, atoma, openai-compatible/],
    [['--kind', 'gemini'], environment, /--kind takes/],
    [['--kind', 'openai', '--key', key], environment, /from the environment only/],
    [['--kind', 'openai', key], environment, /from the environment only/],
    [['--kind', 'openai-compatible'], {}, /--url is needed/],
    [['--kind', 'openai'], {}, /Set OPENAI_API_KEY or ARGOTOPENAI_API_KEY_AUTH/],
    [['--kind', 'openai'], { OPENAI_API_KEY: `${key} ${key}` }, /The key holds a blank/],
    [['--kind', 'openai', '--key-env', 'NOT_SET'], environment, /named by --key-env is empty/],
    [['--kind', 'tachyon'], { TACHYON_API_KEY: key }, /--operator or TACHYON_TENANT_ID is needed/],
    [['--kind', 'openai', '--url', key], environment, /URL/],
    [['--kind', 'openai', '--url', 'http://example.invalid'], environment, /not sent over http/],
  ];
  for (const [args, env, message] of wrong) {
    it(`refuses: ${args.join(' ').replaceAll(key, 'KEY')} ${String(message)}`, async () => {
      const { code, stdout, stderr } = await run(args, env);
      assert.match(stderr, message);
      assert.deepEqual([code, stdout], [2, '']);
    });
  }

  it('is a command that reads the key from a named variable', async () => {
    const script = join(root, 'scripts', 'conformance.ts');
    const args = [script, '--kind', 'atoma', '--url', server.baseUrls.atoma, '--key-env', 'MY_KEY', '--json'];
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      env: { ...process.env, MY_KEY: key },
    });
    const { counts, findings } = reportOf({ code: 0, stdout, stderr: '' });
    assert.equal(counts['differs'], 0);
    assert.equal(
      Object.values(counts).reduce((sum, count) => sum + count),
      findings.length,
    );
  });

  it('tells its options', async () => {
    const { code, stdout } = await run(['--help'], {});
    assert.equal(code, 0);
    for (const option of ['url', 'kind', 'model', 'operator', 'key-env', 'json']) {
      assert.ok(stdout.includes(`--${option} `), option);
    }
  });
});
