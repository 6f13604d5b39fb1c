import assert from 'node:assert/strict';
import type { ConnectionKind } from '../../../src/api/connection.ts';
import type { ModelInfo } from '../../../src/api/wire.ts';
import { defaultModel, isChatModel } from '../../../src/chat/defaultModel.ts';
import { listed, openaiList } from './support/modelLists.ts';

const chat = ['streaming', 'function_calling', 'vision', 'system_prompt', 'multi_turn'];
function model(id: string, features: string[] = chat, context = 200_000, output = 8_192): ModelInfo {
  return {
    id,
    name: id.split('/')[1] ?? id,
    supported_features: features,
    context_window: context,
    max_output_tokens: output,
  };
}

const agent = [...chat, 'agent'];
/** As the platform lists them: by provider, with models that do not chat among them. */
const list = [
  model('anthropic/claude-3-haiku-20240307'),
  model('anthropic/claude-haiku-4-5-20251001', agent),
  model('anthropic/claude-opus-4-1-20250805', agent, 200_000, 32_000),
  model('anthropic/claude-sonnet-4-20250514', agent, 200_000, 16_384),
  model('anthropic/claude-sonnet-4-5-20250929', agent, 200_000, 64_000),
  model('bedrock/amazon-titan-embed-v2', ['embedding'], 8_192),
  model('google_ai/gemini-2.5-flash', chat, 1_048_576, 65_536),
  model('google_ai/gemini-2.5-flash-image', chat, 32_000),
  model('google_ai/gemini-2.5-pro', agent, 1_048_576, 65_536),
  model('openai/dall-e-3', []),
  model('openai/gpt-4.1', agent, 1_047_576, 32_768),
  model('openai/gpt-4.1-mini', chat, 1_047_576, 32_768),
  model('openai/gpt-4o-mini-tts', ['audio']),
  model('openai/omni-moderation-latest', []),
  model('openai/text-embedding-3-large', ['embedding']),
  model('openai/whisper-1', ['audio']),
];

describe('the default model of Tachyon', () => {
  it("takes the newest Claude Sonnet, as Tachyon's own page does, in any order", () => {
    for (const models of [list, list.toReversed()]) {
      assert.equal(defaultModel('tachyon', models)?.id, 'anthropic/claude-sonnet-4-5-20250929');
    }
  });

  it('takes an agent model of the middle price range elsewhere, never by alphabet', () => {
    const others = list.filter(({ id }) => !id.includes('sonnet'));
    for (const models of [others, others.toReversed()]) {
      assert.equal(defaultModel('tachyon', models)?.id, 'google_ai/gemini-2.5-pro');
    }
    const small = [
      model('a/aaa-embed', ['embedding']),
      model('b/tts-1', ['audio']),
      model('x/gemma-2-9b', []),
      model('y/gpt-5', chat),
    ];
    assert.equal(defaultModel('tachyon', small)?.id, 'y/gpt-5');
  });

  it('prefers a settled model to a preview', () => {
    const models = [
      model('anthropic/claude-sonnet-5-preview', agent),
      model('anthropic/claude-sonnet-4-5', agent),
    ];
    assert.equal(defaultModel('tachyon', models)?.id, 'anthropic/claude-sonnet-4-5');
  });

  it('has none where no model chats', () => {
    assert.equal(defaultModel('tachyon', []), undefined);
    assert.equal(defaultModel('tachyon', [model('openai/text-embedding-3-small', ['embedding'])]), undefined);
  });
});

