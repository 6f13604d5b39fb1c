import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { ApiError, type ApiErrorKind } from '../../../src/api/apiError.ts';
import { createChatCompletion, streamChatCompletion } from '../../../src/api/chatCompletions.ts';
import {
  type Auth,
  type Connection,
  connectionKinds,
  type RequestOptions,
} from '../../../src/api/connection.ts';
import { listModels } from '../../../src/api/models.ts';
import { safe } from '../../../src/api/safe.ts';
import { type Loopback, startLoopback } from '../../support/loopback.ts';
import { aConnection, aRequest, assertApiError, readAll, rejection, testKey } from './connections.ts';

const megabyte = 1024 * 1024;
const auths: readonly Auth[] = ['bearer', { header: 'x-api-key' }];

/** Text nested 200,000 times, or as often as an event can hold. */
function bomb(open: string, inside: string, close: string): string {
  const times = Math.min(200_000, Math.floor((3.5 * megabyte) / (open + close).length));
  return open.repeat(times) + inside + close.repeat(times);
}

function delta(inside: string): string {
  return `{"choices":[{"delta":{${inside}}}]}`;
}

/** All that an error tells, also to a log. */
function everythingOf(error: ApiError): string {
  return JSON.stringify([error.message, error.stack, error.details]);
}

const nested = bomb('[', '', ']');

describe('hostile servers', () => {
  let server: Loopback;
  let answer: (response: ServerResponse) => void;

  before(async () => {
    server = await startLoopback((response) => answer(response));
  });

  after(() => server.stop());

  /** Sends `head` and then 100 MB, as fast as the client takes them; resolves to the bytes sent when the socket closes. */
  function pour(status: number, head: string, filling: string): Promise<number> {
    const block = filling.repeat(64 * 1024);
    return new Promise((resolve) => {
      answer = (response) => {
        const { socket } = response;
        socket?.once('close', () => resolve(socket.bytesWritten));
        response.writeHead(status).write(head);
        let left = 100 * 16;
        const pump = (): void => {
          while (left > 0 && !response.destroyed && response.write(block)) {
            left -= 1;
          }
        };
        response.on('drain', pump);
        pump();
      };
    });
  }

  describe('that send 100 MB without a line break', () => {
    const floods: [name: string, status: number, head: string, kind: ApiErrorKind, limit: number][] = [
      ['an event', 200, 'data: {"x":"', 'tooLarge', 4],
      ['a comment', 200, ': ', 'tooLarge', 4],
      ['an unknown field', 200, 'x', 'tooLarge', 4],
      ['a whole reply', 200, '{"x":"', 'tooLarge', 16],
      ['a page', 200, '<html>', 'malformedReply', 1],
      ['an error', 500, '{"message":"', 'server', 1],
    ];
    for (const [name, status, head, kind, limit] of floods) {
      it(`as ${name} are stopped at ${limit} MB`, async () => {
        const sent = pour(status, head, 'm');
        const { error } = await readAll(streamChatCompletion(aConnection(server.url), aRequest()));
        assertApiError(error, kind);
        // What had left the server was in the buffers of the two sockets.
        const bytes = await sent;
        assert.ok(bytes < (limit + 48) * megabyte, `${bytes} bytes`);
      });
    }
  });

  describe('that send a JSON bomb', () => {
    /** Bombs, and the error they end with; without one, what cannot be read is left out. */
    const bombs: [name: string, json: string, kind?: ApiErrorKind][] = [
      ['bare', nested, 'malformedReply'],
      ['as an object', bomb('{"a":', '1', '}'), 'malformedReply'],
      ['as an envelope', bomb('{"data":', '1', '}'), 'malformedReply'],
      ['as an error', `{"error":${nested}}`, 'provider'],
      ['as the message of an error', `{"error":{"message":${nested},"code":${nested}}}`, 'provider'],
      ['as choices', `{"choices":${nested}}`],
      ['as content', delta(`"content":${nested}`)],
      ['as a part', delta(`"content":${bomb('[{"type":"text","text":', '1', '}]')}`)],
      [
        'as arguments',
        delta(`"tool_calls":[{"id":"c","function":{"name":"f","arguments":{"a":${nested}}}}]`),
      ],
      ['as what must go back', delta(`"tool_calls":[{"id":"c","extra_content":{"a":${nested}}}]`)],
      [
        'as log probabilities',
        `{"choices":[{"delta":{},"logprobs":{"content":[${bomb('{"token":"a","logprob":0,"top_logprobs":[', '', ']}')}]}}]}`,
      ],
      ['as usage', `{"choices":[],"usage":{"total_tokens":1,"prompt_tokens_details":${nested}}}`],
    ];
    for (const [name, json, kind] of bombs) {
      it(`${name} end with a clear error or a gap`, async () => {
        const connection = aConnection(server.url);
        for (const body of [`data: ${json}\n\n`, `event: error\ndata: ${json}\n\n`, json]) {
          answer = (response) => void response.end(body);
          const { chunks, error } = await readAll(streamChatCompletion(connection, aRequest()));
          if (body.startsWith('event: error')) {
            assertApiError(error, 'provider');
          } else if (kind === undefined) {
            assert.equal(error, undefined);
            // Whoever stores it must be able to write it.
            assert.equal(JSON.stringify(chunks).includes('[[['), false);
          } else {
            assertApiError(error, kind);
          }
        }
        answer = (response) => void response.writeHead(400).end(json);
        await rejection(createChatCompletion(connection, aRequest()), 'badRequest');
      });

      it(`${name} do no harm to lists`, async () => {
        for (const body of [json, `{"data":${json}}`]) {
          answer = (response) => void response.end(body);
          const result = await safe(listModels(aConnection(server.url)));
          assert.ok(result.ok || result.error instanceof ApiError, String(!result.ok && result.error));
        }
      });
    }
  });

  it('that send 200,000 chunks in one read end with the last of them', async () => {
    // A whole reply is decoded at once, however long it is.
    answer = (response) => void response.end(`[${'{"choices":[]},'.repeat(199_999)}{"choices":[]}]`);
    const { chunks, error } = await readAll(streamChatCompletion(aConnection(server.url), aRequest()));
    assert.deepEqual([chunks.length, error], [200_000, undefined]);
  });

  for (const kind of connectionKinds) {
    for (const auth of auths) {
      const how = typeof auth === 'string' ? auth : 'a header';
      it(`that redirect get nothing of ${kind} by ${how}`, async () => {
        const other = await startLoopback((response) => void response.end('{}'));
        const connection = aConnection(server.url, { kind, auth, headers: { 'x-mine': 'mine' } });
        try {
          for (const status of [301, 302, 303, 307, 308]) {
            answer = (response) =>
              void response.writeHead(status, { location: `${other.url}/steal?key=${testKey}` }).end();
            for (const ask of [
              () => createChatCompletion(connection, aRequest()),
              () => streamChatCompletion(connection, aRequest()).next(),
              () => listModels(connection, { fetchOptions: { redirect: 'follow' } }),
            ]) {
              const error = await rejection(ask(), 'redirect');
              assert.equal(error.details.location, `${other.url}/steal`);
              assert.doesNotMatch(everythingOf(error), /pk_test/);
            }
          }
          assert.equal(other.received.length, 0);
        } finally {
          await other.stop();
        }
      });

      it(`that echo the key of ${kind} by ${how} are not quoted`, async () => {
        const connection = aConnection(server.url, { kind, auth });
        const echoes = [testKey, encodeURIComponent(testKey), testKey.replaceAll('/', String.raw`\/`)];
        for (const echo of echoes) {
          const json = `{"error":{"message":"bad key ${echo}","code":"${echo}","param":"${echo}"}}`;
          for (const [status, body] of [
            [401, json],
            [401, `<title>${echo}</title>`],
            [200, `data: ${json}\n\n`],
            [200, `data: {"${echo}\n\n`],
            [200, `{"odd":"${echo}"}`],
          ] as const) {
            answer = (response) =>
              void response.writeHead(status, { 'x-request-id': echo.replaceAll('\\', '') }).end(body);
            const { error } = await readAll(streamChatCompletion(connection, aRequest()));
            assert.ok(error instanceof ApiError);
            assert.doesNotMatch(everythingOf(error), /pk_test|key\+1|key%2B1/);
            assert.match(everythingOf(error), /\*\*\*/);
          }
        }
      });
    }
  }
});

