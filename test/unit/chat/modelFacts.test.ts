import assert from 'node:assert/strict';
import type { Connection, ConnectionKind, ModelSettings } from '../../../src/api/connection.ts';
import type { ModelInfo } from '../../../src/api/wire.ts';
import { modelFacts, withOwnModels } from '../../../src/chat/modelFacts.ts';

function connection(kind: ConnectionKind, models: Record<string, ModelSettings> = {}): Connection {
  return { name: 'a', kind, url: 'https://api.example.com', models };
}

function model(id: string, more: Partial<ModelInfo> = {}): ModelInfo {
  return { id, name: id, supported_features: [], ...more };
}

describe('modelFacts', () => {
  const server = model('m', {
    name: 'M',
    context_window: 100_000,
    max_output_tokens: 8000,
    supported_features: ['chat', 'vision'],
  });

  it('takes the server at its word', () => {
    assert.deepEqual(modelFacts(connection('openai-compatible'), server), {
      name: 'M',
      contextWindow: 100_000,
      maxOutputTokens: 8000,
      isEstimate: false,
      imageInput: true,
      toolCalling: false,
    });
  });

  it('takes the user at theirs before', () => {
    const own = {
      name: 'Mine',
      contextWindow: 16_000,
      maxOutputTokens: 12_000,
      imageInput: false,
      toolCalling: true,
    };
    assert.deepEqual(modelFacts(connection('openai-compatible', { m: own }), server), {
      ...own,
      // A prompt needs room.
      maxOutputTokens: 8000,
      isEstimate: false,
    });
    assert.equal(modelFacts(connection('atoma', { m: own }), model('n')).name, 'n');
  });

  it('assumes little where nobody tells, and says that it does', () => {
    assert.deepEqual(modelFacts(connection('openai-compatible'), model('team-model')), {
      name: 'team-model',
      contextWindow: 32_768,
      maxOutputTokens: 4096,
      isEstimate: true,
      imageInput: false,
      toolCalling: true,
    });
  });

  for (const [id, contextWindow, imageInput] of [
    ['gpt-3.5-turbo-0125', 16_385, false],
    ['gpt-4', 8192, false],
    ['gpt-4-0613', 8192, false],
    ['gpt-4-turbo-2024-04-09', 128_000, true],
    ['gpt-4-turbo-preview', 128_000, false],
    ['chatgpt-4o-latest', 128_000, true],
    ['ft:gpt-4o-mini-2024-07-18:acme::A', 128_000, true],
    ['gpt-4.1-mini', 1_047_576, true],
    ['gpt-5', 400_000, true],
    ['gpt-5.1-chat-latest', 128_000, true],
    ['gpt-5.1', 400_000, true],
    ['gpt-5.4-2026-03-05', 1_050_000, true],
    ['gpt-5.4-mini', 400_000, true],
    ['gpt-5.5', 1_050_000, true],
    ['gpt-5.6-luna', 400_000, true],
    ['o1-mini', 128_000, false],
    ['o3-mini-2025-01-31', 200_000, false],
    ['o3', 200_000, true],
    ['something-new', 32_768, true],
  ] as const) {
    it(`knows what OpenAI’s list does not tell: ${id}`, () => {
      const facts = modelFacts(connection('openai'), model(id));
      assert.deepEqual([facts.contextWindow, facts.imageInput], [contextWindow, imageInput]);
      assert.ok(facts.toolCalling && facts.isEstimate);
    });
  }

  it('expects the window of a well-known open model, but not of one in this machine’s memory', () => {
    const host = connection('openai-compatible');
    const home: Connection = { ...host, url: 'http://localhost:11434/v1' };
    for (const [id, contextWindow] of [
      ['meta-llama/Llama-3.3-70B-Instruct', 131_072],
      ['llama3:8b', 8192],
      ['Qwen/Qwen3-Coder-30B-A3B-Instruct', 262_144],
      ['qwen3:8b', 40_960],
      ['DeepSeek-R1-Distill-Llama-8B', 32_768],
      ['unheard-of', 32_768],
    ] as const) {
      const { isEstimate, ...facts } = modelFacts(host, model(id));
      assert.equal(facts.contextWindow, contextWindow, id);
      assert.ok(isEstimate);
      assert.equal(modelFacts(home, model(id)).contextWindow, 32_768, id);
    }
  });

  it('believes a name that says that the model sees', () => {
    const seeing = [
      'llava:7b',
      'qwen2.5vl:7b',
      'Qwen/Qwen2.5-VL-72B-Instruct',
      'gemma3:12b',
      'openai/gpt-4.1',
    ];
    const blind = ['gemma3:1b', 'qwen3:8b', 'llama3.3:70b', 'deepseek-ai/DeepSeek-V3-0324', 'devl-1'];
    for (const id of [...seeing, ...blind]) {
      assert.equal(modelFacts(connection('atoma'), model(id)).imageInput, seeing.includes(id), id);
    }
  });
});

describe('withOwnModels', () => {
  it('adds the models that only the settings describe', () => {
    const models = {
      m: { name: 'M' },
      deployed: { toolCalling: true },
      dropped: { parameters: { n: null } },
    };
    const listed = [model('m')];
    assert.deepEqual(withOwnModels(connection('openai-compatible', models), listed), [
      model('m'),
      model('deployed'),
    ]);
    assert.equal(withOwnModels(connection('openai-compatible'), listed), listed);
  });
});
