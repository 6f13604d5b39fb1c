import assert from 'node:assert/strict';
import { connectionKinds } from '../../../src/api/connection.ts';
import type { ConnectionKind } from '../../../src/api/connection.ts';
import type { RunningServer } from '../../server/server.ts';
import { createServer } from '../../server/server.ts';
import { differing, key, reportOf, roomsLeft, run, runDeviating } from './conformanceRun.ts';
import type { Deviation } from './deviatingServer.ts';
import { changeJson, setField } from './deviatingServer.ts';
import { worlds } from './worlds.ts';

describe('conformance: checks', () => {
  let server: RunningServer;
  beforeEach(async () => {
    server = await createServer({ keys: { [key]: 'us_demo' } });
  });
  afterEach(() => server.close());

  for (const kind of connectionKinds) {
    it(`finds nothing that differs on the local server: ${kind}`, async () => {
      const { code, stdout, stderr } = await run(['--kind', kind, '--url', server.baseUrls[kind]]);
      assert.match(stdout, /\n\d{2,3} as in the contract, 0 differ, \d not settled\n$/);
      assert.equal(code, 0);
      const announced = Number(/at most (\d+) requests/.exec(stderr)?.[1]);
      assert.equal(announced, server.requests.length);
      if (kind === 'tachyon') assert.equal(roomsLeft(server), 0);
    });

    it(`has no check that cannot fail: ${kind}`, async () => {
      const plain = reportOf(await runDeviating(server, kind, () => undefined));
      const unfailed = new Set(
        plain.findings.flatMap(({ group, name, verdict }) =>
          verdict === 'not settled' ? [] : [`${group}: ${name}`],
        ),
      );
      for (const world of Object.values(worlds)) {
        const deviating = await runDeviating(server, kind, world, ['--model', plain.model]);
        assert.equal(deviating.code, 1);
        for (const name of differing(reportOf(deviating))) unfailed.delete(name);
      }
      assert.equal([...unfailed].join('\n'), '');
    });
  }

  const single: [what: string, ConnectionKind, Deviation, names: readonly string[]][] = [
    [
      'a stream without [DONE]',
      'openai',
      (reply) => (reply.body = reply.body.replace('data: [DONE]\n\n', '')),
      ['Stream: end of a stream'],
    ],
    [
      'a stream with [DONE]',
      'atoma',
      (reply) => (reply.body += /^data:/m.test(reply.body) ? 'data: [DONE]\n\n' : ''),
      ['Stream: end of a stream'],
    ],
    [
      'line ends of another kind',
      'openai',
      (reply) => (reply.body = reply.body.replaceAll('\n', '\r\n')),
      ['Stream: line ends of a stream'],
    ],
    [
      'a field too much in the chunks',
      'tachyon',
      (reply) => {
        if (/^data:/m.test(reply.body)) changeJson(reply, (chunk) => ({ ...Object(chunk), trace: 'x' }));
      },
      ['Stream: other fields of the chunks', 'Turns in the chatroom: other fields of the chunks'],
    ],
    [
      'another status for a new chatroom',
      'tachyon',
      (reply, { method, url }) => {
        if (method === 'POST' && url.endsWith('/chatrooms')) reply.status = 201;
      },
      ['Chatrooms: a new chatroom'],
    ],
    [
      'another code of a finished answer',
      'openai',
      (reply) => setField(reply, 'finish_reason', (reason) => (reason === 'length' ? 'max_tokens' : reason)),
      [
        'Whole reply: finish_reason of a whole reply',
        'Whole reply: max_completion_tokens limits the answer',
        'Stream: finish_reason of a stream',
      ],
    ],
    ['n ignored', 'openai-compatible', (reply) => setField(reply, 'choices', firstOf), []],
    [
      'an account without credit',
      'tachyon',
      (reply, { url }) => {
        if (!url.endsWith('/chat/completions') || reply.status !== 200) return;
        reply.status = 402;
        reply.body = '{"error":"payment_required","message":"No credit.","code":"INSUFFICIENT_CREDITS"}';
      },
      [],
    ],
  ];
  for (const [what, kind, deviate, names] of single) {
    it(`names just what differs: ${what} (${kind})`, async () => {
      const { code, ...printed } = await runDeviating(server, kind, deviate);
      assert.deepEqual(differing(reportOf({ code, ...printed })), names);
      assert.equal(code, names.length > 0 ? 1 : 0);
    });
  }

  it('tells what the contract leaves open', async () => {
    await server.close();
    server = await createServer({ keys: { [key]: 'us_demo' }, storeAll: true });
    const { findings } = reportOf(await runDeviating(server, 'tachyon', () => undefined));
    const { seen, open } = findings.find(({ name }) => name === 'messages carried along with a turn') ?? {};
    assert.deepEqual([seen, open], ['stored', true]);
  });
});

function firstOf(list: unknown): unknown {
  return Array.isArray(list) ? list.slice(0, 1) : list;
}
