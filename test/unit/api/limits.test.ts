import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { streamChatCompletion } from '../../../src/api/chatCompletions.ts';
import type { RequestOptions } from '../../../src/api/connection.ts';
import { type Loopback, startLoopback } from '../../support/loopback.ts';
import { aConnection, aRequest, assertApiError, readAll, rejection, textEvent } from './connections.ts';

describe('limits of a reply', () => {
  let server: Loopback;
  let answer: (response: ServerResponse) => void;

  before(async () => {
    server = await startLoopback((response) => answer(response));
  });

  after(() => server.stop());

  function stream(options: RequestOptions = {}): ReturnType<typeof streamChatCompletion> {
    return streamChatCompletion(aConnection(server.url), aRequest(), options);
  }

  /** Writes `text` and leaves the response open. */
  function answerOpen(text: string): void {
    answer = (response) => void response.writeHead(200).write(text);
  }

  describe('of time', () => {
    it('to the headers close the socket', async () => {
      answer = () => undefined;
      // Long enough for the request to be there before, on a busy machine too.
      const pending = stream({ timeouts: { headers: 500 } }).next();
      const { details } = await rejection(pending, 'timeout');
      assert.deepEqual(
        [details.limit, details.limitValue, details.mayHaveBeenAccepted],
        ['headers', 500, true],
      );
      await (
        await server.next()
      ).socketClosed;
    });

    it('of silence close the socket and keep what came before', async () => {
      answerOpen(textEvent('one'));
      const connection = aConnection(server.url, { timeouts: { silence: 20 } });
      const { text, error } = await readAll(streamChatCompletion(connection, aRequest()));
      const { details } = assertApiError(error, 'timeout');
      assert.deepEqual([text, details.limit, details.limitValue], ['one', 'silence', 20]);
      await (
        await server.next()
      ).socketClosed;
    });

    it('of silence in the body of an error still tell the error', async () => {
      answer = (response) => void response.writeHead(500).write('half');
      const { details } = await rejection(stream({ timeouts: { silence: 20 } }).next(), 'server');
      assert.equal(details.body, 'half');
      await (
        await server.next()
      ).socketClosed;
    });

    it('of silence are not put off for ever by comments', async () => {
      answer = (response) => {
        response.writeHead(200);
        const comments = setInterval(() => response.write(': keep-alive\n\n'), 5);
        response.on('close', () => clearInterval(comments));
      };
      const { error } = await readAll(stream({ timeouts: { silence: 700 } }));
      const { details } = assertApiError(error, 'timeout');
      assert.deepEqual([details.limit, details.limitValue], ['silence', 3500]);
      await (
        await server.next()
      ).socketClosed;
    });

    it('of silence are put off by every byte of a real event', async () => {
      const bytes = `${textEvent('slow')}data: [DONE]\n\n`.split('');
      answer = (response) => {
        response.writeHead(200);
        const drip = setInterval(() => {
          const byte = bytes.shift();
          if (byte === undefined) {
            clearInterval(drip);
            response.end();
          } else {
            response.write(byte);
          }
        }, 40);
      };
      // In all it takes longer than five silences.
      const { text, error } = await readAll(stream({ timeouts: { silence: 700 } }));
      assert.deepEqual([text, error], ['slow', undefined]);
      await server.next();
    });

    it('of silence do not run while nobody pulls', async () => {
      answerOpen(textEvent('one') + textEvent('two'));
      const chunks = stream({ timeouts: { silence: 200 } });
      await chunks.next();
      await new Promise((resolve) => setTimeout(resolve, 300));
      assert.equal((await chunks.next()).value?.choices[0]?.delta.content, 'two');
      await chunks.return();
      await (
        await server.next()
      ).socketClosed;
    });

    it('of 0, or of more than a timer can hold, never come', async () => {
      answer = (response) => void setImmediate(() => response.end(textEvent('one')));
      for (const limit of [0, 1e15, Number.POSITIVE_INFINITY]) {
        const { text, error } = await readAll(stream({ timeouts: { headers: limit, silence: limit } }));
        assert.deepEqual([text, error], ['one', undefined]);
        await server.next();
      }
    });
  });

  it('of size close the socket and keep the text', async () => {
    const megabyte = 'm'.repeat(1024 * 1024);
    answer = (response) => {
      response.writeHead(200);
      response.write(textEvent('kept'));
      response.write(`data: {"x":"${megabyte.repeat(5)}`);
    };
    const event = await readAll(stream());
    assert.equal(event.text, 'kept');
    assert.equal(assertApiError(event.error, 'tooLarge').details.limit, 'event');
    await (
      await server.next()
    ).socketClosed;

    answer = (response) => {
      response.writeHead(200);
      for (let sent = 0; sent < 20; sent += 1) {
        response.write(textEvent(megabyte));
      }
    };
    const whole = await readAll(stream());
    assert.equal(whole.text.length, 15 * 1024 * 1024);
    assert.equal(assertApiError(whole.error, 'tooLarge').details.limit, 'answer');
    await (
      await server.next()
    ).socketClosed;
  });
});
