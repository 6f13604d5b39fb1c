import assert from 'node:assert/strict';
import { ApiError } from '../../../src/api/apiError.ts';
import { type LocalServer, modelStates, readLocalServer, readStates } from '../../../src/chat/localServer.ts';

function list(...data: readonly object[]): object {
  return { object: 'list', data };
}

function owned(id: string, owner: string, more: object = {}): object {
  return { id, object: 'model', owned_by: owner, ...more };
}

const loading = {
  code: '503',
  status: 503,
  providerMessage: 'Loading model',
};

describe('readLocalServer', () => {
  const replies: readonly (readonly [string, number, unknown, LocalServer['state'], string | undefined])[] = [
    ['Ollama by its library', 11_434, list(owned('qwen3:8b', 'library')), 'ready', 'ollama'],
    ['Ollama on another’s port', 1234, list(owned('qwen3:8b', 'library')), 'ready', 'ollama'],
    ['Ollama without a model', 11_434, { object: 'list', data: null }, 'ready', 'ollama'],
    ['LM Studio', 1234, list(owned('qwen/qwen3-8b', 'organization_owner')), 'ready', 'lmStudio'],
    ['LM Studio without a model', 1234, list(), 'ready', 'lmStudio'],
    ['llama.cpp', 8080, list(owned('a.gguf', 'llamacpp', { meta: { n_ctx: 8192 } })), 'ready', 'llamaCpp'],
    ['llama.cpp that loads', 8080, list(owned('a.gguf', 'llamacpp', { meta: null })), 'loading', 'llamaCpp'],
    ['vLLM on llama.cpp’s port', 8080, list(owned('Qwen/Qwen3-8B', 'vllm')), 'ready', 'vllm'],
    ['a stranger on Ollama’s port', 11_434, list(owned('m', 'someone')), 'ready', undefined],
    ['an owner of a prototype’s name', 8080, list(owned('m', 'constructor')), 'ready', undefined],
    ['something else’s JSON', 8080, { hello: 'world' }, 'other', undefined],
    ['a bare list', 8000, 'models', 'other', undefined],
  ];
  for (const [what, port, reply, state, id] of replies) {
    it(`recognises ${what}`, () => {
      const server = readLocalServer(port, { reply });
      assert.equal(server.state, state);
      assert.equal('id' in server ? server.id : undefined, id);
    });
  }

  const errors: readonly (readonly [string, unknown, LocalServer['state']])[] = [
    ['nothing that listens', new ApiError('network', 'x', { code: 'ECONNREFUSED' }), 'absent'],
    ['a port that stays silent', new ApiError('timeout', 'x', { limit: 'headers' }), 'other'],
    ['a web page', new ApiError('malformedReply', 'x', { status: 200 }), 'other'],
    ['a missing page', new ApiError('notFound', 'x', { status: 404 }), 'other'],
    ['a key that is wanted', new ApiError('unauthorized', 'x', { status: 401 }), 'needsKey'],
    ['llama.cpp that loads, of an older version', new ApiError('server', 'x', loading), 'loading'],
    ['a busy server', new ApiError('server', 'x', { status: 503, providerMessage: 'Busy' }), 'other'],
    ['a fault of ours', new TypeError('x'), 'other'],
  ];
  for (const [what, error, state] of errors) {
    it(`recognises ${what}`, () => assert.equal(readLocalServer(8080, { error }).state, state));
  }
});

describe('the states of local models', () => {
  it('are read from the lists of llama.cpp and LM Studio', () => {
    const reply = list(
      owned('ready', 'llamacpp', { meta: {} }),
      owned('coming', 'llamacpp', { meta: null }),
      owned('routed', 'llamacpp', { status: { value: 'loading' } }),
      owned('asleep', 'llamacpp', { status: { value: 'sleeping' } }),
      { id: 'studio', state: 'not-loaded', type: 'llm' },
      { id: 'studio-2', state: 'loaded', type: 'llm' },
      owned('unsaid', 'vllm'),
      { state: 'loaded' },
    );
    assert.deepEqual(Object.fromEntries(readStates(reply)), {
      ready: 'loaded',
      coming: 'loading',
      routed: 'loading',
      asleep: 'notLoaded',
      studio: 'notLoaded',
      'studio-2': 'loaded',
    });
  });

  it('are those of Ollama’s running models, and no others are loaded', () => {
    const models = ['qwen3:8b', 'llama3.2:3b'].map((id) => ({ id, name: id, supported_features: [] }));
    const running = { models: [{ name: 'qwen3:8b', model: 'qwen3:8b', expires_at: '2026-11-21T12:00:00Z' }] };
    assert.deepEqual(Object.fromEntries(modelStates('ollama', models, running)), {
      'qwen3:8b': 'loaded',
      'llama3.2:3b': 'notLoaded',
    });
    assert.equal(modelStates('ollama', models, undefined).size, 0, 'no answer tells nothing');
  });

  it('are unknown for whatever else comes', () => {
    for (const reply of [null, 'x', [], { data: 1 }, { models: [null, 'x', { id: 5, state: 'loaded' }] }]) {
      assert.equal(readStates(reply).size, 0);
    }
  });
});
