import assert from 'node:assert/strict';
import type { Connection } from '../../../src/api/connection.ts';
import { askServer } from '../../../src/host/connections/localServers.ts';
import { type Loopback, startLoopback } from '../../support/loopback.ts';

describe('askServer', () => {
  let server: Loopback;
  let replies: Record<string, { readonly status?: number; readonly body: unknown }>;

  beforeEach(async () => {
    replies = {};
    server = await startLoopback((response, { url }) => {
      const { status = 200, body } = replies[url] ?? { status: 404, body: { error: 'not found' } };
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });

  afterEach(() => server.stop());

  function connectionTo(url = `${server.url}/v1`): Connection {
    return { name: 'local', kind: 'openai-compatible', url };
  }

  const ollama = {
    object: 'list',
    data: [
      { id: 'qwen3:8b', owned_by: 'library' },
      { id: 'b:1b', owned_by: 'library' },
    ],
  };

  it('asks Ollama which models run', async () => {
    replies = {
      '/v1/models': { body: ollama },
      '/api/ps': { body: { models: [{ model: 'qwen3:8b', expires_at: 'soon' }] } },
    };
    const { server: found, states } = await askServer(connectionTo(), {});
    assert.equal(found.state === 'ready' && found.id, 'ollama');
    assert.deepEqual(Object.fromEntries(states), { 'qwen3:8b': 'loaded', 'b:1b': 'notLoaded' });
  });

  it('asks LM Studio for its own list, with the key', async () => {
    replies = {
      '/v1/models': { body: { data: [{ id: 'a', owned_by: 'organization_owner' }] } },
      '/api/v0/models': { body: { data: [{ id: 'a', state: 'loaded' }] } },
    };
    const { states } = await askServer(connectionTo(), { credential: 'k' });
    assert.deepEqual(Object.fromEntries(states), { a: 'loaded' });
    assert.deepEqual(
      server.received.map(({ method, url, headers }) => `${method} ${url} ${headers.authorization}`),
      ['GET /v1/models Bearer k', 'GET /api/v0/models Bearer k'],
    );
  });

  it('asks no other server twice, and sends what is no model server one request only', async () => {
    replies = { '/v1/models': { body: { data: [{ id: 'a', owned_by: 'llamacpp', meta: null }] } } };
    const { server: found, states } = await askServer(connectionTo(), {});
    assert.equal(found.state, 'loading');
    assert.deepEqual(Object.fromEntries(states), { a: 'loading' });
    replies = { '/v1/models': { body: { hello: 1 } } };
    assert.equal((await askServer(connectionTo(), {})).server.state, 'other');
    assert.equal(server.received.length, 2);
  });

  it('says what an error means, also where the second question fails', async () => {
    replies = { '/v1/models': { status: 401, body: { error: { message: 'key' } } } };
    assert.equal((await askServer(connectionTo(), {})).server.state, 'needsKey');
    replies = {
      '/v1/models': {
        status: 503,
        body: { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } },
      },
    };
    assert.equal((await askServer(connectionTo(), {})).server.state, 'loading');
    replies = { '/v1/models': { body: ollama } };
    const { server: found, states } = await askServer(connectionTo(), {});
    assert.equal(found.state, 'ready');
    assert.equal(states.size, 0);
  });

  it('finds nothing where nothing listens', async () => {
    const gone = await startLoopback((response) => void response.end());
    await gone.stop();
    assert.equal((await askServer(connectionTo(`${gone.url}/v1`), {})).server.state, 'absent');
  });
});
