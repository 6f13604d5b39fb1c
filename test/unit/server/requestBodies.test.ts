import assert from 'node:assert/strict';
import { HttpError } from '../../server/httpError.ts';
import { checkChatroomFields, checkCompletionRequest, messageText } from '../../server/requestBodies.ts';

const messages = [{ role: 'user', content: 'hi' }];

function refusal(check: (body: unknown) => void, body: unknown): unknown {
  try {
    check(body);
  } catch (error) {
    assert.ok(error instanceof HttpError);
    assert.equal(error.status, 400);
    assert.equal(error.body['code'], 'BAD_REQUEST');
    return error.body['message'];
  }
  return undefined;
}

describe('test server: request bodies', () => {
  it('accepts every field of the contract', () => {
    const parameters = { type: 'object', properties: {}, required: ['a'], additionalProperties: false };
    const body = {
      messages: [
        { role: 'system', content: null },
        {
          role: 'assistant',
          tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }],
        },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'see' },
            { type: 'image_url', image_url: { url: 'data:,', detail: 'low', mime_type: 'image/png' } },
          ],
        },
      ],
      model: 'a/b',
      stream: true,
      temperature: 2,
      top_p: 0,
      n: 10,
      max_completion_tokens: 10,
      presence_penalty: -2,
      frequency_penalty: 2,
      response_format: { type: 'json_object' },
      tools: [{ type: 'function', function: { name: 'f', description: 'd', parameters, strict: true } }],
      tool_choice: 'any',
      user: 'u',
      communication_style: 's',
      explanation_style: 's',
      technical_level: 's',
      memory_settings: { extract_memory: true, max_memories: 5, min_relevance_score: 0.7 },
      web_search: { query: 'q', max_results: 5 },
    };
    checkCompletionRequest(body);
    const nulls = Object.fromEntries(Object.keys(body).map((name) => [name, null]));
    checkCompletionRequest({ ...nulls, messages });
  });

  const refused: [body: unknown, message: string][] = [
    [undefined, 'body must be an object'],
    [[], 'body must be an object'],
    [{}, 'missing field messages'],
    [{ messages: [] }, 'messages must have at least 1 item(s)'],
    [{ messages: 'hi' }, 'messages must be an array'],
    [{ messages: null }, 'messages must be an array'],
    [{ messages, max_tokens: 5 }, 'unknown field max_tokens'],
    [{ messages, stop: null }, 'unknown field stop'],
    [{ messages, stream_options: {} }, 'unknown field stream_options'],
    [{ messages, toString: 1 }, 'unknown field toString'],
    [{ messages: [{ role: 'tool', tool_call_id: 'x' }] }, 'unknown field messages[0].tool_call_id'],
    [{ messages: [{ role: 'user', name: 'x' }] }, 'unknown field messages[0].name'],
    [{ messages: [{ content: 'x' }] }, 'missing field messages[0].role'],
    [{ messages: [{ role: 'user', content: 5 }] }, 'messages[0].content must be a string or an array'],
    [{ messages: [{ role: 'user', content: [{}] }] }, 'missing field messages[0].content[0].type'],
    [{ messages, stream: 'true' }, 'stream must be a boolean'],
    [{ messages, model: 5 }, 'model must be a string'],
    [{ messages, temperature: 2.1 }, 'temperature must be between 0 and 2'],
    [{ messages, top_p: '1' }, 'top_p must be a number'],
    [{ messages, n: 1.5 }, 'n must be an integer'],
    [{ messages, n: 11 }, 'n must be between 1 and 10'],
    [{ messages, presence_penalty: -3 }, 'presence_penalty must be between -2 and 2'],
    [
      { messages, response_format: { type: 'json_schema', json_schema: {} } },
      'unknown field response_format.json_schema',
    ],
    [{ messages, tool_choice: 'required' }, 'tool_choice must be "auto" or "any"'],
    [
      { messages, tools: [{ type: 'function', function: { name: 'f', description: 'd' } }] },
      'missing field tools[0].function.parameters',
    ],
    [
      { messages, tools: [{ type: 'function', function: { name: 'f', parameters: {} } }] },
      'missing field tools[0].function.description',
    ],
    [
      {
        messages,
        tools: [
          {
            type: 'function',
            function: { name: 'f', description: 'd', parameters: { type: 'object', properties: {} } },
          },
        ],
      },
      'missing field tools[0].function.parameters.required',
    ],
    [{ messages, memory_settings: {} }, 'missing field memory_settings.extract_memory'],
    [
      { messages, web_search: { query: 'x'.repeat(1001) } },
      'web_search.query must have at most 1000 characters',
    ],
  ];
  for (const [body, message] of refused) {
    it(`refuses: ${message}`, () => {
      assert.equal(refusal(checkCompletionRequest, body), message);
    });
  }

  it('checks chatroom fields', () => {
    assert.equal(refusal(checkChatroomFields, {}), undefined);
    assert.equal(refusal(checkChatroomFields, { name: null, metadata: null }), undefined);
    assert.equal(
      refusal(checkChatroomFields, { name: ' '.repeat(200) + 'n'.repeat(100), metadata: [1] }),
      undefined,
    );
    assert.equal(refusal(checkChatroomFields, { name: ' ' }), 'name must have 1 to 100 characters');
    assert.equal(
      refusal(checkChatroomFields, { name: 'n'.repeat(101) }),
      'name must have 1 to 100 characters',
    );
    assert.equal(refusal(checkChatroomFields, { name: 1 }), 'name must be a string');
    assert.equal(refusal(checkChatroomFields, { title: 'x' }), 'unknown field title');
  });

  it('reads the text of a message', () => {
    assert.equal(messageText('a'), 'a');
    assert.equal(messageText(null), '');
    assert.equal(
      messageText([{ type: 'text', text: 'a' }, { type: 'image_url' }, { type: 'text', text: 'b' }]),
      'ab',
    );
  });
});
