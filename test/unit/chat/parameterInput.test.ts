import assert from 'node:assert/strict';
import { connectionKinds } from '../../../src/api/connection.ts';
import { untranslated } from '../../../src/chat/l10n.ts';
import {
  parameterChoices,
  parametersText,
  parameterText,
  readParameter,
  withParameter,
} from '../../../src/chat/parameterInput.ts';
import { parameterNames } from '../../../src/chat/samplingFields.ts';

describe('a typed parameter', () => {
  for (const [name, typed, value] of [
    ['temperature', ' 0.2 ', 0.2],
    ['temperature', 'null', null],
    ['reasoning_effort', 'low', 'low'],
    ['reasoning_effort', '"3"', '3'],
    ['stop', '["a","b"]', ['a', 'b']],
    ['logprobs', 'true', true],
    ['temperature', '', undefined],
  ] as const) {
    it(`${name}: ${JSON.stringify(typed)} is ${JSON.stringify(value)}`, () => {
      assert.deepEqual(readParameter('openai', name, typed, untranslated), { value, problem: undefined });
      assert.deepEqual(readParameter('openai', name, parameterText(value), untranslated).value, value);
    });
  }

  for (const [name, typed] of [
    ['temperature', '3'],
    ['temperature', 'warm'],
    ['max_tokens', '1.5'],
    ['logprobs', 'yes'],
    ['messages', '[]'],
    ['top_k', '5'],
  ] as const) {
    it(`refuses ${name}: ${typed}`, () => {
      assert.match(readParameter('openai', name, typed, untranslated).problem ?? '', new RegExp(`“${name}”`));
    });
  }

  it('takes any name where the server does', () => {
    assert.equal(readParameter('openai-compatible', 'top_k', '5', untranslated).problem, undefined);
    assert.ok(readParameter('openai-compatible', 'messages', '[]', untranslated).problem);
  });
});

describe('parameterChoices', () => {
  it('holds every parameter of a kind once, the usual ones first', () => {
    for (const kind of connectionKinds) {
      const choices = parameterChoices(kind);
      assert.equal(choices[0], 'temperature');
      assert.deepEqual(choices.toSorted(), [...parameterNames(kind)].toSorted());
    }
  });
});

describe('withParameter', () => {
  it('sets, changes and takes away one, and leaves nothing where none is left', () => {
    assert.deepEqual(withParameter(undefined, 'n', 2), { n: 2 });
    assert.deepEqual(withParameter({ n: 2, seed: 1 }, 'n', null), { seed: 1, n: null });
    assert.deepEqual(withParameter({ n: 2, seed: 1 }, 'n', undefined), { seed: 1 });
    assert.equal(withParameter({ n: 2 }, 'n', undefined), undefined);
    assert.equal(withParameter('odd', 'n', undefined), undefined);
  });
});

describe('parametersText', () => {
  it('names each parameter with its value, cleaned and short', () => {
    assert.equal(parametersText({}, untranslated), '');
    assert.equal(
      parametersText({ temperature: 0.2, seed: null, stop: ['a'] }, untranslated),
      'temperature 0.2 · without seed · stop ["a"]',
    );
    const hostile = parametersText({ [`a\n\u202e${'b'.repeat(500)}`]: 'c'.repeat(500) }, untranslated);
    assert.doesNotMatch(hostile, /[\n\u202e]/);
    assert.ok(hostile.length < 100);
  });
});
