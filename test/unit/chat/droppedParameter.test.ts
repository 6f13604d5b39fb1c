import assert from 'node:assert/strict';
import { buildRequest } from '../../../src/api/buildRequest.ts';
import { dialectOf } from '../../../src/api/dialects.ts';
import { parseConnections } from '../../../src/chat/connectionSettings.ts';
import { isParameterSet, withoutParameter } from '../../../src/chat/droppedParameter.ts';

const entry = {
  kind: 'openai',
  headers: { 'x-a': 'b' },
  parameters: { temperature: 0.2, top_p: 0.5 },
  models: { other: { name: 'Other' }, 'o3/x': { price: { input: 1, output: 2 }, parameters: { n: 2 } } },
};

describe('isParameterSet', () => {
  const kind = 'openai-compatible';
  const models = { m: { parameters: { top_k: 1, top_p: null } } };
  const cases: [string, string, boolean][] = [
    ['m', 'temperature', true],
    ['other', 'temperature', true],
    ['m', 'top_p', false],
    ['other', 'top_p', true],
    ['m', 'max_tokens', false],
    ['m', 'stream_options', true],
    ['m', 'constructor', false],
  ];
  for (const [model, parameter, expected] of cases) {
    it(`says ${expected} for ${parameter} of ${model}`, () => {
      const connection = { kind, parameters: { temperature: 0, top_p: 1 }, models } as const;
      assert.equal(isParameterSet(connection, model, parameter), expected);
    });
  }

  it('knows that Tachyon is sent no stream_options', () => {
    assert.equal(isParameterSet({ kind: 'tachyon' }, undefined, 'stream_options'), false);
  });
});

describe('withoutParameter', () => {
  it('adds a null for one model, or for the connection, and keeps the rest', () => {
    assert.deepEqual(withoutParameter(entry, 'o3/x', 'temperature'), {
      ...entry,
      models: {
        other: { name: 'Other' },
        'o3/x': { price: { input: 1, output: 2 }, parameters: { n: 2, temperature: null } },
      },
    });
    assert.deepEqual(withoutParameter(entry, undefined, 'temperature'), {
      ...entry,
      parameters: { temperature: null, top_p: 0.5 },
    });
  });

  it('makes an entry where there is none, and takes no other shape for one', () => {
    const made = { models: { m: { parameters: { stream_options: null } } } };
    for (const none of [undefined, null, 'x', [], { models: 'x' }, { models: { m: 5 } }]) {
      assert.deepEqual(withoutParameter(none, 'm', 'stream_options'), made);
    }
    assert.deepEqual(Object.keys(withoutParameter({}, '__proto__', 'n')['models'] ?? {}), ['__proto__']);
  });

  it('writes what the settings allow and what keeps the field out of the request', () => {
    const raw = { tachyon: null, openai: withoutParameter(entry, 'gpt-5', 'temperature') };
    const { connections, problems } = parseConnections(raw);
    assert.deepEqual(problems, []);
    const [connection] = connections;
    assert.ok(connection);
    const sent = (model: string) => buildRequest(dialectOf('openai'), { messages: [], model }, connection);
    assert.deepEqual(sent('gpt-5'), { messages: [], model: 'gpt-5', top_p: 0.5 });
    assert.equal(sent('gpt-4.1')['temperature'], 0.2);
  });
});
