import assert from 'node:assert/strict';
import { AtomaSDK } from 'atoma-sdk';
import { HTTPClient } from 'atoma-sdk/lib/http.js';
import type * as components from 'atoma-sdk/models/components/index.js';
import { APIError } from 'atoma-sdk/models/errors/apierror.js';
import { createServer, developmentKey, type RunningServer } from '../../server/server.ts';

const model = 'demo-labs/Demo-3.3-70B-Instruct';

function request(content: string): Pick<components.CreateChatCompletionRequest, 'model' | 'messages'> {
  return { model, messages: [{ role: 'user', content }] };
}

/** Hands the client one event a read: of a read with several it may lose some, as `readBoundaries.test.ts` shows. */
async function fetchEventByEvent(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, init);
  const events = (await response.text()).split(/(?<=\n\n)/);
  const body = new ReadableStream<string>({
    start(controller) {
      for (const event of events) {
        controller.enqueue(event);
      }
      controller.close();
    },
  });
  return new Response(body.pipeThrough(new TextEncoderStream()), response);
}

describe('atoma-sdk and our server', () => {
  let server: RunningServer;
  let sdk: AtomaSDK;

  function connect(bearerAuth: string): AtomaSDK {
    const httpClient = new HTTPClient({ fetcher: fetchEventByEvent });
    return new AtomaSDK({ serverURL: server.baseUrls.atoma, bearerAuth, httpClient });
  }

  before(async () => {
    server = await createServer();
    sdk = connect(developmentKey);
  });

  after(() => server.close());

  afterEach(() => server.clearFaults());

  it('list the models', async () => {
    const { data } = await sdk.models.modelsList();
    assert.equal(data.find(({ id }) => id === model)?.object, 'model');
  });

  it('agree on a whole reply', async () => {
    const reply = await sdk.chat.create({ ...request('!echo Grüße 🌍'), maxTokens: 50 });
    assert.equal(reply.choices[0]?.message.content, 'Grüße 🌍');
    assert.equal(reply.choices[0].finishReason, 'stop');
    assert.ok(reply.usage && reply.usage.totalTokens > reply.usage.promptTokens);
  });

  it('agree on two alternatives and a stop word', async () => {
    const { choices } = await sdk.chat.create({ ...request('!echo One'), n: 2, stop: ['###'] });
    assert.deepEqual(
      choices.map(({ message }) => message.content),
      ['One', 'Alternative 2: One'],
    );
  });

  it('agree on a stream, which ends without [DONE]', async () => {
    const stream = await sdk.chat.createStream(request('!echo Grüße 🌍 an alle'));
    let text = '';
    const finishes: unknown[] = [];
    for await (const { data } of stream) {
      text += data.choices[0]?.delta.content ?? '';
      finishes.push(data.choices[0]?.finishReason);
    }
    assert.equal(text, 'Grüße 🌍 an alle');
    assert.equal(
      finishes.findLast((reason) => typeof reason === 'string'),
      'stop',
    );
    const received = server.requests.at(-1);
    assert.equal(received?.path, '/atoma/v1/chat/completions');
    assert.equal(received.headers.accept, 'text/event-stream');
  });

  const refusals: [what: string, ask: () => Promise<unknown>, status: number, code: string][] = [
    ['a wrong key', () => connect('somebody-else').chat.create(request('Hi')), 401, 'AUTH_ERROR'],
    ['an unknown model', () => sdk.chat.create({ ...request('Hi'), model: 'none' }), 404, 'NOT_FOUND'],
    ['a value out of range', () => sdk.chat.create({ ...request('Hi'), topP: 9 }), 400, 'REQUEST_ERROR'],
    ['no credit', () => sdk.chat.create(request('!fault 402')), 402, 'BALANCE_ERROR'],
    ['a locked stack', () => sdk.chat.createStream(request('!fault 423')), 423, 'LOCKED'],
    ['too many requests', () => sdk.chat.createStream(request('!fault 429')), 429, 'TOO_MANY_REQUESTS'],
  ];
  for (const [what, ask, status, code] of refusals) {
    it(`agree on ${what}`, async () => {
      await assert.rejects(ask(), (error) => {
        assert.ok(error instanceof APIError, String(error));
        assert.equal(error.statusCode, status);
        assert.ok(error.body.includes(`"code":"${code}"`), error.body);
        return true;
      });
    });
  }

  it('get over a failure that passes', async () => {
    server.fault({ name: '503' });
    const retries = {
      strategy: 'backoff' as const,
      backoff: { initialInterval: 1, maxInterval: 2, exponent: 1, maxElapsedTime: 60_000 },
      retryConnectionErrors: true,
    };
    const reply = await sdk.chat.create(request('!echo again'), { retries });
    assert.equal(reply.choices[0]?.message.content, 'again');
  });
});
