import assert from 'node:assert/strict';
import { streamChatCompletion } from '../../../src/api/chatCompletions.ts';
import * as chatrooms from '../../../src/api/chatrooms.ts';
import { type Connection, type ConnectionKind, connectionKinds } from '../../../src/api/connection.ts';
import { createEndpoint } from '../../../src/api/createEndpoint.ts';
import { listModels } from '../../../src/api/models.ts';
import { type Loopback, type ReceivedRequest, startLoopback } from '../../support/loopback.ts';
import { aConnection, aRequest, readAll, rejection, testKey } from './connections.ts';

describe('authorization', () => {
  let server: Loopback;

  before(async () => {
    server = await startLoopback((response) => void response.end('{"data":[],"choices":[]}'));
  });

  after(() => server.stop());

  async function requestOf(
    kind: ConnectionKind,
    changes: Partial<Connection> = {},
  ): Promise<ReceivedRequest> {
    await readAll(streamChatCompletion(aConnection(server.url, { kind, ...changes }), aRequest()));
    return await server.next();
  }

  for (const kind of connectionKinds) {
    it(`of ${kind} is a bearer token, a header, or none`, async () => {
      assert.equal((await requestOf(kind)).headers.authorization, `Bearer ${testKey}`);

      const own = (await requestOf(kind, { auth: { header: 'Api-Key' } })).headers;
      assert.deepEqual([own['api-key'], own.authorization], [testKey, undefined]);

      const none = await requestOf(kind, { auth: 'none' });
      assert.doesNotMatch(JSON.stringify(none.headers), /pk_test|authorization/);
    });

    it(`of ${kind} names the operator only if the API has operators`, async () => {
      assert.equal(
        (await requestOf(kind)).headers['x-operator-id'],
        kind === 'tachyon' ? 'tn_01' : undefined,
      );
    });

    it(`of ${kind} is needed, unless any server will do`, async () => {
      const bare = aConnection(server.url, { kind, credential: async () => undefined });
      const before = server.received.length;
      if (kind === 'openai-compatible') {
        await listModels(bare);
        assert.equal((await server.next()).headers.authorization, undefined);
        assert.equal(server.received.length, before + 1);
      } else {
        await rejection(listModels(bare), 'missingCredential');
        assert.equal(server.received.length, before);
      }
    });
  }

  it('by a header of its own needs a key everywhere', async () => {
    const before = server.received.length;
    for (const kind of connectionKinds) {
      const bare = aConnection(server.url, { kind, credential: '', auth: { header: 'api-key' } });
      await rejection(listModels(bare), 'missingCredential');
    }
    assert.equal(server.received.length, before);
  });

  it('with the credential of the call wins over the connection', async () => {
    await listModels(aConnection(server.url, { kind: 'openai-compatible' }), { credential: 'other' });
    assert.equal((await server.next()).headers.authorization, 'Bearer other');
  });

  it('goes over http: to another machine only if there is none, or the connection allows it', async () => {
    const far = aConnection('http://192.0.2.1', { kind: 'openai-compatible' });
    const answer = { fetch: async () => Response.json({ data: [] }) };
    await rejection(listModels(far, answer), 'insecureUrl');
    await rejection(listModels({ ...far, auth: { header: 'api-key' } }, answer), 'insecureUrl');
    for (const harmless of [{ auth: 'none' }, { credential: '' }, { allowHttp: true }] as const) {
      assert.deepEqual(await listModels({ ...far, ...harmless }, answer), []);
    }
  });
});

describe('chatrooms of an API that has none', () => {
  for (const kind of connectionKinds.filter((candidate) => candidate !== 'tachyon')) {
    it(`are refused before anything is sent to ${kind}`, async () => {
      const server = await startLoopback((response) => void response.end('{}'));
      try {
        const connection = aConnection(server.url, { kind });
        const refused = [
          () => chatrooms.list(connection),
          () => chatrooms.create(connection, {}),
          () => chatrooms.rename(connection, 'ch_1', 'x'),
          () => chatrooms.remove(connection, 'ch_1'),
          () => chatrooms.listMessages(connection, 'ch_1'),
          () => chatrooms.createChatCompletion(connection, 'ch_1', aRequest()),
          () => chatrooms.streamChatCompletion(connection, 'ch_1', aRequest()).next(),
        ];
        for (const ask of refused) {
          assert.equal((await rejection(ask(), 'invalidRequest')).details.problem, 'noChatrooms');
        }
        assert.equal(createEndpoint(connection).chatrooms, undefined);
        assert.equal(server.received.length, 0);
      } finally {
        await server.stop();
      }
    });
  }
});
