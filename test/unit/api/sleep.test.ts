import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { mock } from 'node:test';
import { setImmediate as turnOfLoop } from 'node:timers/promises';
import { ApiError } from '../../../src/api/apiError.ts';
import { streamChatCompletion } from '../../../src/api/chatCompletions.ts';
import { withRetries } from '../../../src/api/retry.ts';
import { createNodeFetch } from '../../../src/host/node/nodeFetch.ts';
import { type Loopback, startLoopback } from '../../support/loopback.ts';
import { aConnection, aRequest, textEvent } from './connections.ts';

describe('a sleep of the machine', () => {
  let now = 0;
  let server: Loopback | undefined;
  beforeEach(() => {
    now = 0;
    mock.method(performance, 'now', () => now);
    mock.timers.enable({ apis: ['setTimeout'] });
  });
  afterEach(async () => {
    mock.timers.reset();
    mock.restoreAll();
    await server?.stop();
    server = undefined;
  });

  /** Time goes by, of which the timers hear only when the machine is awake. */
  function pass(ms: number, slept = 0): void {
    now += ms + slept;
    mock.timers.tick(ms);
  }

  it('ends no reply whose connection outlived it, as one of a model on this machine does', async () => {
    const begun = Promise.withResolvers<ServerResponse>();
    server = await startLoopback((response) => {
      response.writeHead(200).write(textEvent('one'));
      begun.resolve(response);
    });
    const fetch = createNodeFetch();
    const chunks = streamChatCompletion(aConnection(server.url), aRequest(), { fetch });
    const texts = [(await chunks.next()).value?.choices[0]?.delta.content];
    const rest = chunks.next();
    await turnOfLoop();
    pass(600_000, 3_600_000);
    (await begun.promise).end(`${textEvent('two')}data: [DONE]\n\n`);
    texts.push((await rest).value?.choices[0]?.delta.content);
    assert.deepEqual(texts, ['one', 'two']);
    await chunks.return();
  });

  it('uses up nothing of the time in which a request is sent again', async () => {
    let attempts = 0;
    const lost = new ApiError('network', 'no network', { code: 'ENETUNREACH', mayHaveBeenAccepted: false });
    const attempt = async () => {
      attempts += 1;
      throw lost;
    };
    const rule = { config: undefined, codes: [], idempotent: false } as const;
    const waits: number[] = [];
    let isOver = false;
    const tried = withRetries(attempt, rule, [], ({ delay }) => waits.push(delay))
      .catch((error: unknown) => assert.equal(error, lost))
      .finally(() => (isOver = true));
    for (let seen = 0; ; seen = waits.length) {
      await turnOfLoop();
      if (isOver) break;
      const wait = waits[seen] ?? 0;
      pass(wait, seen === 0 ? 3_600_000 : 0);
      if (seen === 0) pass(wait);
    }
    await tried;
    assert.ok(attempts > 3, `${attempts}`);
  });
});
