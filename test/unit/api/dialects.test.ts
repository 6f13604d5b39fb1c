import assert from 'node:assert/strict';
import { createChatCompletion, streamChatCompletion } from '../../../src/api/chatCompletions.ts';
import { type Connection, type ConnectionKind, connectionKinds } from '../../../src/api/connection.ts';
import { dialectOf } from '../../../src/api/dialects.ts';
import { listModels } from '../../../src/api/models.ts';
import { parseBaseUrl } from '../../../src/api/url.ts';
import type { ChatCompletionRequest } from '../../../src/api/wireRequest.ts';
import { type Loopback, startLoopback } from '../../support/loopback.ts';
import { aConnection, aRequest, readAll } from './connections.ts';

type Body = Readonly<Record<string, unknown>>;

/** Every field of every dialect (wire contract A6, C, D1), with a value. */
const everyField: Required<ChatCompletionRequest> = {
  messages: [{ role: 'user', content: 'Hi' }],
  model: 'openai/gpt-4.1',
  stream: true,
  stream_options: { include_usage: false },
  tools: [{ type: 'function', function: { name: 'f', parameters: { type: 'object', $defs: {} } } }],
  tool_choice: 'required',
  functions: [{ name: 'older' }],
  function_call: 'auto',
  parallel_tool_calls: false,
  n: 2,
  temperature: 0,
  top_p: 0.5,
  stop: 'END',
  seed: 7,
  presence_penalty: -1,
  frequency_penalty: 1,
  logit_bias: { 50256: -100 },
  logprobs: true,
  top_logprobs: 3,
  max_completion_tokens: 100,
  max_tokens: 99,
  response_format: { type: 'json_schema', json_schema: { name: 's', schema: {} } },
  reasoning_effort: 'low',
  verbosity: 'high',
  modalities: ['text', 'audio'],
  audio: { voice: 'alloy', format: 'wav' },
  prediction: { type: 'content', content: 'p' },
  service_tier: 'flex',
  store: false,
  metadata: { a: 'b' },
  user: 'u',
  moderation: { model: 'm' },
  safety_identifier: 's',
  prompt_cache_key: 'k',
  prompt_cache_options: { mode: 'm' },
  prompt_cache_retention: '24h',
  web_search_options: {},
  communication_style: 'a',
  explanation_style: 'b',
  technical_level: 'c',
  memory_settings: { extract_memory: false, max_memories: 3, min_relevance_score: 0.5 },
  web_search: { query: 'q', max_results: 2 },
};

const { max_tokens: _older, ...withoutOlder } = everyField;
const { communication_style, explanation_style, technical_level, memory_settings, web_search } = everyField;
const ofTachyon = { communication_style, explanation_style, technical_level, memory_settings, web_search };
const { messages, model, temperature, top_p, n, user, presence_penalty, frequency_penalty } = everyField;
const everywhere = {
  messages,
  model,
  stream: true,
  temperature,
  top_p,
  n,
  user,
  presence_penalty,
  frequency_penalty,
};

/** What goes out of {@link everyField}. */
const sent: Readonly<Record<ConnectionKind, Body>> = {
  tachyon: {
    ...everywhere,
    ...ofTachyon,
    max_completion_tokens: 100,
    response_format: { type: 'json_schema' },
    tool_choice: 'any',
    // Description and all three fields of the schema are mandatory there, and there are no others.
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
  },
  openai: Object.fromEntries(
    Object.entries(withoutOlder).filter(([field]) => !Object.hasOwn(ofTachyon, field)),
  ),
  atoma: {
    ...everywhere,
    stream_options: { include_usage: false },
    tools: everyField.tools,
    tool_choice: 'required',
    parallel_tool_calls: false,
    functions: everyField.functions,
    function_call: 'auto',
    stop: ['END'],
    seed: 7,
    logit_bias: { 50256: -100 },
    top_logprobs: 3,
    max_completion_tokens: 100,
    max_tokens: 99,
    response_format: everyField.response_format,
    service_tier: 'flex',
  },
  'openai-compatible': everyField,
};

/** What a dialect adds to a streamed request of its own accord. */
const streamOptions: Readonly<Record<ConnectionKind, Body>> = {
  tachyon: {},
  openai: { stream_options: { include_usage: true, include_obfuscation: false } },
  atoma: { stream_options: { include_usage: true } },
  'openai-compatible': { stream_options: { include_usage: true } },
};

