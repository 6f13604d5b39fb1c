import assert from 'node:assert/strict';
import { createChatCompletion } from '../../../src/api/chatCompletions.ts';
import type { Connection, RequestOptions } from '../../../src/api/connection.ts';
import { listModels } from '../../../src/api/models.ts';
import type { SentRequest } from '../../../src/api/requestTap.ts';
import { type Loopback, startLoopback } from '../../support/loopback.ts';
import { aConnection, aRequest, testKey } from './connections.ts';

const whole = '{"choices":[{"index":0,"message":{"content":"Hi"},"finish_reason":"stop"}]}';

describe('what was sent', () => {
  let server: Loopback;
  let statuses: number[];

  beforeEach(async () => {
    statuses = [];
    server = await startLoopback((response, { method }) => {
      response.writeHead(statuses.shift() ?? 200).end(method === 'GET' ? '{"models":[]}' : whole);
    });
  });

  afterEach(() => server.stop());

  async function sentBy(
    changes: Partial<Connection>,
    content: string,
    options: RequestOptions = {},
  ): Promise<SentRequest[]> {
    const sent: SentRequest[] = [];
    const messages = [{ role: 'user', content } as const];
    await createChatCompletion(aConnection(server.url, changes), aRequest({ messages }), {
      ...options,
      onRequest: (request) => sent.push(request),
    });
    return sent;
  }

  it('is what goes out: method, URL, headers, and the body byte for byte', async () => {
    const [sent] = await sentBy({ headers: { 'x-team': 'blue' } }, 'A “prompt” of\nlines, 日本語 and 😀');
    const { method, url, headers, body } = await server.next();
    assert.equal(sent?.method, method);
    assert.equal(sent?.url, server.url + url);
    assert.equal(sent?.body, body);
    assert.deepEqual(sent?.headers, {
      accept: headers.accept,
      authorization: 'Bearer ***',
      'content-type': headers['content-type'],
      'x-operator-id': headers['x-operator-id'],
      'x-team': headers['x-team'],
    });
  });

  it('has no body where none goes out', async () => {
    const sent: SentRequest[] = [];
    await listModels(aConnection(server.url), { onRequest: (request) => sent.push(request) });
    assert.equal(sent[0]?.method, 'GET');
    assert.equal(Object.hasOwn(sent[0] ?? {}, 'body'), false);
  });

  it('tells each attempt', async () => {
    statuses = [503, 503];
    const retry = { strategy: 'backoff', backoff: { initialInterval: 1 } } as const;
    const sent = await sentBy({ retry }, 'Again');
    assert.equal(sent.length, 3);
    assert.equal(new Set(sent.map(({ body }) => body)).size, 1);
  });

  it('is told also of a request that is refused, but of none that never goes out', async () => {
    const sent: SentRequest[] = [];
    const options: RequestOptions = { onRequest: (request) => sent.push(request) };
    statuses = [401];
    await assert.rejects(createChatCompletion(aConnection(server.url), aRequest(), options));
    assert.equal(sent.length, 1);
    const broken = aConnection(server.url, { credential: 'two words' });
    await assert.rejects(createChatCompletion(broken, aRequest(), options));
    assert.equal(sent.length, 1);
  });

  it('never holds the credential, wherever it stands', async () => {
    const shared = { 'x-debug': `key ${testKey}`, cookie: 'session=hidden', 'x-api-key': 'hidden' };
    const cases: readonly (readonly [Partial<Connection>, RequestOptions?])[] = [
      [{}],
      [{ auth: { header: 'x-own' } }],
      [{ headers: shared }],
      [{}, { headers: shared, fetchOptions: { headers: { 'proxy-authorization': 'Basic hidden' } } }],
      [{ url: `${server.url}/${encodeURIComponent(testKey)}` }],
      [{ auth: 'none', headers: { authorization: 'Bearer hidden' } }],
    ];
    for (const [changes, options] of cases) {
      const prompt = `My key is ${testKey}, for a URL ${encodeURIComponent(testKey)}`;
      const [sent] = await sentBy(changes, changes.auth === 'none' ? 'Hi' : prompt, options);
      const text = JSON.stringify(sent);
      for (const secret of [testKey, encodeURIComponent(testKey), 'hidden']) {
        assert.ok(!text.includes(secret), text);
      }
      assert.match(text, /\*\*\*/);
    }
  });
});
