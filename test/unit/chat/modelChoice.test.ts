import assert from 'node:assert/strict';
import type { ModelInfo } from '../../../src/api/wire.ts';
import { defaultModel, isChatModel } from '../../../src/chat/defaultModel.ts';
import { chooseModel, type ModelCandidates, parseModelId } from '../../../src/chat/modelChoice.ts';

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

describe('defaultModel', () => {
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

describe('isChatModel', () => {
  it('keeps out embedding, speech, image and moderation models', () => {
    const out = list.filter((candidate) => !isChatModel(candidate)).map(({ id }) => id);
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
});

describe('chooseModel', () => {
  const connections: ModelCandidates['connections'] = [
    { name: 'tachyon', kind: 'tachyon', usable: false, models: list },
    { name: 'dev', kind: 'tachyon', usable: true, models: [model('openai/gpt-4.1', agent)] },
  ];
  const room = { connection: 'dev', model: 'room/model' };
  const choose = (more: Partial<ModelCandidates>) => {
    const choice = chooseModel({ connections, ...more });
    return choice && `${choice.reason} ${choice.connection} ${choice.model}`;
  };

  it('takes the picked Tachyon model before all else', () => {
    assert.equal(
      choose({ picked: { vendor: 'tachyon', id: 'dev/a/b' }, room, setting: 'dev/set' }),
      'picked dev a/b',
    );
  });

  it('takes neither a placeholder nor a model of a connection that is gone for a pick', () => {
    for (const id of ['tachyon/sign-in', 'dev/default', 'gone/x', 'nonsense', '']) {
      assert.equal(choose({ picked: { vendor: 'tachyon', id }, room }), 'room dev room/model');
    }
  });

  it("never takes another vendor's model, and says so", () => {
    const choice = chooseModel({
      connections,
      picked: { vendor: 'copilot', id: 'dev/gpt' },
      setting: 'dev/set',
    });
    assert.deepEqual(choice, { connection: 'dev', model: 'set', reason: 'setting', otherVendorPicked: true });
  });

  it('falls back from the room to the setting to the first usable connection', () => {
    assert.equal(choose({ room, setting: 'dev/set' }), 'room dev room/model');
    assert.equal(choose({ setting: 'dev/set' }), 'setting dev set');
    assert.equal(choose({ setting: 'tachyon' }), 'setting tachyon anthropic/claude-sonnet-4-5-20250929');
    assert.equal(choose({ setting: 'gone/x' }), 'default dev openai/gpt-4.1');
    assert.equal(choose({}), 'default dev openai/gpt-4.1');
    assert.equal(choose({ room: { connection: 'dev' } }), 'room dev openai/gpt-4.1');
    assert.equal(choose({ connections: [] }), undefined);
    assert.equal(
      choose({ connections: [{ name: 'a', kind: 'tachyon', usable: true }] }),
      'default a undefined',
    );
  });

  it('splits ids at the first slash', () => {
    assert.deepEqual(parseModelId('dev/openai/gpt-4.1'), { connection: 'dev', model: 'openai/gpt-4.1' });
    assert.deepEqual(parseModelId('dev/default'), { connection: 'dev' });
    assert.equal(parseModelId('/x'), undefined);
  });
});