/** The first wins; then each is taken off the list, and the next must win. */
const orders: Readonly<Record<string, readonly [ConnectionKind, readonly ModelInfo[], readonly string[]]>> = {
  "OpenAI's list": [
    'openai',
    openaiList,
    ['gpt-5.1', 'gpt-5.1-2025-11-13', 'gpt-5', 'gpt-5-2025-08-07', 'gpt-4.1'],
  ],
  'an account with old models': [
    'openai',
    listed('gpt-3.5-turbo', 'gpt-4', 'gpt-4-0613', 'gpt-4o-mini', 'o3', 'text-embedding-3-large'),
    ['gpt-4o-mini'],
  ],
  'an account with reasoning models alone': ['openai', listed('o1-pro', 'o3-mini', 'o3'), ['o3', 'o3-mini']],
  'models of one’s own': [
    'openai',
    listed('ft:gpt-4.1:acme::A', 'gpt-4.1-nano', 'tts-1'),
    ['gpt-4.1-nano', 'ft:gpt-4.1:acme::A'],
  ],
  'a proxy with names of its own': ['openai', listed('embed', 'team-model'), ['team-model']],
  Ollama: [
    'openai-compatible',
    listed(
      'all-minilm:latest',
      'codellama:7b-code',
      'deepseek-r1:8b',
      'gemma3:4b',
      'llama3.1:8b',
      'llama3.2:1b',
      'llava:7b',
      'mxbai-embed-large:latest',
      'nomic-embed-text:latest',
      'qwen2.5-coder:1.5b-base',
      'qwen2.5:7b',
      'qwen3:8b',
    ),
    ['qwen3:8b', 'qwen2.5:7b', 'llama3.1:8b', 'gemma3:4b'],
  ],
  'LM Studio': [
    'openai-compatible',
    listed('text-embedding-nomic-embed-text-v1.5', 'gemma-3-12b-it', 'openai/gpt-oss-20b', 'qwen2.5-0.5b'),
    ['openai/gpt-oss-20b', 'gemma-3-12b-it', 'qwen2.5-0.5b'],
  ],
  Groq: [
    'openai-compatible',
    listed(
      'canopylabs/orpheus-v1-english',
      'llama-3.1-8b-instant',
      'llama-3.3-70b-versatile',
      'meta-llama/llama-guard-4-12b',
      'openai/gpt-oss-120b',
      'openai/gpt-oss-safeguard-20b',
      'playai-tts',
      'whisper-large-v3-turbo',
    ),
    ['llama-3.3-70b-versatile', 'openai/gpt-oss-120b', 'llama-3.1-8b-instant'],
  ],
  OpenRouter: [
    'openai-compatible',
    listed(
      'ai21/jamba-large-1.7',
      'anthropic/claude-3-haiku',
      'anthropic/claude-opus-4.1',
      'anthropic/claude-sonnet-4',
      'anthropic/claude-sonnet-4.5',
      'deepseek/deepseek-chat-v3.1',
      'deepseek/deepseek-r1',
      'google/gemini-2.5-flash-image',
      'openai/gpt-4.1',
      'openai/gpt-5-mini',
      'qwen/qwen3-235b-a22b',
    ),
    ['anthropic/claude-sonnet-4.5', 'anthropic/claude-sonnet-4', 'openai/gpt-4.1'],
  ],
  Atoma: [
    'atoma',
    listed(
      'black-forest-labs/FLUX.1-schnell',
      'deepseek-ai/DeepSeek-R1',
      'deepseek-ai/DeepSeek-V3-0324',
      'Infermatic/Llama-3.3-70B-Instruct-FP8-Dynamic',
      'infly/inf-retriever-v1',
      'intfloat/multilingual-e5-large-instruct',
      'meta-llama/Llama-3.2-1B-Instruct',
      'meta-llama/Llama-3.3-70B-Instruct',
      'Qwen/QwQ-32B',
    ),
    ['deepseek-ai/DeepSeek-V3-0324'],
  ],
};

describe('the default model of the other kinds', () => {
  for (const [name, [kind, models, expected]] of Object.entries(orders)) {
    it(`is the one people expect, in any order: ${name}`, () => {
      for (const [place, id] of expected.entries()) {
        const rest = models.filter((entry) => !expected.slice(0, place).includes(entry.id));
        assert.equal(defaultModel(kind, rest)?.id, id);
        assert.equal(defaultModel(kind, rest.toReversed())?.id, id);
      }
    });
  }

  it('can call tools if the server tells which can, and is the newer of two alike', () => {
    const told = listed('qwen3:8b', 'llama3.1:8b').map((entry, index) => ({
      ...entry,
      supported_features: index === 0 ? ['chat'] : ['chat', 'function_calling'],
    }));
    assert.equal(defaultModel('openai-compatible', told)?.id, 'llama3.1:8b');
    const alike = listed('acme/one', 'acme/two').map((entry, index) => ({ ...entry, created: index }));
    assert.equal(defaultModel('atoma', alike)?.id, 'acme/two');
  });
});

describe('isChatModel', () => {
  it('keeps out embedding, speech, image and moderation models', () => {
    const out = list.filter((candidate) => !isChatModel('tachyon', candidate)).map(({ id }) => id);
    assert.deepEqual(out, [
      'bedrock/amazon-titan-embed-v2',
      'google_ai/gemini-2.5-flash-image',
      'openai/dall-e-3',
      'openai/gpt-4o-mini-tts',
      'openai/omni-moderation-latest',
      'openai/text-embedding-3-large',
      'openai/whisper-1',
    ]);
  });

  it('keeps out what OpenAI answers through another API', () => {
    const out = openaiList.filter((candidate) => !isChatModel('openai', candidate)).map(({ id }) => id);
    assert.deepEqual(out.toSorted(), [
      'babbage-002',
      'chatgpt-image-latest',
      'codex-mini-latest',
      'computer-use-preview',
      'dall-e-3',
      'davinci-002',
      'gpt-3.5-turbo-instruct',
      'gpt-3.5-turbo-instruct-0914',
      'gpt-4o-audio-preview',
      'gpt-4o-mini-tts',
      'gpt-4o-realtime-preview-2024-10-01',
      'gpt-4o-transcribe',
      'gpt-5-codex',
      'gpt-5-pro',
      'gpt-5.1-codex-mini',
      'gpt-audio',
      'gpt-image-1',
      'gpt-realtime',
      'o1-pro',
      'o4-mini-deep-research',
      'omni-moderation-latest',
      'sora-2',
      'text-embedding-3-small',
      'text-embedding-ada-002',
      'tts-1-hd',
      'whisper-1',
    ]);
    // Elsewhere such names are models like any other.
    const [instruct] = listed('meta-llama/Llama-3.3-70B-Instruct');
    assert.ok(instruct && isChatModel('atoma', instruct));
  });
});