describe('dialects', () => {
  let server: Loopback;

  before(async () => {
    server = await startLoopback((response) => void response.end('{"choices":[],"data":[]}'));
  });

  after(() => server.stop());

  async function bodySent(
    kind: ConnectionKind,
    request: ChatCompletionRequest,
    changes: Partial<Connection> = {},
  ): Promise<Body> {
    const { error } = await readAll(
      streamChatCompletion(aConnection(server.url, { kind, ...changes }), request),
    );
    assert.equal(error, undefined);
    return JSON.parse((await server.next()).body);
  }

  for (const kind of connectionKinds) {
    describe(kind, () => {
      it('sends every field that the API has, and no other', async () => {
        assert.deepEqual(await bodySent(kind, everyField), sent[kind]);
      });

      it('takes the same from `parameters` of the connection and of the model', async () => {
        const { messages: prompts, model: id, stream: _stream, tools, ...parameters } = everyField;
        const request = { messages: prompts, model: id, tools };
        assert.deepEqual(await bodySent(kind, request, { parameters }), sent[kind]);
        assert.deepEqual(await bodySent(kind, request, { models: { [id]: { parameters } } }), sent[kind]);
        assert.deepEqual(await bodySent(kind, aRequest(), { models: { other: { parameters } } }), {
          ...aRequest(),
          stream: true,
          ...streamOptions[kind],
        });
      });

      it('sends nothing that nobody set', async () => {
        const parameters = {
          // These are the request's alone, and without tools nothing can be said of them.
          messages: [],
          model: 'm',
          stream: false,
          tools: [{}],
          tool_choice: 'auto',
          parallel_tool_calls: true,
          temperature: null,
        };
        assert.deepEqual(await bodySent(kind, aRequest({ tools: [] }), { parameters }), {
          ...aRequest(),
          stream: true,
          ...streamOptions[kind],
        });
      });

      it('prefers the request, then the model, then the connection; null keeps a field out', async () => {
        const parameters = { temperature: 0.1, top_p: 0.1, n: 1, user: 'c', presence_penalty: 1 };
        const models = {
          'openai/gpt-4.1': { parameters: { temperature: 0.2, top_p: 0.2, presence_penalty: null } },
        };
        assert.deepEqual(
          await bodySent(kind, aRequest({ temperature: 0.3, n: 2 }), {
            parameters: { ...parameters, stream_options: null },
            models,
          }),
          { ...aRequest(), stream: true, temperature: 0.3, top_p: 0.2, n: 2, user: 'c' },
        );
      });

      it('asks for whole replies without options for streams', async () => {
        await createChatCompletion(aConnection(server.url, { kind }), everyField);
        const { stream_options: _options, ...rest } = { stream_options: undefined, ...sent[kind] };
        assert.deepEqual(JSON.parse((await server.next()).body), { ...rest, stream: false });
      });

      it('keeps `auto`, and has one word for a tool that must be called', async () => {
        const { tools } = everyField;
        const must = kind === 'tachyon' ? 'any' : 'required';
        for (const [given, word] of [
          ['auto', 'auto'],
          ['any', must],
          ['required', must],
        ] as const) {
          assert.equal((await bodySent(kind, aRequest({ tools, tool_choice: given })))['tool_choice'], word);
        }
      });

      it('finds its paths under the base URL, however it was pasted', async () => {
        const { chatCompletionsPath, modelsPath, urlEndings } = dialectOf(kind);
        for (const prefix of ['', '/gateway/x']) {
          for (const ending of ['', '/', '//', ...urlEndings, ...urlEndings.map((text) => `${text}/`)]) {
            const connection = aConnection(` ${server.url}${prefix}${ending} `, { kind });
            assert.equal(parseBaseUrl(connection.url, urlEndings), server.url + prefix);
            await readAll(streamChatCompletion(connection, aRequest()));
            assert.equal((await server.next()).url, prefix + chatCompletionsPath);
            await listModels(connection);
            assert.equal((await server.next()).url, prefix + modelsPath);
          }
        }
      });
    });
  }

  it('are told by the paths of the contract', () => {
    assert.deepEqual(
      connectionKinds.map((kind) => {
        const { defaultUrl = '', chatCompletionsPath, modelsPath } = dialectOf(kind);
        return [defaultUrl + chatCompletionsPath, defaultUrl + modelsPath];
      }),
      [
        [
          'https://api.n1.tachy.one/v1/llms/chat/completions',
          'https://api.n1.tachy.one/v1/llms/models?require_agent_product=false',
        ],
        ['https://api.openai.com/v1/chat/completions', 'https://api.openai.com/v1/models'],
        ['https://api.atoma.network/v1/chat/completions', 'https://api.atoma.network/v1/models'],
        ['/chat/completions', '/models'],
      ],
    );
  });

  it('rename the older word for the longest reply only where the API lacks it', async () => {
    const renamed = { max_completion_tokens: 5 };
    const kept = { max_tokens: 5 };
    for (const [kind, field] of [
      ['tachyon', renamed],
      ['openai', renamed],
      ['atoma', kept],
      ['openai-compatible', kept],
    ] as const) {
      const expected = { ...aRequest(), stream: true, ...streamOptions[kind], ...field };
      assert.deepEqual(
        await bodySent(kind, aRequest({ max_tokens: 5 }), { parameters: { max_tokens: 9 } }),
        expected,
      );
    }
  });

  it('send fields that nobody here knows only to compatible servers', async () => {
    const parameters = { top_k: 40, chat_template_kwargs: { thinking: true } };
    for (const kind of connectionKinds) {
      const expected = kind === 'openai-compatible' ? parameters : {};
      const { top_k, chat_template_kwargs } = await bodySent(kind, aRequest(), { parameters });
      assert.deepEqual(JSON.parse(JSON.stringify({ top_k, chat_template_kwargs })), expected);
    }
  });
});