describe('header values with line breaks', () => {
  const evil = 'a\r\nx-evil: 1';
  const places: [name: string, connection: Partial<Connection>, options?: RequestOptions][] = [
    ['the connection', { headers: { 'x-a': evil } }],
    ['the call', {}, { headers: { 'x-a': evil } }],
    ['the options of fetch', {}, { fetchOptions: { headers: { 'x-a': evil } } }],
    ['the key', { credential: evil }],
    ['the key of the call', {}, { credential: evil }],
    ['the key in a header', { credential: 'a\nb', auth: { header: 'x-a' } }],
    ["the key's header", { auth: { header: evil } }],
  ];
  for (const kind of connectionKinds) {
    it(`are refused before anything is sent to ${kind}`, async () => {
      const server = await startLoopback((response) => void response.end('{}'));
      try {
        for (const [name, changes, options] of places) {
          const connection = aConnection(server.url, { kind, ...changes });
          const { details, message } = await rejection(listModels(connection, options), 'invalidRequest');
          assert.match(details.problem ?? '', /^(?:headerName|headerValue|keyHasLineBreak)$/, name);
          assert.doesNotMatch(message, /evil/);
          await rejection(streamChatCompletion(connection, aRequest(), options).next(), 'invalidRequest');
        }
        assert.equal(server.received.length, 0);
      } finally {
        await server.stop();
      }
    });
  }
});
