import assert from 'node:assert/strict';
import type { ModelInfo } from '../../../src/api/wire.ts';
import { chooseModel, type ModelCandidates, parseModelId } from '../../../src/chat/modelChoice.ts';

function model(id: string): ModelInfo {
  return { id, name: id, supported_features: ['function_calling', 'agent'] };
}

const list = [model('anthropic/claude-3-haiku'), model('anthropic/claude-sonnet-4-5-20250929')];

describe('chooseModel', () => {
  const connections: ModelCandidates['connections'] = [
    { name: 'tachyon', kind: 'tachyon', usable: false, models: list },
    { name: 'dev', kind: 'tachyon', usable: true, models: [model('openai/gpt-4.1')] },
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

  it('takes the default of a connection that is not the first for a pick of that connection', () => {
    const own = { name: 'own', kind: 'openai-compatible', usable: true, models: [model('demo')] } as const;
    const picked = { vendor: 'tachyon', id: 'own/default' };
    const three = { connections: [...connections, own], picked };
    assert.equal(choose({ ...three, room, setting: 'dev/set' }), 'picked own demo');
    assert.equal(choose({ ...three, room: { connection: 'own', model: 'm' } }), 'picked own m');
    assert.equal(choose({ ...three, setting: 'own/set' }), 'picked own set');
    assert.equal(
      choose({ ...three, picked: { vendor: 'tachyon', id: 'tachyon/sign-in' }, room }),
      'room dev room/model',
    );
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
