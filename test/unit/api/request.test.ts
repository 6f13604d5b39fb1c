import assert from 'node:assert/strict';
import { ApiError, type ApiErrorKind, type InvalidRequestProblem } from '../../../src/api/apiError.ts';
import { createChatCompletion, streamChatCompletion } from '../../../src/api/chatCompletions.ts';
import * as chatrooms from '../../../src/api/chatrooms.ts';
import type { Connection, RequestOptions } from '../../../src/api/connection.ts';
import { createEndpoint } from '../../../src/api/createEndpoint.ts';
import { listModels } from '../../../src/api/models.ts';
import { getMe, listOperators } from '../../../src/api/operators.ts';
import { safe } from '../../../src/api/safe.ts';
import { type Loopback, startLoopback } from '../../support/loopback.ts';
import { aConnection, aRequest, readAll, rejection, testKey, textEvent } from './connections.ts';

const room = { id: 'ch_1', name: 'Room', metadata: {} };
const replies: Record<string, string> = {
  'GET /v1/llms/models?require_agent_product=false': '{"models":[{"id":"a/b"}],"total_count":1}',
  'GET /v1/auth/operators/by-user': '[{"id":"tn_1","name":"One"}]',
  'GET /v1/me': '{"user":{"id":"us_1"},"tenants":[]}',
  'GET /v1/llms/chatrooms': JSON.stringify({ chatrooms: [room], paginator: {} }),
  'GET /v1/llms/chatrooms?limit=5&search=a+b': JSON.stringify({ chatrooms: [] }),
  'POST /v1/llms/chatrooms': JSON.stringify({ chatroom: room }),
  'PATCH /v1/llms/chatrooms/ch%2F1': JSON.stringify({ chatroom: room }),
  'GET /v1/llms/chatrooms/ch%2F1/messages?limit=100&offset=0&search=':
    '{"messages":[{"id":"m","role":"user","content":"Hi"}]}',
};

