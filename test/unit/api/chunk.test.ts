import assert from 'node:assert/strict';
import { readChunk } from '../../../src/api/chunk.ts';
import { collectCompletion } from '../../../src/api/completion.ts';
import type { ChatCompletionDelta } from '../../../src/api/wire.ts';

function deltaOf(delta: unknown): ChatCompletionDelta | undefined {
  return readChunk({ choices: [{ delta }] })?.choices[0]?.delta;
}

function collect(...values: unknown[]): ReturnType<typeof collectCompletion> {
  return collectCompletion(values.flatMap((value) => readChunk(value) ?? []));
}

function tokenOf(text: string): object {
  return { token: text, logprob: -1 };
}

describe('readChunk', () => {
  it('drops explicit nulls and unknown fields (wire contract B1)', () => {
    const chunk = readChunk({
      id: 'chatcmpl-1',
      object: 'chat.completion.chunk',
      created: 1736054703,
      model: 'gpt-4o',
      system_fingerprint: null,
      usage: null,
      obfuscation: 'xx',
      choices: [
        {
          index: 0,
          delta: { content: 'Hello', role: null, refusal: null, function_call: null, tool_calls: null },
          logprobs: null,
          finish_reason: null,
        },
      ],
    });
    assert.deepEqual(chunk, {
      id: 'chatcmpl-1',
      created: 1736054703,
      model: 'gpt-4o',
      choices: [{ index: 0, delta: { content: 'Hello' }, finish_reason: null }],
    });
  });

  it('takes chunks that lack nearly everything', () => {
    assert.deepEqual(readChunk({ choices: [] }), { choices: [] });
    assert.deepEqual(readChunk({ id: '', model: '', created: null, choices: [{}, null] }), {
      choices: [
        { index: 0, delta: {}, finish_reason: null },
        { index: 1, delta: {}, finish_reason: null },
      ],
    });
  });

  it('ignores what is no chunk', () => {
    for (const value of [null, 1, 'x', [], {}, { type: 'message_stop' }, { choices: null }, { usage: {} }]) {
      assert.equal(readChunk(value), undefined);
    }
  });

  it('joins content parts and takes a single part (wire contract B3)', () => {
    assert.equal(
      deltaOf({ content: [{ type: 'text', text: 'a' }, 'b', { text: 'c' }, { type: 'image' }, null] })
        ?.content,
      'abc',
    );
    assert.equal(deltaOf({ content: { type: 'text', text: 'one' } })?.content, 'one');
    assert.equal(deltaOf({ content: '' })?.content, '');
    assert.equal(deltaOf({ content: 5 })?.content, undefined);
  });

  it('reads reasoning under both names', () => {
    assert.equal(deltaOf({ reasoning_content: 'r' })?.reasoning_content, 'r');
    assert.equal(deltaOf({ reasoning: 'r' })?.reasoning_content, 'r');
  });

  it('turns the message of a whole reply into a delta, but prefers a delta beside it', () => {
    const whole = readChunk({
      choices: [{ message: { role: 'assistant', content: 'all' }, finish_reason: 'stop' }],
    });
    assert.deepEqual(whole?.choices, [
      { index: 0, delta: { role: 'assistant', content: 'all' }, finish_reason: 'stop' },
    ]);
    const both = readChunk({ choices: [{ delta: { content: 'l' }, message: { content: 'all' } }] });
    assert.equal(both?.choices[0]?.delta.content, 'l');
  });

  it('reads tool calls of OpenAI, Tachyon and Ollama', () => {
    const calls = [
      { index: 0, id: 'call_1', type: 'function', function: { name: 'f', arguments: '' } },
      { index: 0, id: '', function: { name: '', arguments: '{"a"' } },
      { tool_id: 't_1', tool_name: 'g', is_client_tool: true },
      { id: 'c', function: { name: 'h', arguments: { x: 1 } } },
      { id: null, type: null, function: null },
    ];
    assert.deepEqual(deltaOf({ tool_calls: calls })?.tool_calls, [
      { index: 0, id: 'call_1', type: 'function', function: { name: 'f', arguments: '' } },
      { index: 0, function: { arguments: '{"a"' } },
      { id: 't_1', function: { name: 'g' } },
      { id: 'c', function: { name: 'h', arguments: '{"x":1}' } },
      {},
    ]);
  });

  it('numbers the tool calls of a whole reply', () => {
    const chunk = readChunk({ choices: [{ message: { tool_calls: [{ id: 'a' }, { id: 'b' }] } }] });
    assert.deepEqual(chunk?.choices[0]?.delta.tool_calls, [
      { index: 0, id: 'a' },
      { index: 1, id: 'b' },
    ]);
  });

  it('reads usage in `usage` and in `x_groq`', () => {
    const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
    assert.deepEqual(readChunk({ choices: [], usage })?.usage, usage);
    assert.deepEqual(readChunk({ choices: [], x_groq: { usage } })?.usage, usage);
    assert.deepEqual(
      readChunk({
        usage: { prompt_tokens: 1, completion_tokens: 2, prompt_tokens_details: { cached_tokens: 1 } },
      })?.usage,
      {
        ...usage,
        cache_read_input_tokens: 1,
      },
    );
    const full = { ...usage, cache_creation_input_tokens: 4, cache_read_input_tokens: 5, total_cost: 0.5 };
    assert.deepEqual(readChunk({ choices: [], usage: full })?.usage, full);
    const details = { completion_tokens_details: { reasoning_tokens: 6 }, cost: 0.25 };
    assert.deepEqual(readChunk({ choices: [], usage: { ...usage, ...details } })?.usage, {
      ...usage,
      reasoning_tokens: 6,
      total_cost: 0.25,
    });
  });

  it('reads a refusal, audio and log probabilities (wire contract D1, D2)', () => {
    const audio = { id: 'a', data: 'AA', transcript: 'Hi', expires_at: 9 };
    assert.deepEqual(deltaOf({ refusal: 'No.', audio: { ...audio, x: 1 } }), { refusal: 'No.', audio });
    const alternative = { token: 'b', logprob: -2, bytes: [98] };
    const token = { token: 'a', logprob: -1, bytes: [97], top_logprobs: [alternative] };
    const logprobs = { content: [token, { token: 'c', logprob: null }, null], refusal: null };
    assert.deepEqual(readChunk({ choices: [{ delta: {}, logprobs }] })?.choices[0]?.logprobs, {
      content: [token],
    });
    assert.equal(readChunk({ choices: [{ delta: {}, logprobs: null }] })?.choices[0]?.logprobs, undefined);
  });

  it('keeps the fingerprint and the tier of service', () => {
    const told = { system_fingerprint: 'fp', service_tier: 'flex' };
    assert.deepEqual(readChunk({ choices: [], ...told, moderation: {} }), { choices: [], ...told });
  });
});

