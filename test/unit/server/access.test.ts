import assert from 'node:assert/strict';
import { request } from 'node:http';
import type { RunningServer } from '../../server/server.ts';
import { createServer } from '../../server/server.ts';
import { call, goodHeaders } from './httpCalls.ts';

const rooms = '/v1/llms/chatrooms';

function without(name: string): Record<string, string> {
  const { [name]: _, ...rest } = goodHeaders;
  return rest;
}

describe('test server: access', () => {
  let server: RunningServer;
  beforeEach(async () => {
    server = await createServer({ maxBodyBytes: 1000 });
  });
  afterEach(() => server.close());

  it('refuses a missing or wrong key with 401', async () => {
    const refusal = { code: 'UNAUTHORIZED', message: 'verify token failed' };
    for (const headers of [
      without('authorization'),
      { ...goodHeaders, authorization: 'Bearer other' },
      { ...goodHeaders, authorization: 'Bearer toString' },
      { ...goodHeaders, authorization: 'dummy-token' },
    ]) {
      const reply = await call(server, 'GET', rooms, undefined, headers);
      assert.equal(reply.status, 401);
      assert.deepEqual(reply.body, refusal);
    }
  });

  const statusOf = async (headers: Record<string, string>): Promise<number> =>
    (await call(server, 'GET', rooms, undefined, headers)).status;

  it('tells a missing, an empty and an unknown operator apart', async () => {
    assert.equal(await statusOf(without('x-operator-id')), 400);
    assert.equal(await statusOf({ ...goodHeaders, 'x-operator-id': '' }), 401);
    assert.equal(await statusOf({ ...goodHeaders, 'x-operator-id': 'tn_other' }), 403);
    assert.equal(await statusOf({ ...goodHeaders, 'x-operator-id': 'tn_second' }), 200);
  });

  it('needs no operator to tell who one is', async () => {
    const operators = await call(
      server,
      'GET',
      '/v1/auth/operators/by-user',
      undefined,
      without('x-operator-id'),
    );
    assert.partialDeepStrictEqual(operators.body, [{ id: 'tn_demo', name: 'Demo' }, { id: 'tn_second' }]);
    const me = await call(server, 'GET', '/v1/me', undefined, without('x-operator-id'));
    assert.partialDeepStrictEqual(me.body, { user: { id: 'us_demo' }, default_tenant_id: 'tn_demo' });
  });

  it('refuses a Host that is not this machine', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request(`${server.url}/v1/me`, { headers: { ...goodHeaders, host: 'evil.example' } })
        .on('response', (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end();
    });
    assert.equal(status, 403);
    assert.equal((await call({ url: `http://localhost:${server.port}` }, 'GET', '/v1/me')).status, 200);
  });

  it('answers unknown paths with 404 and wrong methods with 405', async () => {
    assert.equal((await call(server, 'GET', '/v1/llms/nothing')).status, 404);
    assert.equal((await call(server, 'GET', '/v1/llms/chatrooms/')).status, 404);
    const reply = await call(server, 'PUT', rooms, {});
    assert.equal(reply.status, 405);
    assert.equal(reply.headers.get('allow'), 'GET, POST');
  });

  it('refuses bodies that are too large, no JSON or of another type', async () => {
    assert.equal((await call(server, 'POST', rooms, { name: 'x'.repeat(2000) })).status, 413);
    assert.equal((await call(server, 'POST', rooms, '{"name":')).status, 400);
    const headers = { ...goodHeaders, 'content-type': 'text/plain' };
    assert.equal((await call(server, 'POST', rooms, '{}', headers)).status, 415);
    assert.equal((await call(server, 'PATCH', `${rooms}/%E0`, {})).status, 400);
  });

  it('records each request with headers, body and how it ended', async () => {
    const seen = server.waitForRequest((entry) => entry.method === 'POST');
    await call(server, 'POST', `${rooms}?a=1`, { name: 'Recorded' });
    const entry = await seen;
    assert.equal(entry.path, rooms);
    assert.equal(entry.query.get('a'), '1');
    assert.equal(entry.headers['x-operator-id'], 'tn_demo');
    assert.deepEqual(entry.body, { name: 'Recorded' });
    assert.equal((await entry.requestClosed).early, false);
    assert.equal(server.requests.length, 1);
    assert.equal(await server.waitForRequest(() => true), entry);
  });
});
