import assert from 'node:assert/strict';
import { createChatCompletion, streamChatCompletion } from '../../../src/api/chatCompletions.ts';
import type {
  ChatCompletionResponse,
  ChatCompletionStreamResponse,
  CreateChatCompletionRequest,
  CreateChatCompletionResponse,
  CreateChatCompletionStreamRequest,
} from '../../../src/api/seedTypes.ts';
import { developmentKey } from '../../server/server.ts';
import { type Case, connect, echo, last, models } from './caseSupport.ts';

/** What the SDKs of Atoma, OpenAI and Argot offer. */
export const openaiCases = {
  async atomaCreate(server) {
    const whole: ChatCompletionResponse = await createChatCompletion(
      connect(server, 'atoma'),
      echo('atoma', 'whole'),
    );
    assert.equal(whole.choices[0]?.message.content, 'whole');
    assert.ok((whole.usage?.total_tokens ?? 0) > 0);
    assert.equal(last(server).headers.authorization, `Bearer ${developmentKey}`);
  },
  async atomaCreateStream(server) {
    const request: CreateChatCompletionStreamRequest = echo('atoma', 'streamed');
    const chunks: AsyncGenerator<ChatCompletionStreamResponse> = streamChatCompletion(
      connect(server, 'atoma'),
      request,
    );
    let text = '';
    let tokens = 0;
    for await (const { choices, usage } of chunks) {
      text += choices[0]?.delta.content ?? '';
      tokens = usage?.total_tokens ?? tokens;
    }
    assert.equal(text, 'streamed');
    assert.ok(tokens > 0, 'the usage of the last chunk');
  },
  async atomaRequest(server) {
    const request: CreateChatCompletionRequest = {
      ...echo('atoma', 'x'),
      frequency_penalty: 0.1,
      logit_bias: { 1: 1 },
      max_tokens: 100,
      n: 1,
      presence_penalty: 0.1,
      response_format: { type: 'text' },
      seed: 1,
      stop: ['END'],
      temperature: 0.5,
      tools: [{ type: 'function', function: { name: 'look' } }],
      tool_choice: 'auto',
      top_p: 0.9,
      user: 'me',
    };
    await createChatCompletion(connect(server, 'atoma'), request);
    assert.deepEqual(last(server).body, { ...request, stream: false });
  },
  async openaiCreate(server) {
    const whole: CreateChatCompletionResponse = await createChatCompletion(
      connect(server, 'openai'),
      echo('openai', 'whole'),
    );
    assert.equal(whole.choices[0]?.message.content, 'whole');
    const { headers, path } = last(server);
    assert.equal(path, '/openai/v1/chat/completions');
    assert.equal(headers.authorization, `Bearer ${developmentKey}`);
    assert.equal(headers['content-type'], 'application/json');
    assert.match(headers.accept ?? '', /application\/json/);
  },
  async openaiRequest(server) {
    const request: CreateChatCompletionRequest = {
      ...echo('openai', 'x'),
      frequency_penalty: 0.1,
      logit_bias: { 1: 1 },
      logprobs: true,
      max_completion_tokens: 100,
      metadata: { purpose: 'test' },
      n: 1,
      parallel_tool_calls: true,
      presence_penalty: 0.1,
      response_format: { type: 'json_schema', json_schema: { name: 'any', schema: {} } },
      seed: 1,
      service_tier: 'auto',
      stop: 'END',
      store: false,
      temperature: 0.5,
      tools: [{ type: 'function', function: { name: 'look' } }],
      tool_choice: { type: 'function', function: { name: 'look' } },
      top_logprobs: 2,
      top_p: 0.9,
      user: 'me',
    };
    await createChatCompletion(connect(server, 'openai'), request);
    assert.deepEqual(last(server).body, { ...request, stream: false });
  },
  async argotRequest(server) {
    const request: CreateChatCompletionRequest = {
      model: models.openai,
      n: 1,
      temperature: 1,
      top_p: 1,
      user: 'user-1234',
      messages: [
        { role: 'user', content: '<value>' },
        {
          role: 'user',
          content: [
            { type: 'text', text: '<value>' },
            { type: 'image_url', image_url: { url: 'https://fixed-circumference.com' } },
          ],
        },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: '<id>', type: 'function', function: { name: 'look', arguments: '{}' } }],
        },
        { role: 'tool', content: '<value>', tool_call_id: '<id>' },
      ],
    };
    await createChatCompletion(connect(server, 'openai'), request);
    assert.deepEqual(last(server).body, { ...request, stream: false });
  },
} as const satisfies Readonly<Record<string, Case>>;
