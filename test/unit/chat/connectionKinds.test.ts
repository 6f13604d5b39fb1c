import assert from 'node:assert/strict';
import { parseConnections } from '../../../src/chat/connectionSettings.ts';

const url = 'https://api.example.com';

function urlOf(entry: object): string | undefined {
  return parseConnections({ tachyon: null, dev: entry }).connections[0]?.url;
}

describe('the kinds of connections', () => {
  it('knows the URLs of three kinds, and takes off what belongs to the path of each', () => {
    assert.equal(urlOf({ kind: 'tachyon' }), 'https://api.n1.tachy.one');
    assert.equal(urlOf({ kind: 'openai' }), 'https://api.openai.com/v1');
    assert.equal(urlOf({ kind: 'atoma' }), 'https://api.atoma.network');
    for (const kind of ['openai', 'openai-compatible']) {
      assert.equal(urlOf({ kind, url: `${url}/v1/chat/completions` }), `${url}/v1`);
    }
    assert.equal(urlOf({ kind: 'atoma', url: `${url}/v1` }), url);
  });

  it('takes the fields that other kinds have', () => {
    const entry = {
      kind: 'openai-compatible',
      url,
      auth: { header: 'api-key' },
      retry: { strategy: 'backoff', backoff: { initialInterval: 1 }, retryCodes: ['5XX'] },
      parameters: { top_k: 40, temperature: null },
      models: { 'a/b': { contextWindow: 8192, price: { input: 1, output: 2 } } },
    };
    assert.deepEqual(parseConnections({ tachyon: null, dev: entry }), {
      connections: [{ ...entry, name: 'dev' }],
      problems: [],
    });
  });

  const faults: [string, unknown, RegExp][] = [
    [
      'an operator where there are none',
      { kind: 'openai', operatorId: 'tn_1' },
      /“operatorId”, but connections of the kind “openai” have no operators; remove it/,
    ],
    [
      'a range of another kind',
      { kind: 'tachyon', url, parameters: { n: 11 } },
      /“n” must be a whole number from 1 to 10/,
    ],
    [
      'an odd header for the key',
      { kind: 'openai', auth: { header: 'a\r\nhidden' } },
      /“auth” of connection “dev” must be “bearer”, “none” or an object like/,
    ],
    [
      'an unknown strategy',
      { kind: 'openai', retry: { strategy: 'hidden' } },
      /“retry” of connection “dev” must be an object whose “strategy” is “none” or “backoff”/,
    ],
    [
      'an odd status',
      { kind: 'openai', retry: { strategy: 'backoff', retryCodes: ['hidden'] } },
      /“retry\.retryCodes” of connection “dev” must be a list of statuses such as "429"/,
    ],
    [
      'an odd wait',
      { kind: 'openai', retry: { strategy: 'backoff', backoff: { initialInterval: 'hidden' } } },
      /“retry\.backoff”.*milliseconds/,
    ],
    [
      'an unknown field of a model',
      { kind: 'openai', models: { 'gpt-5': { temperature: 1 } } },
      /Connection “dev”, model “gpt-5”: The field “temperature” is unknown; remove it or use one of: name/,
    ],
    [
      'a parameter of a model out of range',
      { kind: 'atoma', models: { 'a/b': { parameters: { top_p: 2 } } } },
      /model “a\/b”: Parameter “top_p” must be a number from 0 to 1/,
    ],
    [
      'a price without an output',
      { kind: 'atoma', models: { m: { price: { input: 1 } } } },
      /model “m”: “price” must be an object like/,
    ],
  ];
  for (const [what, entry, message] of faults) {
    it(`refuses ${what}`, () => {
      const { connections, problems } = parseConnections({ tachyon: null, dev: entry });
      assert.deepEqual(connections, []);
      assert.match(problems.map((problem) => problem.message).join('\n'), message);
      assert.doesNotMatch(JSON.stringify(problems), /hidden/);
    });
  }
});
