import assert from 'node:assert/strict';
import type { RunningServer } from '../../server/server.ts';
import { createServer } from '../../server/server.ts';
import { ask } from './dialectCalls.ts';

const user = { role: 'user', content: 'hi' };
const tools = [{ type: 'function', function: { name: 'f', parameters: { type: 'object' }, strict: true } }];
const call = { id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } };

describe('test server: requests of Atoma and compatible servers', () => {
  let server: RunningServer;
  before(async () => {
    server = await createServer();
  });
  after(() => server.close());

  it('Atoma: accepts every field of the contract', async () => {
    const reply = await ask(server, 'atoma', '', {
      messages: [
        { role: 'system', content: 's', name: 'n' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'x' },
            { type: 'image_url', image_url: { url: 'https://example.com/a.png', detail: 'low' } },
          ],
        },
        { role: 'assistant', content: '', tool_calls: [call] },
        { role: 'tool', content: 'x', tool_call_id: 'c' },
        user,
      ],
      frequency_penalty: 2,
      function_call: 'none',
      functions: [{ name: 'f' }],
      logit_bias: { '5': 1 },
      max_completion_tokens: 5,
      max_tokens: 5,
      n: 1,
      parallel_tool_calls: true,
      presence_penalty: -2,
      response_format: { type: 'json_object' },
      seed: 5,
      service_tier: 'auto',
      stop: ['x'],
      stream: true,
      stream_options: { include_usage: true },
      temperature: 0,
      tool_choice: { type: 'function', function: { name: 'f' } },
      tools,
      top_logprobs: 5,
      top_p: 0,
      user: 'u',
    });
    assert.equal(reply.status, 200);
  });

  const content = 'Missing or invalid message content';
  const refusedByAtoma: [fields: object, message: string][] = [
    [{ messages: [user, { role: 'assistant', content: null, tool_calls: [call] }] }, content],
    [{ messages: [{ role: 'user' }] }, content],
    [{ messages: [{ role: 'user', content: [] }] }, content],
    [{ messages: [{ role: 'user', content: 5 }] }, content],
    [{ messages: [] }, 'messages must have at least 1 item(s)'],
    [
      { messages: [{ role: 'developer', content: 'x' }] },
      'messages[0].role must be "system" or "user" or "assistant" or "tool"',
    ],
    [
      { messages: [{ role: 'user', content: [{ type: 'file', file: {} }] }] },
      'messages[0].content[0].type must be "text" or "image_url"',
    ],
    [{ stop: 'x' }, 'stop must be an array'],
    [{ reasoning_effort: 'low' }, 'unknown field reasoning_effort'],
    [{ logprobs: true }, 'unknown field logprobs'],
    [
      { stream: true, stream_options: { include_obfuscation: true } },
      'unknown field stream_options.include_obfuscation',
    ],
    [{ tools, tool_choice: 'any' }, 'tool_choice must be "none" or "auto" or "required"'],
  ];
  for (const [fields, message] of refusedByAtoma) {
    it(`Atoma: refuses ${JSON.stringify(fields).slice(0, 90)}`, async () => {
      const { status, body } = await ask(server, 'atoma', 'hi', fields);
      assert.equal(status, 400);
      assert.deepEqual(body, { error: { code: 'REQUEST_ERROR', message } });
    });
  }

  it('compatible: ignores fields it does not know, wherever they are', async () => {
    const { status } = await ask(server, 'openai-compatible', '', {
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'x', cache_control: {} }, { type: 'video' }] },
        {
          role: 'assistant',
          content: null,
          reasoning_content: 'hm',
          tool_calls: [{ ...call, index: 0, extra_content: {} }],
        },
        { role: 'tool', content: 'x', tool_call_id: 'c' },
      ],
      options: { num_ctx: 5 },
      repetition_penalty: 5,
      stop: 'x',
      stream_options: { include_usage: true, chunk: 1 },
      tools: [{ type: 'retrieval' }, ...tools],
    });
    assert.equal(status, 200);
  });

  const refusedByCompatible: [fields: object, message: string][] = [
    [{ messages: [] }, 'messages must have at least 1 item(s)'],
    [{ messages: [{ content: 'x' }] }, 'missing field messages[0].role'],
    [{ model: 5 }, 'model must be a string'],
    [{ stream: 'true' }, 'stream must be a boolean'],
    [{ temperature: '1' }, 'temperature must be a number'],
    [
      { messages: [{ role: 'assistant', tool_calls: [{ function: { name: 'f', arguments: {} } }] }] },
      'messages[0].tool_calls[0].function.arguments must be a string',
    ],
  ];
  for (const [fields, message] of refusedByCompatible) {
    it(`compatible: refuses ${JSON.stringify(fields)}`, async () => {
      const { status, body } = await ask(server, 'openai-compatible', 'hi', fields);
      assert.equal(status, 400);
      const error = { message, type: 'invalid_request_error', param: null, code: null };
      assert.deepEqual(body, { error });
    });
  }

  it('OpenAI: tells the parameter and a code', async () => {
    const { status, body } = await ask(server, 'openai', 'hi', { top_k: 5 });
    assert.equal(status, 400);
    const message = 'unknown field top_k';
    assert.deepEqual(body, {
      error: { message, type: 'invalid_request_error', param: 'top_k', code: 'unknown_parameter' },
    });
    assert.partialDeepStrictEqual((await ask(server, 'openai', 'hi', { model: 'tts-1-demo' })).body, {
      error: { param: 'model', code: null },
    });
  });
});
