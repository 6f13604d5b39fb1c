import assert from 'node:assert/strict';
import { tachyonDialect } from '../../../src/api/tachyon.ts';
import type { ChatCompletionRequest } from '../../../src/api/wire.ts';
import { aConnection, aRequest } from './connections.ts';

function build(request: ChatCompletionRequest, parameters: Record<string, unknown> = {}): unknown {
  return JSON.parse(
    JSON.stringify(tachyonDialect.buildRequest(request, aConnection('https://x', { parameters }))),
  );
}

/** Every field of wire contract A6, with a value. */
const everyField: Required<ChatCompletionRequest> = {
  messages: [
    { role: 'system', content: 'Be brief.' },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'What is this?' },
        {
          type: 'image_url',
          image_url: { url: 'data:image/png;base64,AA', detail: 'low', mime_type: 'image/png' },
        },
      ],
    },
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }],
    },
    { role: 'tool' },
  ],
  model: 'openai/gpt-4.1',
  stream: true,
  temperature: 0,
  top_p: 0.5,
  n: 1,
  max_completion_tokens: 100,
  presence_penalty: -1,
  frequency_penalty: 1,
  response_format: { type: 'json_object' },
  tools: [
    {
      type: 'function',
      function: {
        name: 'f',
        description: 'd',
        parameters: { type: 'object', properties: { a: {} }, required: ['a'] },
        strict: false,
      },
    },
  ],
  tool_choice: 'any',
  user: 'u',
  communication_style: 'a',
  explanation_style: 'b',
  technical_level: 'c',
  memory_settings: { extract_memory: false, max_memories: 3, min_relevance_score: 0.5 },
  web_search: { query: 'q', max_results: 2 },
};

describe("Tachyon's request", () => {
  it('carries every field of the contract', () => {
    assert.deepEqual(build(everyField), everyField);
  });

  it('carries no other field, however deep', () => {
    const strange: ChatCompletionRequest = JSON.parse(
      JSON.stringify({
        ...aRequest(),
        max_tokens: 5,
        stop: ['x'],
        seed: 1,
        stream_options: { include_usage: true },
        metadata: {},
        messages: [
          {
            role: 'assistant',
            name: 'n',
            tool_call_id: 't',
            content: [{ type: 'text', text: 'a', cache: 1, image_url: { url: 'u', x: 1 } }],
            tool_calls: [
              { index: 0, id: 'c', type: 'function', function: { name: 'f', arguments: '', x: 1 } },
            ],
          },
        ],
        tools: [
          {
            type: 'function',
            x: 1,
            function: {
              name: 'f',
              x: 1,
              parameters: { type: 'object', $defs: {}, additionalProperties: false },
            },
          },
        ],
        response_format: { type: 'json_schema', json_schema: {} },
        web_search: { query: 'q', x: 1 },
      }),
    );
    assert.deepEqual(build(strange), {
      messages: [
        {
          role: 'assistant',
          content: [{ type: 'text', text: 'a', image_url: { url: 'u' } }],
          tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '' } }],
        },
      ],
      model: 'openai/gpt-4.1',
      tools: [
        {
          type: 'function',
          function: {
            name: 'f',
            description: '',
            parameters: { type: 'object', properties: {}, required: [] },
          },
        },
      ],
      response_format: { type: 'json_schema' },
      web_search: { query: 'q' },
    });
  });

  it('sends no sampling field that nobody set', () => {
    assert.deepEqual(build({ messages: [{ role: 'user', content: 'Hi' }], tools: [] }), {
      messages: [{ role: 'user', content: 'Hi' }],
    });
  });

  it('takes sampling fields from the connection unless the request has them', () => {
    const parameters = {
      temperature: 0.2,
      top_p: 0.9,
      max_tokens: 5,
      stop: ['x'],
      messages: [],
      model: 'm',
      stream: false,
      user: null,
    };
    assert.deepEqual(build(aRequest({ temperature: 0 }), parameters), {
      ...aRequest(),
      temperature: 0,
      top_p: 0.9,
    });
  });

  it("writes OpenAI's tool_choice in Tachyon's word", () => {
    assert.deepEqual(build(aRequest(), { tool_choice: 'required' }), { ...aRequest(), tool_choice: 'any' });
  });
});
