import assert from 'node:assert/strict';
import { ApiError } from '../../../src/api/apiError.ts';
import { createChatCompletion } from '../../../src/api/chatCompletions.ts';
import type { Connection, RequestOptions } from '../../../src/api/connection.ts';
import type { RetryConfig } from '../../../src/api/retry.ts';
import { safe } from '../../../src/api/safe.ts';
import { developmentKey } from '../../server/server.ts';
import { type Case, connect, echo, last } from './caseSupport.ts';
import { environmentKeyOf } from './environmentKeys.ts';

/** Options, results and errors of all of them. */
export const optionCases = {
  async fetchOptions(server) {
    const stop = new AbortController();
    let fetched = 0;
    const options: RequestOptions = {
      signal: stop.signal,
      headers: { 'x-extra': 'two' },
      fetchOptions: { headers: { 'x-extra': 'one', 'x-more': '1' }, cache: 'no-store' } satisfies RequestInit,
      timeouts: { headers: 5000, silence: 5000 },
      credential: async () => developmentKey,
      fetch: (input, init) => {
        fetched += 1;
        assert.equal(init?.cache, 'no-store');
        return fetch(input, init);
      },
    };
    const connection: Connection = { ...connect(server, 'openai'), credential: 'wrong' };
    await createChatCompletion(connection, echo('openai', 'x'), options);
    const { headers } = last(server);
    assert.deepEqual([fetched, headers['x-extra'], headers['x-more']], [1, 'two', '1']);
    stop.abort();
    await assert.rejects(createChatCompletion(connection, echo('openai', 'x'), options), {
      name: 'AbortError',
    });
  },
  async retries(server) {
    const retry: RetryConfig = {
      strategy: 'backoff',
      backoff: { initialInterval: 1, maxInterval: 2, exponent: 1.5, maxElapsedTime: 5000 },
      retryConnectionErrors: true,
      retryCodes: ['5XX'],
    };
    const before = server.requests.length;
    const request = echo('openai', 'after two failures');
    server.fault({ name: '503', times: 2 });
    const whole = await createChatCompletion(connect(server, 'openai'), request, { retry });
    assert.equal(whole.choices[0]?.message.content, 'after two failures');
    assert.equal(server.requests.length - before, 3);
    server.fault({ name: '503' });
    const failed = await safe(createChatCompletion(connect(server, 'openai'), request));
    assert.equal(failed.ok, false, 'strategy none');
  },
  async safeResult(server) {
    const good = await safe(createChatCompletion(connect(server, 'atoma'), echo('atoma', 'fine')));
    assert.equal(good.ok && good.value.choices[0]?.message.content, 'fine');
    const bad = await safe(
      createChatCompletion({ ...connect(server, 'atoma'), credential: 'wrong' }, echo('atoma', 'x')),
    );
    assert.ok(!bad.ok && bad.error instanceof ApiError && bad.error.kind === 'unauthorized');
  },
  async httpErrors(server) {
    const expected = [
      ['401', 'unauthorized'],
      ['402', 'paymentRequired'],
      ['404', 'notFound'],
      ['429', 'rateLimited'],
      ['500', 'server'],
      ['503', 'server'],
    ] as const;
    for (const kind of ['atoma', 'openai'] as const) {
      for (const [name, errorKind] of expected) {
        server.fault({ name });
        const result = await safe(createChatCompletion(connect(server, kind), echo(kind, 'x')));
        assert.ok(!result.ok && result.error instanceof ApiError, `${kind} ${name}`);
        assert.deepEqual([result.error.kind, result.error.details.status], [errorKind, Number(name)]);
        assert.ok(result.error.details.providerMessage, 'the provider’s own message is kept');
      }
    }
  },
  async environmentKeys() {
    const variables = { ATOMASDK_BEARER_AUTH: 'a', ARGOTOPENAI_API_KEY_AUTH: 'b' };
    assert.equal(await environmentKeyOf('atoma', variables), 'a');
    assert.equal(await environmentKeyOf('openai', variables), 'b');
    assert.equal(await environmentKeyOf('openai', { ...variables, OPENAI_API_KEY: 'c' }), 'c');
    assert.equal(await environmentKeyOf('openai-compatible', variables), undefined);
  },
} as const satisfies Readonly<Record<string, Case>>;
