import assert from 'node:assert/strict';
import type { RunningServer } from '../../server/server.ts';
import { createServer } from '../../server/server.ts';
import { call } from './httpCalls.ts';

describe('test server: models', () => {
  let server: RunningServer;
  before(async () => {
    server = await createServer();
  });
  after(() => server.close());

  const ids = async (query: string): Promise<string[]> => {
    const { text } = await call(server, 'GET', `/v1/llms/models${query}`);
    const body: { models: { id: string }[]; total_count: number } = JSON.parse(text);
    assert.equal(body.total_count, body.models.length);
    return body.models.map(({ id }) => id);
  };

  it('lists agent models only, unless told otherwise', async () => {
    assert.deepEqual(await ids(''), ['tachyon/demo-large', 'acme/zoo/nested-name:free']);
    assert.deepEqual(await ids('?require_agent_product=false'), [
      'acme/aardvark-embedding',
      'acme/bark-speech',
      'acme/bare',
      'tachyon/demo',
      'tachyon/demo-large',
      'acme/zoo/nested-name:free',
    ]);
  });

  it('filters by all features, given repeatedly or with commas', async () => {
    const all = 'require_agent_product=false';
    assert.deepEqual(await ids(`?${all}&supported_feature=vision`), ['tachyon/demo', 'tachyon/demo-large']);
    assert.deepEqual(await ids(`?${all}&supported_feature=vision,json_mode`), ['tachyon/demo-large']);
    assert.deepEqual(await ids(`?${all}&supported_feature=vision&supported_feature=json_mode`), [
      'tachyon/demo-large',
    ]);
  });

  it('refuses a query that the contract does not know', async () => {
    assert.equal((await call(server, 'GET', '/v1/llms/models?require_agent_product=no')).status, 400);
    assert.equal((await call(server, 'GET', '/v1/llms/models?feature=vision')).status, 400);
  });
});
