import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import type { ApiErrorKind } from '../../../src/api/apiError.ts';
import { createChatCompletion } from '../../../src/api/chatCompletions.ts';
import { listModels } from '../../../src/api/models.ts';
import { type Loopback, startLoopback } from '../../support/loopback.ts';
import { aConnection, aRequest, rejection, testKey } from './connections.ts';

describe('HTTP errors', () => {
  let server: Loopback;
  let answer: (response: ServerResponse) => void;

  before(async () => {
    server = await startLoopback((response) => answer(response));
  });

  after(() => server.stop());

  function answerWith(status: number, body: string, headers: Record<string, string> = {}): void {
    answer = (response) => void response.writeHead(status, headers).end(body);
  }

  const told: [
    status: number,
    body: string,
    kind: ApiErrorKind,
    code: string | undefined,
    message: string | undefined,
  ][] = [
    [
      401,
      '{"code":"UNAUTHORIZED","message":"verify token failed"}',
      'unauthorized',
      'UNAUTHORIZED',
      'verify token failed',
    ],
    [403, '{"code":"FORBIDDEN","message":"no grant"}', 'forbidden', 'FORBIDDEN', 'no grant'],
    [409, '{"code":"CONFLICT","message":"exists"}', 'badRequest', 'CONFLICT', 'exists'],
    [404, '{"code":"NOT_FOUND","message":"no room"}', 'notFound', 'NOT_FOUND', 'no room'],
    [410, '{"message":"gone"}', 'notFound', undefined, 'gone'],
    [400, '{"error":"BadRequest: unknown model"}', 'badRequest', 'BadRequest', 'unknown model'],
    [
      402,
      '{"error":"payment_required","message":"Insufficient credits. Required: 130, Available: 100","code":"INSUFFICIENT_CREDITS"}',
      'paymentRequired',
      'INSUFFICIENT_CREDITS',
      'Insufficient credits. Required: 130, Available: 100',
    ],
    [
      404,
      '{"error":"No pending tool call found for the given tool_id"}',
      'notFound',
      undefined,
      'No pending tool call found for the given tool_id',
    ],
    [
      429,
      '{"error":{"message":"slow down","type":"rate_limit","code":null}}',
      'rateLimited',
      'rate_limit',
      'slow down',
    ],
    [
      422,
      '{"detail":[{"loc":["body"],"msg":"field required"},{"msg":"too long"}]}',
      'badRequest',
      undefined,
      'field required; too long',
    ],
    [422, '{"detail":"bad"}', 'badRequest', undefined, 'bad'],
    [500, '{"error":{}}', 'server', undefined, '{}'],
    [503, 'overloaded', 'server', undefined, 'overloaded'],
    [
      502,
      '<html><head><title>502 Bad Gateway</title></head><body><h1>x</h1></body></html>',
      'server',
      undefined,
      '502 Bad Gateway',
    ],
    [502, '<html><body>no title</body></html>', 'server', undefined, undefined],
    [418, '', 'badRequest', undefined, undefined],
    [500, '{"broken', 'server', undefined, undefined],
  ];
  for (const [status, body, kind, code, message] of told) {
    it(`of ${status} are told from ${body.slice(0, 50)}`, async () => {
      answerWith(status, body);
      const { details } = await rejection(createChatCompletion(aConnection(server.url), aRequest()), kind);
      assert.deepEqual([details.status, details.code, details.providerMessage], [status, code, message]);
      assert.equal(details.body, body === '' ? undefined : body);
      assert.equal(details.mayHaveBeenAccepted, status >= 500 || status === 409);
    });
  }

  it('carry the request id and only safe headers', async () => {
    answerWith(500, '', {
      'X-Request-Id': 'req_1',
      'Set-Cookie': 'a=b',
      'X-Secret': 's',
      'X-RateLimit-Remaining': '3',
      Server: 'axum',
    });
    const { details } = await rejection(listModels(aConnection(server.url)), 'server');
    assert.equal(details.requestId, 'req_1');
    const { date, ...headers } = details.headers ?? {};
    assert.ok(date !== undefined);
    assert.deepEqual(headers, { server: 'axum', 'x-ratelimit-remaining': '3', 'x-request-id': 'req_1' });
  });

  const waits: [Record<string, string>, number | undefined][] = [
    [{ 'retry-after': '2' }, 2000],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': '60' }, 60_000],
    [{ 'retry-after': '61' }, undefined],
    [{ 'retry-after': '-1' }, undefined],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': 'Fri, 31 Dec 1999 23:59:59 GMT' }, undefined],
    [{ 'retry-after-ms': '150', 'retry-after': '9' }, 150],
    [{ 'retry-after-ms': '-5', 'retry-after': '9' }, 9000],
    [{}, undefined],
  ];
  for (const [headers, wait] of waits) {
    it(`ask to wait ${wait} ms by ${JSON.stringify(headers)}`, async () => {
      answerWith(429, '', headers);
      assert.equal(
        (await rejection(listModels(aConnection(server.url)), 'rateLimited')).details.retryAfterMs,
        wait,
      );
    });
  }

  it('take a date to wait for', async () => {
    answerWith(503, '', { 'retry-after': new Date(Date.now() + 30_000).toUTCString() });
    const { retryAfterMs = 0 } = (await rejection(listModels(aConnection(server.url)), 'server')).details;
    assert.ok(retryAfterMs > 0 && retryAfterMs <= 30_000);
  });

  it('keep 8 KB of a body that never ends', async () => {
    answer = (response) => {
      response.writeHead(500);
      const pump = (): void => {
        while (!response.destroyed && response.write('e'.repeat(10_000))) {
          // Until the client takes no more.
        }
      };
      response.on('drain', pump);
      pump();
    };
    const { details } = await rejection(listModels(aConnection(server.url)), 'server');
    assert.equal(details.body?.length, 8192);
    assert.equal(details.providerMessage?.length, 500);
    await (
      await server.next()
    ).socketClosed;
  });

  it('survive a body that dies', async () => {
    answer = (response) => {
      response.writeHead(502, { 'content-length': '100' }).write('half', () => response.destroy());
    };
    assert.equal((await rejection(listModels(aConnection(server.url)), 'server')).details.body, 'half');
  });

  it('never hold the key, however the server echoes it', async () => {
    const forms = [
      testKey,
      JSON.stringify(testKey),
      testKey.replaceAll('/', String.raw`\/`),
      encodeURIComponent(testKey),
      encodeURIComponent(testKey).toLowerCase(),
      encodeURIComponent(encodeURIComponent(testKey)),
      // .NET escapes more than JSON asks for, and so may anyone.
      testKey.replace('+', String.raw`\u002B`),
      testKey.replaceAll(/./g, (letter) => String.raw`\u00${letter.charCodeAt(0).toString(16)}`),
      testKey.replaceAll(/[^a-z]/g, (letter) => `&#${letter.charCodeAt(0)};`),
      testKey.replaceAll(/\W/g, (letter) => `&#x${letter.charCodeAt(0).toString(16).toUpperCase()};`),
    ];
    for (const form of forms) {
      for (const body of [
        `{"code":"${form.replaceAll('"', '')}","message":"bad token"}`,
        `{"message":"raw ${form.replaceAll('"', '')}"}`,
        `<title>${form}</title>`,
        `${'x'.repeat(490)} ${form} ${'y'.repeat(7680)} ${form}`,
      ]) {
        answerWith(401, body, { 'x-request-id': form });
        const error = await rejection(listModels(aConnection(server.url)), 'unauthorized');
        const shown = JSON.stringify([error.message, error.stack, error.details]);
        assert.doesNotMatch(shown, /pk_test|key\+1|key%2B1/);
        assert.match(shown, /\*\*\*/);
      }
    }
  });

  describe('of redirects', () => {
    for (const status of [301, 302, 303, 307, 308]) {
      it(`tell where a ${status} points, and do not follow it`, async () => {
        const other = await startLoopback((response) => void response.end('{"models":[]}'));
        try {
          answerWith(status, 'moved', {
            location: `${other.url.replace('//', '//user:pass@')}/there?token=${testKey}#x`,
          });
          const connection = aConnection(server.url);
          const { details } = await rejection(
            listModels(connection, { fetchOptions: { redirect: 'follow' } }),
            'redirect',
          );
          assert.equal(details.location, `${other.url}/there`);
          assert.equal(details.status, status);
          await rejection(createChatCompletion(connection, aRequest()), 'redirect');
          assert.equal(other.received.length, 0);
        } finally {
          await other.stop();
        }
      });
    }

    it('take a relative, a missing and an odd location', async () => {
      for (const [location, target] of [
        ['/login?x=1', `${server.url}/login`],
        [undefined, undefined],
        ['data:text/html,x', 'data:'],
      ] as const) {
        answerWith(302, '', location === undefined ? {} : { location });
        assert.equal(
          (await rejection(listModels(aConnection(server.url)), 'redirect')).details.location,
          target,
        );
      }
    });
  });
});
