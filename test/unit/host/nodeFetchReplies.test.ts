import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import { networkError } from '../../../src/api/networkError.ts';
import { createNodeFetch } from '../../../src/host/node/nodeFetch.ts';
import { listen } from '../../support/loopback.ts';
import { rejectionOf } from '../../support/rejection.ts';

const nodeFetch = createNodeFetch();

describe("fetch over Node's HTTP client reads", () => {
  let server: Server;
  let url: string;
  let reply: string;

  before(async () => {
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      // A small request comes in one piece.
      socket.once('data', () => socket.end(Buffer.from(reply, 'latin1')));
    });
    url = `http://127.0.0.1:${await listen(server)}`;
  });

  after(() => server.close());

  const replies: [name: string, reply: string, status: number, statusText: string, body: string][] = [
    ['a status without words', '200\r\ncontent-length: 3\r\n\r\none', 200, '', 'one'],
    ['a status of its own', '299 Ha\xe9\r\ncontent-length: 0\r\n\r\n', 299, 'Ha\xe9', ''],
    ['a status that nobody knows', '999 Odd\r\ncontent-length: 3\r\n\r\none', 999, 'Odd', 'one'],
    ['a body that ends with the connection', '200 OK\r\n\r\none', 200, 'OK', 'one'],
    ['204', '204 No Content\r\n\r\n', 204, 'No Content', ''],
    ['304 with the length of what it is not', '304 Same\r\ncontent-length: 9\r\n\r\n', 304, 'Same', ''],
    ['no body', '500 Oh\r\ncontent-length: 0\r\n\r\n', 500, 'Oh', ''],
  ];
  for (const [name, raw, status, statusText, body] of replies) {
    for (const version of ['1.0', '1.1']) {
      it(`${name}, HTTP/${version}`, async () => {
        reply = `HTTP/${version} ${raw}`;
        const response = await nodeFetch(url);
        assert.deepEqual([response.status, response.statusText], [status, statusText]);
        assert.equal(response.ok, status < 300);
        assert.equal(await response.text(), body);
      });
    }
  }

  for (const early of ['103 Early Hints\r\nlink: x', '100 Continue', '102 Processing']) {
    it(`a reply after ${early.slice(0, 3)}`, async () => {
      reply = `HTTP/1.1 ${early}\r\n\r\nHTTP/1.1 201 OK\r\ncontent-length: 3\r\n\r\none`;
      const response = await nodeFetch(url);
      assert.deepEqual([response.status, response.headers.get('link')], [201, null]);
      assert.equal(await response.text(), 'one');
    });
  }

  it('headers that come twice, and those of latin1', async () => {
    reply = 'HTTP/1.1 200 OK\r\nx-a: 1\r\nX-A: 2\r\nset-cookie: a\r\nset-cookie: b\r\nx-b: \xe9\r\n\r\n';
    const { headers } = await nodeFetch(url);
    assert.deepEqual(
      [headers.get('x-a'), headers.getSetCookie(), headers.get('x-b')],
      ['1, 2', ['a', 'b'], '\xe9'],
    );
  });

  const failures: [name: string, reply: string, code: string | undefined][] = [
    ['nothing', '', 'ECONNRESET'],
    ['another protocol', 'SSH-2.0-OpenSSH\r\n', 'HPE_INVALID_CONSTANT'],
    ['headers without end', `HTTP/1.1 200 OK\r\nx: ${'a'.repeat(200_000)}\r\n\r\n`, 'HPE_HEADER_OVERFLOW'],
    ['a header with a NUL', 'HTTP/1.1 200 OK\r\nx: a\0b\r\n\r\n', 'HPE_INVALID_HEADER_TOKEN'],
    ['a switch of protocol', 'HTTP/1.1 101 Go\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n', 'ECONNRESET'],
  ];
  for (const [name, raw, code] of failures) {
    it(`no reply out of ${name}`, async () => {
      reply = raw;
      const { details } = networkError(await rejectionOf(nodeFetch(url)));
      assert.deepEqual([details.code, details.mayHaveBeenAccepted], [code, true]);
    });
  }

  for (const [name, raw, code] of [
    ['too short', 'content-length: 9\r\n\r\none', 'ECONNRESET'],
    ['without its last chunk', 'transfer-encoding: chunked\r\n\r\n3\r\none\r\n', 'ECONNRESET'],
    ['with a broken chunk', 'transfer-encoding: chunked\r\n\r\nxyz', 'ECONNRESET'],
  ] as const) {
    it(`a body ${name} as cut off`, async () => {
      reply = `HTTP/1.1 200 OK\r\n${raw}`;
      const thrown = await rejectionOf(nodeFetch(url).then((response) => response.text()));
      assert.equal(networkError(thrown).details.code, code);
    });
  }
});
