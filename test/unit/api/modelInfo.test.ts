import assert from 'node:assert/strict';
import { readModels } from '../../../src/api/modelInfo.ts';
import type { ModelInfo } from '../../../src/api/wire.ts';

describe('readModels', () => {
  it('keeps what the contract names', () => {
    const model = {
      id: 'anthropic/claude-sonnet-4',
      name: 'claude-sonnet-4',
      provider: 'anthropic',
      description: 'balanced',
      context_window: 200000,
      max_output_tokens: 16384,
      supported_features: ['streaming', 'vision'],
    };
    assert.deepEqual(readModels({ models: [{ ...model, extra: 1 }], total_count: 1 }), [model]);
  });

  it('takes lists without total_count and models with little', () => {
    const entries = [
      { id: 'a', context_window: null, supported_features: null },
      { id: 'b', name: 'B', context_window: 0 },
      {},
      null,
    ];
    const models = [
      { id: 'a', name: 'a', supported_features: [] },
      { id: 'b', name: 'B', supported_features: [] },
    ];
    for (const reply of [{ models: entries }, { data: entries }, { data: { models: entries } }, entries]) {
      assert.deepEqual(readModels(reply), models);
    }
  });

  it('refuses what is no list', () => {
    for (const reply of [undefined, null, {}, 'x', { models: {} }]) {
      assert.equal(readModels(reply), undefined);
    }
  });

  it('takes a description without its tail: lists are kept', () => {
    const [model] = readModels([{ id: 'a', description: 'x'.repeat(2000) }]) ?? [];
    assert.equal(model?.description?.length, 300);
  });
});

/** What each server tells of one model, and what is kept of it; `undefined`: it does not chat. */
const servers: Readonly<Record<string, readonly [entry: object, kept: Partial<ModelInfo> | undefined]>> = {
  OpenAI: [{ object: 'model', created: 1_754_587_413, owned_by: 'system' }, { created: 1_754_587_413 }],
  'LM Studio': [{ object: 'model', owned_by: 'organization_owner' }, {}],
  vLLM: [
    { created: 5, owned_by: 'vllm', root: 'a', max_model_len: 40_960 },
    { created: 5, context_window: 40_960 },
  ],
  'llama.cpp': [
    { created: 5, owned_by: 'llamacpp', meta: { vocab_type: 2, n_vocab: 32_000, n_ctx_train: 131_072 } },
    { created: 5, context_window: 131_072 },
  ],
  Groq: [
    { active: true, context_window: 131_072, max_completion_tokens: 32_768, public_apps: null },
    { context_window: 131_072, max_output_tokens: 32_768 },
  ],
  'Groq, retired': [{ active: false, context_window: 8192 }, undefined],
  Mistral: [
    {
      max_context_length: 131_072,
      capabilities: { completion_chat: true, completion_fim: false, function_calling: true, vision: true },
      description: 'Official model.',
    },
    {
      context_window: 131_072,
      description: 'Official model.',
      supported_features: ['chat', 'function_calling', 'vision'],
    },
  ],
  'Mistral, for completing code': [
    { capabilities: { completion_chat: false, completion_fim: true }, max_context_length: 32_768 },
    undefined,
  ],
  Together: [
    { type: 'chat', display_name: 'A', context_length: 131_072, pricing: { input: 1 } },
    { context_window: 131_072 },
  ],
  'Together, for pictures': [{ type: 'image', context_length: null }, undefined],
  OpenRouter: [
    {
      name: 'Acme: A',
      description: 'Good.',
      created: 7,
      context_length: 200_000,
      architecture: { input_modalities: ['text', 'image'], output_modalities: ['text'] },
      top_provider: { context_length: 100_000, max_completion_tokens: 64_000, is_moderated: false },
      supported_parameters: ['max_tokens', 'tools', 'tool_choice', 'reasoning'],
    },
    {
      name: 'Acme: A',
      description: 'Good.',
      created: 7,
      context_window: 200_000,
      max_output_tokens: 64_000,
      supported_features: ['chat', 'function_calling', 'vision', 'reasoning'],
    },
  ],
  'OpenRouter, without tools': [
    {
      architecture: { input_modalities: ['text'], output_modalities: ['text'] },
      top_provider: { max_completion_tokens: null },
      supported_parameters: ['max_tokens'],
    },
    { supported_features: ['chat'] },
  ],
  'OpenRouter, for pictures': [{ architecture: { output_modalities: ['image'] } }, undefined],
};

describe("readModels, in the shape of OpenAI's list", () => {
  for (const [server, [entry, kept]] of Object.entries(servers)) {
    it(`keeps what is told of a model: ${server}`, () => {
      const expected = kept === undefined ? [] : [{ id: 'a', name: 'a', supported_features: [], ...kept }];
      assert.deepEqual(readModels({ object: 'list', data: [{ id: 'a', ...entry }] }), expected);
      // Together gives the bare array.
      assert.deepEqual(readModels([{ id: 'a', ...entry }]), expected);
    });
  }

  it("prefers it to Ollama's, which llama.cpp gives beside it", () => {
    const reply = { models: [{ name: 'a.gguf', model: 'a.gguf' }], object: 'list', data: [{ id: 'a.gguf' }] };
    assert.deepEqual(readModels(reply), [{ id: 'a.gguf', name: 'a.gguf', supported_features: [] }]);
  });

  it('survives fields of any type', () => {
    const odd = ['x', -1, null, [], {}, true, [1, null]];
    const fields = [
      'name',
      'created',
      'context_length',
      'meta',
      'architecture',
      'top_provider',
      'capabilities',
      'supported_parameters',
      'type',
      'active',
    ];
    for (const value of odd) {
      const entry = Object.fromEntries(fields.map((field) => [field, value]));
      assert.equal(readModels([{ ...entry, id: 'a' }])?.[0]?.id, 'a');
    }
  });
});