describe('collectCompletion', () => {
  it('keeps a whole reply as it is (wire contract B4)', () => {
    const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
    const reply = {
      id: 'c',
      model: 'm',
      created: 1,
      choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }],
      usage,
    };
    assert.deepEqual(collect({ ...reply, object: 'chat.completion' }), reply);
  });

  it('joins refusals, audio and log probabilities', () => {
    const completion = collect(
      { choices: [{ delta: { refusal: 'N', audio: { id: 'a', data: 'AA', transcript: 'H' } } }] },
      {
        choices: [
          {
            delta: { refusal: 'o', audio: { data: 'BB', transcript: 'i' } },
            logprobs: { content: [tokenOf('x')] },
          },
        ],
      },
      {
        choices: [
          {
            delta: { audio: { expires_at: 9 } },
            logprobs: { content: [tokenOf('y')], refusal: [tokenOf('z')] },
          },
        ],
      },
      { choices: [], system_fingerprint: 'fp', service_tier: 'flex' },
    );
    assert.deepEqual(completion, {
      system_fingerprint: 'fp',
      service_tier: 'flex',
      choices: [
        {
          index: 0,
          message: { refusal: 'No', audio: { id: 'a', data: 'AABB', transcript: 'Hi', expires_at: 9 } },
          logprobs: { content: [tokenOf('x'), tokenOf('y')], refusal: [tokenOf('z')] },
          finish_reason: null,
        },
      ],
    });
  });

  it('puts the fragments of a stream together', () => {
    const completion = collect(
      { id: 'c', choices: [{ index: 1, delta: { content: 'second' } }] },
      { choices: [{ index: 0, delta: { role: 'assistant', content: 'a', reasoning: 'r' } }] },
      {
        choices: [
          {
            index: 0,
            delta: {
              content: 'b',
              tool_calls: [{ index: 0, id: 'x', function: { name: 'f', arguments: '{' } }],
            },
          },
        ],
      },
      { choices: [{ index: 0, delta: { tool_calls: [{ index: 1, function: { name: 'g' } }] } }] },
      {
        choices: [
          { index: 0, delta: { tool_calls: [{ index: 1, id: 'y', function: { arguments: '[]' } }] } },
        ],
      },
      {
        choices: [
          {
            index: 0,
            delta: { tool_calls: [{ index: 0, function: { arguments: '}' } }] },
            finish_reason: 'tool_calls',
          },
        ],
      },
      { choices: [{ index: 0, delta: { tool_calls: [{ function: { arguments: '!' } }] } }] },
    );
    assert.deepEqual(completion.choices, [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: 'ab',
          reasoning_content: 'r',
          tool_calls: [
            { index: 0, id: 'x', type: 'function', function: { name: 'f', arguments: '{}' } },
            { index: 1, id: 'y', type: 'function', function: { name: 'g', arguments: '[]!' } },
          ],
        },
        finish_reason: 'tool_calls',
      },
      { index: 1, message: { content: 'second' }, finish_reason: null },
    ]);
  });
});
