import assert from 'node:assert/strict';
import type { RunningServer } from '../../server/server.ts';
import { HttpError } from '../../server/httpError.ts';
import { checkOpenaiRequest } from '../../server/openaiRequest.ts';
import { createServer } from '../../server/server.ts';
import { ask } from './dialectCalls.ts';

const user = { role: 'user', content: 'hi' };
const call = { id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } };
const custom = { id: 'd', type: 'custom', custom: { name: 'g', input: 'x' } };
const tools = [{ type: 'function', function: { name: 'f' } }];
const result = { role: 'tool', tool_call_id: 'c', content: 'x' };

/** What is wrong with a good request that has these fields beside or instead of its own. */
function refusal(fields: object): readonly unknown[] | undefined {
  try {
    checkOpenaiRequest({ model: 'm', messages: [user], ...fields });
    return undefined;
  } catch (error) {
    assert.ok(error instanceof HttpError);
    assert.equal(error.status, 400);
    return [error.body['message'], error.detail.param, error.detail.code];
  }
}

const said = (...content: readonly object[]): object => ({ messages: [{ role: 'user', content }] });

describe('test server: requests of OpenAI', () => {
  it('accepts every field of the contract', () => {
    const parameters = { type: 'object', properties: {}, additionalProperties: false };
    const body = {
      messages: [
        { role: 'developer', content: [{ type: 'text', text: 'be brief' }], name: 'n' },
        { role: 'system', content: 'be kind' },
        {
          role: 'user',
          name: 'n',
          content: [
            { type: 'text', text: 'see', prompt_cache_breakpoint: { mode: 'explicit' } },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw==', detail: 'low' } },
            { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
            { type: 'input_audio', input_audio: { data: 'AAAA', format: 'mp3' } },
            { type: 'file', file: { file_data: 'data:application/pdf;base64,AA==', filename: 'a.pdf' } },
            { type: 'file', file: { file_id: 'file-1' } },
          ],
        },
        { role: 'assistant', content: null, tool_calls: [call, custom] },
        { role: 'tool', tool_call_id: 'd', content: [{ type: 'text', text: 'x' }] },
        result,
        { role: 'assistant', content: [{ type: 'refusal', refusal: 'no' }], refusal: 'no', name: 'n' },
        { role: 'assistant', audio: { id: 'audio_1' } },
        { role: 'assistant', function_call: { name: 'f', arguments: '{}' } },
        { role: 'function', name: 'f', content: null },
      ],
      model: 'm',
      audio: { voice: { id: 'v' }, format: 'pcm16' },
      frequency_penalty: -2,
      function_call: { name: 'f' },
      functions: [{ name: 'f', description: 'd', parameters }],
      logit_bias: { '50256': -100 },
      logprobs: true,
      max_completion_tokens: 10,
      max_tokens: 10,
      metadata: { a: 'x'.repeat(512) },
      modalities: ['text', 'audio'],
      moderation: {},
      n: 128,
      parallel_tool_calls: false,
      prediction: { type: 'content', content: 'x' },
      presence_penalty: 2,
      prompt_cache_key: 'k',
      prompt_cache_options: {},
      prompt_cache_retention: '24h',
      reasoning_effort: 'xhigh',
      response_format: {
        type: 'json_schema',
        json_schema: { name: 's', schema: parameters, strict: true, description: 'd' },
      },
      safety_identifier: 's',
      seed: 1,
      service_tier: 'flex',
      stop: ['a', 'b', 'c', 'd'],
      store: true,
      stream: true,
      stream_options: { include_usage: true, include_obfuscation: false },
      temperature: 0,
      tool_choice: {
        type: 'allowed_tools',
        allowed_tools: { mode: 'auto', tools: [{ type: 'function', function: { name: 'f' } }] },
      },
      tools: [
        { type: 'function', function: { name: 'f', description: 'd', parameters, strict: true } },
        { type: 'custom', custom: { name: 'g', description: 'd', format: { type: 'text' } } },
      ],
      top_logprobs: 20,
      top_p: 1,
      user: 'u',
      verbosity: 'low',
      web_search_options: { search_context_size: 'low', user_location: {} },
    };
    assert.equal(refusal(body), undefined);
    const nulls = Object.fromEntries(Object.keys(body).map((name) => [name, null]));
    assert.equal(refusal({ ...nulls, messages: [user], model: 'm' }), undefined);
    for (const choice of ['none', 'auto', 'required', { type: 'custom', custom: { name: 'g' } }]) {
      assert.equal(refusal({ tools, tool_choice: choice }), undefined);
    }
  });

  const wrong: [fields: object, param: string, code: string | undefined, message?: RegExp][] = [
    [{ communication_style: 'x' }, 'communication_style', 'unknown_parameter', /^unknown field comm/],
    [{ messages: [{ ...user, id: 1 }] }, 'messages[0].id', 'unknown_parameter'],
    [{ messages: [{ role: 'user' }] }, 'messages[0].content', 'missing_required_parameter'],
    [{ messages: [{ content: 'x' }] }, 'messages[0].role', 'missing_required_parameter'],
    [{ messages: [{ role: 'bot', content: 'x' }] }, 'messages[0].role', 'invalid_value'],
    [{ messages: [{ role: 'user', content: null }] }, 'messages[0].content', 'invalid_type'],
    [{ messages: [{ role: 'user', content: [] }] }, 'messages[0].content', 'invalid_value'],
    [
      { messages: [{ role: 'user', content: 'x', tool_call_id: 'c' }] },
      'messages[0].tool_call_id',
      'unknown_parameter',
    ],
    [
      { messages: [{ role: 'tool', content: 'x' }] },
      'messages[0].tool_call_id',
      'missing_required_parameter',
    ],
    [{ messages: [user, { role: 'assistant' }] }, 'messages[1].content', 'missing_required_parameter'],
    [
      { messages: [{ role: 'system', content: [{ type: 'refusal', refusal: 'x' }] }] },
      'messages[0].content[0].type',
      'invalid_value',
    ],
    [{ messages: [] }, 'messages', 'invalid_value'],
    [{ messages: [user, result] }, 'messages[1].tool_call_id', undefined, /belongs to no tool call/],
    [
      { messages: [user, { role: 'assistant', tool_calls: [call] }] },
      'messages[2]',
      undefined,
      /answers tool_call_id c/,
    ],
    [{ messages: [{ role: 'assistant', tool_calls: [call] }, user] }, 'messages[1]', undefined],
    [
      { messages: [{ role: 'assistant', tool_calls: [call] }, result, result] },
      'messages[2].tool_call_id',
      undefined,
    ],
    [said({ type: 'video' }), 'messages[0].content[0].type', 'invalid_value'],
    [said({ type: 'text', text: 5 }), 'messages[0].content[0].text', 'invalid_type'],
    [
      said({ type: 'text', text: 'x', mime_type: 'a/b' }),
      'messages[0].content[0].mime_type',
      'unknown_parameter',
    ],
    [
      said({ type: 'image_url', image_url: { url: 'http://example.com/a' } }),
      'messages[0].content[0].image_url.url',
      'invalid_value',
    ],
    [
      said({ type: 'image_url', image_url: { url: 'data:text/plain,x' } }),
      'messages[0].content[0].image_url.url',
      'invalid_value',
    ],
    [
      said({ type: 'input_audio', input_audio: { data: '', format: 'ogg' } }),
      'messages[0].content[0].input_audio.format',
      'invalid_value',
    ],
    [{ model: null }, 'model', 'invalid_type'],
    [{ n: 129 }, 'n', 'invalid_value'],
    [{ n: 0 }, 'n', 'invalid_value'],
    [{ temperature: 2.1 }, 'temperature', 'invalid_value'],
    [{ stop: ['a', 'b', 'c', 'd', 'e'] }, 'stop', 'invalid_value'],
    [{ top_logprobs: 21, logprobs: true }, 'top_logprobs', 'invalid_value'],
    [{ reasoning_effort: 'huge' }, 'reasoning_effort', 'invalid_value'],
    [{ response_format: { type: 'xml' } }, 'response_format.type', 'invalid_value'],
    [{ metadata: { ['k'.repeat(65)]: 'v' } }, 'metadata', 'invalid_value'],
    [
      { metadata: Object.fromEntries(Array.from({ length: 17 }, (_, i) => [i, 'v'])) },
      'metadata',
      'invalid_value',
    ],
    [{ metadata: { a: 1 } }, 'metadata.a', 'invalid_type'],
    [{ logit_bias: { a: 101 } }, 'logit_bias.a', 'invalid_value'],
    [{ tools: [{ type: 'function', function: { name: 'a b' } }] }, 'tools[0].function.name', 'invalid_value'],
    [{ tools, tool_choice: 'any' }, 'tool_choice', 'invalid_value'],
    [{ tools, tool_choice: 5 }, 'tool_choice', 'invalid_type'],
    [{ tool_choice: 'auto' }, 'tool_choice', undefined, /needs tools/],
    [{ parallel_tool_calls: true }, 'parallel_tool_calls', undefined],
    [{ stream_options: { include_usage: true } }, 'stream_options', undefined, /needs stream/],
    [{ stream: true, stream_options: { chunk: 1 } }, 'stream_options.chunk', 'unknown_parameter'],
    [{ top_logprobs: 1 }, 'top_logprobs', undefined, /needs logprobs/],
    [{ modalities: ['text', 'audio'] }, 'audio', undefined, /is required/],
    [{ stream: true, audio: { voice: 'v', format: 'wav' } }, 'audio.format', undefined, /pcm16/],
  ];
  for (const [fields, param, code, message] of wrong) {
    it(`refuses ${JSON.stringify(fields).slice(0, 90)}`, () => {
      const refused = refusal(fields);
      assert.deepEqual(refused?.slice(1), [param, code]);
      if (message) assert.match(String(refused?.[0]), message);
    });
  }
});

describe('test server: reasoning models of OpenAI', () => {
  let server: RunningServer;
  before(async () => {
    server = await createServer();
  });
  after(() => server.close());

  const refused: [fields: object, param: string, code: string, message: RegExp][] = [
    [
      { temperature: 0.2 },
      'temperature',
      'unsupported_value',
      /'temperature' cannot be 0\.2 .*default \(1\)/,
    ],
    [{ top_p: 0.5 }, 'top_p', 'unsupported_value', /default \(1\)/],
    [{ presence_penalty: 1 }, 'presence_penalty', 'unsupported_value', /default \(0\)/],
    [{ frequency_penalty: 1 }, 'frequency_penalty', 'unsupported_value', /default \(0\)/],
    [{ logprobs: true }, 'logprobs', 'unsupported_value', /default \(false\)/],
    [{ max_tokens: 5 }, 'max_tokens', 'unsupported_parameter', /use 'max_completion_tokens' instead/],
    [{ stop: 'x' }, 'stop', 'unsupported_parameter', /cannot be used/],
  ];
  for (const [fields, param, code, message] of refused) {
    it(`refuse ${param}, which other models take`, async () => {
      const reply = await ask(server, 'openai', 'hi', { model: 'o3-demo', ...fields });
      assert.equal(reply.status, 400);
      assert.partialDeepStrictEqual(reply.body, { error: { type: 'invalid_request_error', param, code } });
      assert.match(reply.text, message);
      assert.equal((await ask(server, 'openai', 'hi', fields)).status, 200);
    });
  }

  it('take the defaults', async () => {
    const fields = { temperature: 1, top_p: null, presence_penalty: 0, max_completion_tokens: 5 };
    assert.equal((await ask(server, 'openai', 'hi', { model: 'gpt-5-demo', ...fields })).status, 200);
  });
});
