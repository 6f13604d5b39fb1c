import assert from 'node:assert/strict';
import { LLMock } from '@copilotkit/aimock';
import type { ApiErrorKind } from '../../../src/api/apiError.ts';
import { createChatCompletion, streamChatCompletion } from '../../../src/api/chatCompletions.ts';
import { collectCompletion } from '../../../src/api/completion.ts';
import type { Connection } from '../../../src/api/connection.ts';
import { listModels } from '../../../src/api/models.ts';
import type { ChatCompletion } from '../../../src/api/wire.ts';
import type { ChatCompletionMessage, ChatCompletionRequest } from '../../../src/api/wireRequest.ts';
import { aConnection, assertApiError, readAll, rejection, testKey } from '../api/connections.ts';

const usage = { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 };
const calls = ['Köln', '東京'].map((city, index) => ({
  id: `call_${index}`,
  name: 'get_weather',
  arguments: JSON.stringify({ city }),
}));

const tool = {
  type: 'function' as const,
  function: {
    name: 'get_weather',
    description: 'Tells the weather.',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};

function ask(content: string, changes: Partial<ChatCompletionRequest> = {}): ChatCompletionRequest {
  return { model: 'gpt-4.1', messages: [{ role: 'user', content }], ...changes };
}

function toolCallsOf(found: ChatCompletion['choices'][number]['message']['tool_calls'] = []): unknown {
  return found.map(({ id, function: called }) => ({ id, ...called }));
}

describe('our client and the mock server aimock', () => {
  let mock: LLMock;
  let connection: Connection;

  before(async () => {
    // Pieces of two characters, so that each reply is many events.
    mock = new LLMock({ port: 0, chunkSize: 2, auth: { apiKeys: [testKey] } });
    mock.onMessage('greet', { content: 'Grüße 🌍 an\n世界', reasoning: 'Whom?', usage });
    mock.onToolResult('call_1', { content: 'Rain in both.' });
    mock.onMessage('weather', { toolCalls: calls, usage });
    mock.onMessage('both', { content: 'Let me look.', toolCalls: calls.slice(1), usage });
    mock.onMessage('long', { content: 'cut off', finishReason: 'length' });
    mock.onMessage('break', { content: 'never whole' }, { truncateAfterChunks: 3, latency: 5 });
    mock.onMessage('route', { content: 'routed' }, { openRouterProcessing: true });
    for (const [status, code] of [
      [400, 'bad_value'],
      [402, 'insufficient_quota'],
      [429, 'rate_limit_exceeded'],
      [500, 'internal'],
    ] as const) {
      const error = { message: `It says ${code}.`, type: 'some_error', code };
      mock.onMessage(`fail ${status}`, { error, status, retryAfter: 3 });
    }
    await mock.start();
    connection = aConnection(`${mock.url}/v1`, { kind: 'openai', retry: { strategy: 'none' } });
  });

  after(() => mock.stop());

  it('list the models', async () => {
    const models = await listModels(connection);
    assert.ok(models.some(({ id }) => id.startsWith('gpt-4')));
  });

  const forms: Record<string, (request: ChatCompletionRequest) => Promise<ChatCompletion>> = {
    whole: (request) => createChatCompletion(connection, request),
    streamed: async (request) => {
      const { chunks, error } = await readAll(streamChatCompletion(connection, request));
      assert.equal(error, undefined);
      assert.ok(chunks.length > 4, `${chunks.length} chunks`);
      return collectCompletion(chunks);
    },
  };

  for (const [form, complete] of Object.entries(forms)) {
    it(`agree on a ${form} reply with reasoning and usage`, async () => {
      const reply = await complete(ask('greet'));
      assert.equal(reply.choices[0]?.message.content, 'Grüße 🌍 an\n世界');
      assert.equal(reply.choices[0].message.reasoning_content, 'Whom?');
      assert.equal(reply.choices[0].finish_reason, 'stop');
      assert.deepEqual(reply.usage, usage);
    });

    it(`agree on why a ${form} reply ended`, async () => {
      const [choice] = (await complete(ask('long'))).choices;
      assert.deepEqual([choice?.message.content, choice?.finish_reason], ['cut off', 'length']);
    });

    it(`agree on tool calls of a ${form} reply and on their results`, async () => {
      const [choice] = (await complete(ask('weather', { tools: [tool] }))).choices;
      assert.equal(choice?.finish_reason, 'tool_calls');
      assert.deepEqual(toolCallsOf(choice.message.tool_calls), calls);
      const messages: ChatCompletionMessage[] = [
        { role: 'user', content: 'weather' },
        {
          role: 'assistant',
          content: null,
          tool_calls: calls.map(({ id, ...called }) => ({ id, type: 'function', function: called })),
        },
        ...calls.map(({ id }) => ({ role: 'tool' as const, tool_call_id: id, content: 'rain' })),
      ];
      const answer = await complete(ask('', { messages, tools: [tool] }));
      assert.equal(answer.choices[0]?.message.content, 'Rain in both.');
      assert.deepEqual(mock.getLastRequest()?.body?.messages, messages);
    });

    it(`agree on a ${form} reply with text before a call`, async () => {
      const [choice] = (await complete(ask('both', { tools: [tool] }))).choices;
      assert.equal(choice?.message.content, 'Let me look.');
      assert.deepEqual(toolCallsOf(choice.message.tool_calls), calls.slice(1));
    });
  }

  const failures: [prompt: string, kind: ApiErrorKind, status: number, code: string][] = [
    ['fail 400', 'badRequest', 400, 'bad_value'],
    ['fail 402', 'paymentRequired', 402, 'insufficient_quota'],
    ['fail 429', 'rateLimited', 429, 'rate_limit_exceeded'],
    ['fail 500', 'server', 500, 'internal'],
    ['nothing the mock knows', 'notFound', 404, 'no_fixture_match'],
  ];
  for (const [prompt, kind, status, code] of failures) {
    it(`agree on an error of status ${status}`, async () => {
      const { details } = await rejection(createChatCompletion(connection, ask(prompt)), kind);
      assert.deepEqual([details.status, details.code], [status, code]);
      assert.ok(details.requestId?.startsWith('req-'));
      assert.equal(details.retryAfterMs, status === 429 ? 3000 : undefined);
    });
  }

  it('agree on a key that is not right', async () => {
    const stranger = { ...connection, credential: 'sk-of-somebody-else' };
    const { details } = await rejection(createChatCompletion(stranger, ask('greet')), 'unauthorized');
    assert.ok(!JSON.stringify(details).includes('sk-of-somebody-else'));
  });

  it('get over a failure that passes', async () => {
    mock.nextRequestError(503, { message: 'Busy.', code: 'busy' });
    const waits: number[] = [];
    const patient: Connection = {
      ...connection,
      retry: { strategy: 'backoff', backoff: { initialInterval: 1 } },
    };
    const { text, error } = await readAll(
      streamChatCompletion(patient, ask('greet'), { onRetry: ({ attempt }) => waits.push(attempt) }),
    );
    assert.deepEqual([text, error, waits], ['Grüße 🌍 an\n世界', undefined, [1]]);
  });

  it('keep what came before the connection broke', async () => {
    const { text, error } = await readAll(streamChatCompletion(connection, ask('break')));
    assertApiError(error, 'cut');
    assert.ok(text !== '' && 'never whole'.startsWith(text), text);
  });

  it('agree behind OpenRouter’s path, with its comments in the stream', async () => {
    const router: Connection = { ...connection, kind: 'openai-compatible', url: `${mock.url}/api/v1` };
    const { text, error } = await readAll(streamChatCompletion(router, ask('route')));
    assert.deepEqual([text, error], ['routed', undefined]);
  });
});
