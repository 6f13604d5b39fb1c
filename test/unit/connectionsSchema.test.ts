import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/paths.ts';
import { connectionKinds } from '../../src/api/connection.ts';
import { parseConnections } from '../../src/chat/connectionSettings.ts';
import { parameterNames } from '../../src/chat/samplingFields.ts';
import { settings } from '../../src/shared/contributions.ts';
import { accepts, type JsonSchema } from '../support/jsonSchema.ts';

interface Manifest {
  readonly contributes: {
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
}

interface Setting extends JsonSchema {
  readonly defaultSnippets?: readonly { readonly body: unknown }[];
}

const manifest: Manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const schema = manifest.contributes.configuration.properties[settings.connections] ?? {};

describe('the schema of tachyon.connections', () => {
  const entry = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {};
  const entryProperties = entry.anyOf?.[1]?.properties ?? {};
  const url = 'https://api.example.com';
  const kind = 'tachyon';
  const withField = (field: string, value: unknown, of = 'openai-compatible'): unknown => ({
    dev: { kind: of, url, [field]: value },
  });
  const withParameters = (parameters: unknown, of = kind): unknown => withField('parameters', parameters, of);
  const withModel = (model: unknown): unknown => withField('models', { 'a/b:c': model });
  const right: readonly unknown[] = [
    {},
    { tachyon: null },
    { tachyon: { operatorId: 'tn_1' } },
    { 'my.dev-1_x': { kind, url } },
    { dev: { kind } },
    { openai: { kind: 'openai' }, atoma: { kind: 'atoma' }, local: { kind: 'openai-compatible', url } },
    { dev: { kind, url, headers: { 'x-user-id': 'us_1' }, stream: false, allowHttp: true } },
    { dev: { kind, url, timeouts: { headers: 0, silence: 1500.5 } } },
    ...['bearer', 'none', { header: 'api-key' }].map((auth) => withField('auth', auth)),
    withField('retry', { strategy: 'none' }),
    withField('retry', {
      strategy: 'backoff',
      backoff: { initialInterval: 0, maxInterval: 5, exponent: 1, maxElapsedTime: 1 },
      retryConnectionErrors: false,
      retryCodes: ['429', '5XX'],
    }),
    withModel({}),
    withModel({
      name: 'B',
      contextWindow: 8192,
      maxOutputTokens: 1024,
      imageInput: false,
      toolCalling: true,
      parameters: { temperature: null, top_k: 5 },
      price: { input: 0, output: 1.5, cachedInput: 0.1, currency: 'JPY' },
    }),
    withParameters({ temperature: 0, top_p: 1, n: 10, max_completion_tokens: 1, user: 'me' }),
    withParameters({ presence_penalty: -2, frequency_penalty: 2, response_format: { type: 'text' } }),
    withParameters({ communication_style: 'a', explanation_style: 'b', technical_level: 'c' }),
    withParameters({ temperature: null, memory_settings: null, max_tokens: 5, tool_choice: 'any' }),
    withParameters({
      memory_settings: { extract_memory: true, max_memories: 5, min_relevance_score: 0.7 },
      web_search: { query: 'q', max_results: 3 },
    }),
    withParameters(
      { n: 128, stop: ['a', 'b'], seed: 7, logprobs: true, top_logprobs: 20, logit_bias: { 50256: -100 } },
      'openai',
    ),
    withParameters({ stop: 'a', reasoning_effort: 'low', verbosity: 'high', max_tokens: 9 }, 'openai'),
    withParameters({ modalities: ['text', 'audio'], audio: { voice: 'alloy', format: 'wav' } }, 'openai'),
    withParameters({ functions: [{ name: 'f' }], function_call: { name: 'f' } }, 'openai'),
    withParameters({ stream_options: null, metadata: { a: 'b' }, store: true }, 'openai'),
    withParameters({ stop: ['a'], seed: 1, max_tokens: 1, max_completion_tokens: 1 }, 'atoma'),
    withParameters({ top_k: 40, options: { num_ctx: 8192 } }, 'openai-compatible'),
  ];
  const wrong: readonly unknown[] = [
    [],
    { 'My/Dev': { kind, url } },
    { ['a'.repeat(33)]: { kind, url } },
    { dev: 'https://api.example.com' },
    { dev: { kind: 'atom', url } },
    { dev: { kind, url: 5 } },
    { dev: { kind, url, apiKey: 'hidden' } },
    { dev: { kind, url, operatorId: 'tn_1\n' } },
    { dev: { kind, url, operatorId: '' } },
    { dev: { kind, url, headers: [] } },
    { dev: { kind, url, headers: { 'x-a': 1 } } },
    { dev: { kind, url, stream: 'yes' } },
    { dev: { kind, url, allowHttp: 1 } },
    { dev: { kind, url, timeouts: { headers: '5s' } } },
    { dev: { kind, url, timeouts: { silence: -1 } } },
    { dev: { kind, url, timeouts: { total: 5 } } },
    ...['basic', {}, { header: 'api key' }, { header: 'a\r\nb' }, { header: 'a', prefix: 'b' }].map((auth) =>
      withField('auth', auth),
    ),
    ...[
      'none',
      {},
      { strategy: 'linear' },
      { strategy: 'none', attempts: 3 },
      { strategy: 'backoff', backoff: { exponent: 0.5 } },
      { strategy: 'backoff', backoff: { initialInterval: -1 } },
      { strategy: 'backoff', backoff: { total: 1 } },
      { strategy: 'backoff', retryConnectionErrors: 'yes' },
      { strategy: 'backoff', retryCodes: '429' },
      { strategy: 'backoff', retryCodes: ['4290'] },
      { strategy: 'backoff', retryCodes: [429] },
    ].map((retry) => withField('retry', retry)),
    withField('models', []),
    ...[
      null,
      { name: '' },
      { contextWindow: 0 },
      { maxOutputTokens: 1.5 },
      { imageInput: 'yes' },
      { toolCalling: 1 },
      { parameters: [] },
      { price: { input: 1 } },
      { price: { input: -1, output: 1 } },
      { price: { input: 1, output: 1, currency: 'yen' } },
      { price: { input: 1, output: 1, per: 'token' } },
      { temperature: 1 },
    ].map(withModel),
    withParameters([]),
    withParameters({ messages: [] }),
    withParameters({ stream: true }),
    withParameters({ tools: [] }, 'openai-compatible'),
    withParameters({ temperature: 2.1 }),
    withParameters({ top_p: '1' }),
    withParameters({ n: 1.5 }),
    withParameters({ n: 129 }, 'openai'),
    withParameters({ max_completion_tokens: 0 }),
    withParameters({ max_completion_tokens: 2 ** 31 }),
    withParameters({ frequency_penalty: -3 }),
    withParameters({ user: '' }),
    withParameters({ response_format: { type: '' } }),
    withParameters({ memory_settings: { max_memories: 3 } }),
    withParameters({
      memory_settings: { extract_memory: true, max_memories: 21, min_relevance_score: 0.7 },
    }),
    withParameters({ web_search: { query: '', max_results: 3 } }),
    withParameters({ web_search: { query: 'q', max_results: 11 } }),
    withParameters({ web_search: { query: 'q', site: 'x' } }),
    ...[
      { temperature: 3 },
      { stop: [] },
      { stop: [1] },
      { seed: 0.5 },
      { logit_bias: { a: 101 } },
      { logprobs: 1 },
      { top_logprobs: 21 },
      { parallel_tool_calls: 'no' },
      { functions: {} },
      { functions: [{}] },
      { function_call: 5 },
      { reasoning_effort: '' },
      { modalities: 'audio' },
      { audio: { voice: 'alloy' } },
      { prediction: { type: 'content' } },
      { metadata: { a: 1 } },
      { stream_options: { include_usage: 'yes' } },
      { prompt_cache_retention: '1h' },
      { web_search_options: [] },
    ].map((parameters) => withParameters(parameters, 'openai')),
  ];
  /** What a JSON schema cannot tell in a useful way: the extension says it when it reads the setting. */
  const onlyWhenRead: readonly unknown[] = [
    { dev: { url } },
    { dev: { kind: 'openai-compatible' } },
    { dev: { kind, url: 'api example' } },
    { dev: { kind, url: 'https://me:hidden@api.example.com' } },
    { dev: { kind, url, headers: { Authorization: 'hidden' } } },
    { dev: { kind, url, headers: { 'x-a': 'b\r\nc: d' } } },
    // These depend on the kind.
    withField('operatorId', 'tn_1', 'openai'),
    withParameters({ n: 11 }),
    withParameters({ seed: 1 }),
    withParameters({ top_k: 1 }, 'openai'),
    withParameters({ tool_choice: 'none' }),
    withParameters({ function_call: 'f' }, 'openai'),
    withParameters({ response_format: { type: 'text', schema: {} } }),
    withParameters({ response_format: { type: 'json_schema' } }, 'openai'),
    withParameters({ memory_settings: null }, 'atoma'),
    // Described once, for the connection.
    withModel({ parameters: { temperature: 3 } }),
  ];
  for (const [takesIt, sample, isRead] of [
    ...right.map((value) => [true, value, true] as const),
    ...wrong.map((value) => [false, value, false] as const),
    ...onlyWhenRead.map((value) => [true, value, false] as const),
  ]) {
    it(`${takesIt ? 'takes' : 'refuses'} ${JSON.stringify(sample)}`, () => {
      assert.equal(accepts(schema, sample), takesIt);
      const { problems } = parseConnections(sample);
      assert.equal(problems.length === 0, isRead, problems[0]?.message);
    });
  }

  it('describes every parameter that is known, and no other', () => {
    const described = entryProperties['parameters']?.properties ?? {};
    assert.deepEqual(
      Object.keys(described).toSorted(),
      [...new Set(connectionKinds.flatMap((known) => parameterNames(known)))].toSorted(),
    );
  });

  it('has a snippet for each kind, which the extension takes', () => {
    const snippets = schema.defaultSnippets ?? [];
    const filled = snippets.map(({ body }) => {
      const text = JSON.stringify(body).replace(/\$\{\d:([^}]*)\}/g, '$1');
      const sample: Readonly<Record<string, { readonly kind: string }>> = JSON.parse(text);
      assert.ok(accepts(schema, sample), text);
      assert.deepEqual(parseConnections(sample).problems, [], text);
      return Object.values(sample).map((one) => one.kind);
    });
    assert.deepEqual([...new Set(filled.flat())].toSorted(), connectionKinds.toSorted());
  });

  it('is what the README tells: an example that is right, and a row for each field', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const example = /```json\n"tachyon\.connections": (\{.*?\n\})\n```/s.exec(readme)?.[1] ?? '';
    const sample: unknown = JSON.parse(example);
    assert.ok(accepts(schema, sample));
    const { connections, problems } = parseConnections(sample);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      connections.map((connection) => connection.kind),
      connectionKinds,
    );
    for (const field of Object.keys(entryProperties))
      assert.match(readme, new RegExp(`^\\| \`${field}\` `, 'm'));
  });
});