describe('requests', () => {
  let server: Loopback;
  let connection: Connection;

  before(async () => {
    server = await startLoopback((response, { method, url, body }) => {
      if (method === 'DELETE') {
        response.writeHead(204).end();
      } else if (url.endsWith('/chat/completions')) {
        const whole = JSON.stringify({
          choices: [{ index: 0, message: { role: 'assistant', content: 'whole' }, finish_reason: 'stop' }],
        });
        // Tachyon's specification declares JSON for both, and the decoder must not care.
        response.setHeader('content-type', 'application/json');
        response.end(body.includes('"stream":true') ? `${textEvent('streamed')}data: [DONE]\n\n` : whole);
      } else {
        response.end(replies[`${method} ${url}`] ?? '{"unexpected":true}');
      }
    });
    connection = aConnection(server.url);
  });

  after(() => server.stop());

  async function assertSent(line: string, body: unknown, accept = 'application/json'): Promise<void> {
    const { method, url, headers, body: sent } = await server.next();
    assert.equal(`${method} ${url}`, line);
    assert.equal(headers.authorization, `Bearer ${testKey}`);
    assert.equal(headers.accept, accept);
    assert.equal(headers['x-operator-id'], 'tn_01');
    assert.equal(headers['content-type'], body === undefined ? undefined : 'application/json');
    assert.deepEqual(sent === '' ? undefined : JSON.parse(sent), body);
  }

  it('list models', async () => {
    assert.deepEqual(await listModels(connection), [{ id: 'a/b', name: 'a/b', supported_features: [] }]);
    await assertSent('GET /v1/llms/models?require_agent_product=false', undefined);
  });

  it('list operators and tell who one is, without an operator', async () => {
    const { operatorId: _, ...bare } = connection;
    assert.deepEqual(await listOperators(bare), [{ id: 'tn_1', name: 'One' }]);
    assert.deepEqual(await getMe(connection), { user: { id: 'us_1' }, tenants: [] });
    for (const path of ['/v1/auth/operators/by-user', '/v1/me']) {
      const { url, headers } = await server.next();
      assert.equal(url, path);
      assert.equal(headers.authorization, `Bearer ${testKey}`);
      assert.equal(headers['x-operator-id'], undefined);
    }
  });

  it('list, create, rename and remove chatrooms', async () => {
    assert.deepEqual(await chatrooms.list(connection), [room]);
    await assertSent('GET /v1/llms/chatrooms', undefined);
    assert.deepEqual(await chatrooms.list(connection, { limit: 5, search: 'a b' }), []);
    await assertSent('GET /v1/llms/chatrooms?limit=5&search=a+b', undefined);
    assert.deepEqual(await chatrooms.create(connection, { name: 'Room', metadata: { client: 'c' } }), room);
    await assertSent('POST /v1/llms/chatrooms', { name: 'Room', metadata: { client: 'c' } });
    assert.deepEqual(await chatrooms.rename(connection, 'ch/1', 'New'), room);
    await assertSent('PATCH /v1/llms/chatrooms/ch%2F1', { name: 'New' });
    await chatrooms.remove(connection, 'ch/1');
    await assertSent('DELETE /v1/llms/chatrooms/ch%2F1', undefined);
  });

  it('list messages with all three parameters', async () => {
    const messages = await chatrooms.listMessages(connection, 'ch/1');
    assert.deepEqual(messages, [{ id: 'm', role: 'user', text: 'Hi', type: 'text' }]);
    await assertSent('GET /v1/llms/chatrooms/ch%2F1/messages?limit=100&offset=0&search=', undefined);
  });

  it('stream completions with and without a chatroom', async () => {
    const accept = 'text/event-stream, application/json';
    assert.equal((await readAll(streamChatCompletion(connection, aRequest()))).text, 'streamed');
    await assertSent('POST /v1/llms/chat/completions', { ...aRequest(), stream: true }, accept);
    assert.equal(
      (await readAll(chatrooms.streamChatCompletion(connection, 'ch_1', aRequest()))).text,
      'streamed',
    );
    await assertSent(
      'POST /v1/llms/chatrooms/ch_1/chat/completions',
      { ...aRequest(), stream: true },
      accept,
    );
  });

  it('ask for whole completions', async () => {
    const completion = {
      choices: [{ index: 0, message: { role: 'assistant', content: 'whole' }, finish_reason: 'stop' }],
    };
    assert.deepEqual(await createChatCompletion(connection, aRequest()), completion);
    await assertSent('POST /v1/llms/chat/completions', { ...aRequest(), stream: false });
    assert.deepEqual(await chatrooms.createChatCompletion(connection, 'ch_1', aRequest()), completion);
    await assertSent('POST /v1/llms/chatrooms/ch_1/chat/completions', { ...aRequest(), stream: false });
    const { chunks, text } = await readAll(
      streamChatCompletion({ ...connection, stream: false }, aRequest({ stream: true })),
    );
    assert.deepEqual([chunks.length, text], [1, 'whole']);
    await assertSent('POST /v1/llms/chat/completions', { ...aRequest(), stream: false });
  });

  it('carry the extra headers of the connection and, winning over them, of the call', async () => {
    const extra = {
      ...connection,
      headers: { 'X-Team': 'a', 'x-other': 'b', Authorization: 'Basic x', Accept: 'text/html' },
    };
    const options: RequestOptions = {
      headers: { 'x-team': 'c' },
      fetchOptions: { headers: { 'x-fetch': 'd' } },
    };
    await listModels(extra, options);
    const { headers } = await server.next();
    assert.deepEqual(
      [headers['x-team'], headers['x-other'], headers['x-fetch'], headers.authorization, headers.accept],
      ['c', 'b', 'd', `Bearer ${testKey}`, 'application/json'],
    );
  });

  it('ask for the credential each time, and clean what was pasted', async () => {
    const keys = ['one', '  "Bearer two" ', "bearer 'three'", 'Bearer  four'];
    const credential = async (): Promise<string | undefined> => keys.shift();
    for (const key of ['one', 'two', 'three', 'four']) {
      await listModels({ ...connection, credential });
      assert.equal((await server.next()).headers.authorization, `Bearer ${key}`);
    }
    await rejection(listModels({ ...connection, credential }), 'missingCredential');
    await listModels(connection, { credential: 'five' });
    assert.equal((await server.next()).headers.authorization, 'Bearer five');
  });

  it('go through a given fetch with the options for it', async () => {
    let seen: RequestInit | undefined;
    const fetchOptions = { keepalive: true, method: 'PUT', redirect: 'follow' } as const;
    await listModels(connection, {
      fetchOptions,
      fetch: async (input, init) => {
        seen = init;
        return await fetch(input, init);
      },
    });
    assert.deepEqual([seen?.keepalive, seen?.method, seen?.redirect], [true, 'GET', 'manual']);
    await server.next();
  });

  it('accept a base URL that ends in /v1 or slashes', async () => {
    await listModels({ ...connection, url: `${server.url}/v1/` });
    await assertSent('GET /v1/llms/models?require_agent_product=false', undefined);
  });

  it('are made by an endpoint with its defaults', async () => {
    const endpoint = createEndpoint(connection, { headers: { 'x-a': '1', 'x-b': '1' } });
    const { chatrooms: bound } = endpoint;
    assert.deepEqual([endpoint.connection, endpoint.kind], ['tachyon', 'tachyon']);
    assert.ok(bound);
    await endpoint.listModels({ headers: { 'x-b': '2' } });
    const { headers } = await server.next();
    assert.deepEqual([headers['x-a'], headers['x-b']], ['1', '2']);
    assert.equal((await readAll(endpoint.streamChatCompletion(aRequest()))).text, 'streamed');
    assert.equal((await readAll(bound.streamChatCompletion('ch_1', aRequest()))).text, 'streamed');
    assert.deepEqual(await bound.list({}), [room]);
    assert.deepEqual(await bound.create({}), room);
    assert.deepEqual(await bound.rename('ch/1', 'New'), room);
    assert.equal((await bound.listMessages('ch/1', {})).length, 1);
    await bound.remove('ch_1');
    for (let taken = 0; taken < 7; taken += 1) {
      await server.next();
    }
  });

  it('fail with malformedReply if nobody knows the shape of the reply', async () => {
    const error = await rejection(chatrooms.rename(connection, 'ch_unknown', 'x'), 'malformedReply');
    assert.equal(error.details.body, '{"unexpected":true}');
    assert.equal(error.details.status, 200);
    await server.next();
  });

  describe('refused before anything is sent', () => {
    /** The problem of an `invalidRequest`, otherwise the kind of the error. */
    type Reason = ApiErrorKind | InvalidRequestProblem;
    const refused: [string, Partial<Connection>, Reason, subject?: string][] = [
      ['without a credential', { credential: '' }, 'missingCredential'],
      ['with only the word Bearer', { credential: 'Bearer ' }, 'missingCredential'],
      ['with a line break in the key', { credential: 'pk_1\r\nX-Evil: 1' }, 'keyHasLineBreak'],
      ['with a blank in the key', { credential: 'pk_1 pk_2' }, 'keyHasBlank'],
      ['with a key that is no key', { credential: 'pk_鍵' }, 'keyHasOddCharacters'],
      ['without an operator', { operatorId: ' ' }, 'missingOperator'],
      [
        'with a line break in the operator',
        { operatorId: 'tn\r\nX-Evil: 1' },
        'headerValue',
        'x-operator-id',
      ],
      ['with a line break in a header', { headers: { 'x-a': 'b\nc: d' } }, 'headerValue', 'x-a'],
      ['with a line break in the name of a header', { headers: { 'x-a\n': 'b' } }, 'headerName'],
      ['with an unreadable URL', { url: 'nowhere' }, 'urlUnreadable'],
      ['with an unknown kind', JSON.parse('{"kind":"atom"}'), 'connectionKind'],
      ['over http: to another machine', { url: 'http://192.0.2.1' }, 'insecureUrl'],
    ];
    for (const [name, changes, reason, subject] of refused) {
      it(name, async () => {
        await assert.rejects(listModels({ ...connection, ...changes }), (error) => {
          assert.ok(error instanceof ApiError);
          assert.equal(error.details.problem ?? error.kind, reason);
          assert.equal(error.kind === 'invalidRequest', error.details.problem !== undefined);
          assert.equal(error.details.subject, subject);
          assert.equal(error.details.mayHaveBeenAccepted, false);
          assert.doesNotMatch(error.message, /pk_|X-Evil/);
          return true;
        });
        assert.equal((await safe(createChatCompletion({ ...connection, ...changes }, aRequest()))).ok, false);
      });
    }

    it('with an odd id of a chatroom', async () => {
      for (const id of ['', ' ', '.', '..']) {
        await rejection(chatrooms.rename(connection, id, 'x'), 'invalidRequest');
        await rejection(chatrooms.remove(connection, id), 'invalidRequest');
        await rejection(chatrooms.listMessages(connection, id), 'invalidRequest');
        await rejection(chatrooms.createChatCompletion(connection, id, aRequest()), 'invalidRequest');
      }
    });

    it('and the server saw none of them', () => {
      assert.equal(
        server.received.some(({ headers, url }) => headers['x-evil'] !== undefined || url.includes('..')),
        false,
      );
    });
  });

  it('may go over http: to another machine if the connection allows it', async () => {
    const allowed = { ...connection, url: 'http://example.invalid', allowHttp: true };
    const reached = await safe(listModels(allowed, { fetch: async () => Response.json({ models: [] }) }));
    assert.deepEqual(reached, { ok: true, value: [] });
  });
});
