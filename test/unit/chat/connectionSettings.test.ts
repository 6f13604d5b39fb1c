import assert from 'node:assert/strict';
import { parseConnections } from '../../../src/chat/connectionSettings.ts';

const url = 'https://api.example.com';
const builtIn = { name: 'tachyon', kind: 'tachyon', url: 'https://api.n1.tachy.one' };

describe('parseConnections', () => {
  it('has Tachyon built in, changes it, hides it', () => {
    for (const raw of [undefined, null, {}])
      assert.deepEqual(parseConnections(raw), { connections: [builtIn], problems: [] });
    assert.deepEqual(parseConnections({ tachyon: { operatorId: 'tn_1' } }).connections, [
      { ...builtIn, operatorId: 'tn_1' },
    ]);
    assert.deepEqual(parseConnections({ tachyon: null }), { connections: [], problems: [] });
  });

  it('takes every field, and a URL that ends in /v1 or slashes', () => {
    const entry = {
      kind: 'tachyon',
      url: `${url}/v1/`,
      operatorId: 'tn_1',
      headers: { 'x-user-id': 'us_1' },
      stream: false,
      timeouts: { headers: 1000, silence: 0 },
      parameters: {
        temperature: 0,
        top_p: 1,
        n: 1,
        max_completion_tokens: 100,
        presence_penalty: -2,
        frequency_penalty: 2,
        response_format: { type: 'text' },
        user: 'me',
        communication_style: 'brief',
        explanation_style: 'x',
        technical_level: 'y',
        memory_settings: { extract_memory: true, max_memories: 5, min_relevance_score: 0.7 },
        web_search: { query: 'q', max_results: 3 },
      },
      allowHttp: true,
    };
    assert.deepEqual(parseConnections({ tachyon: null, 'my.dev-1_x': entry }), {
      connections: [{ ...entry, name: 'my.dev-1_x', url }],
      problems: [],
    });
  });

  const faults: [string, string, unknown, RegExp][] = [
    [
      'a bad name',
      'My/Dev',
      { kind: 'tachyon', url },
      /name “My\/Dev” is not possible: use up to 32 small letters/,
    ],
    ['a long name', 'a'.repeat(33), { kind: 'tachyon', url }, /is not possible/],
    ['no object', 'dev', 'https://x', /must be an object/],
    ['an unknown kind', 'dev', { kind: 'atom', url }, /“kind” of connection “dev” must be one of: tachyon/],
    ['a missing kind', 'dev', { url }, /“kind”/],
    [
      'a missing URL of a kind that has none of its own',
      'dev',
      { kind: 'openai-compatible' },
      /“url” of connection “dev” must be the URL/,
    ],
    [
      'an unparsable URL',
      'dev',
      { kind: 'tachyon', url: 'api example' },
      /URL of connection “dev” cannot be used/,
    ],
    [
      'another scheme',
      'dev',
      { kind: 'tachyon', url: 'ftp://x.example' },
      /URL of connection “dev” cannot be used/,
    ],
    [
      'an unknown field',
      'dev',
      { kind: 'tachyon', url, apiKey: 'hidden' },
      /unknown field “apiKey”; remove it/,
    ],
    [
      'a credential header',
      'dev',
      { kind: 'tachyon', url, headers: { 'X-Api-Key': 'hidden' } },
      /“X-Api-Key” looks like a credential.*Sign In/,
    ],
    [
      'a line break in a header',
      'dev',
      { kind: 'tachyon', url, headers: { 'x-a': 'hidden\r\nx: y' } },
      /value of header “x-a” must be a text of one line/,
    ],
    [
      'a bad header name',
      'dev',
      { kind: 'tachyon', url, headers: { 'x a': 'hidden' } },
      /not the name of an HTTP header/,
    ],
    [
      'a header that is a number',
      'dev',
      { kind: 'tachyon', url, headers: { 'x-a': 1 } },
      /header “x-a” must be a text/,
    ],
    ['headers that are a list', 'dev', { kind: 'tachyon', url, headers: [] }, /“headers”.*must be an object/],
    [
      'bad timeouts',
      'dev',
      { kind: 'tachyon', url, timeouts: { headers: '5s' } },
      /“timeouts”.*milliseconds/,
    ],
    ['an unknown timeout', 'dev', { kind: 'tachyon', url, timeouts: { total: 5 } }, /“timeouts”/],
    ['a bad stream', 'dev', { kind: 'tachyon', url, stream: 'yes' }, /“stream”.*must be true or false/],
    ['a bad operator', 'dev', { kind: 'tachyon', url, operatorId: 'tn_1\n' }, /“operatorId”/],
    [
      'an unknown parameter',
      'dev',
      { kind: 'tachyon', url, parameters: { seed: 5 } },
      /Parameter “seed” is not one that connections of the kind “tachyon” have/,
    ],
    [
      'a parameter out of range',
      'dev',
      { kind: 'tachyon', url, parameters: { temperature: 3 } },
      /“temperature” must be a number from 0 to 2/,
    ],
    [
      'a fractional n',
      'dev',
      { kind: 'tachyon', url, parameters: { n: 1.5 } },
      /“n” must be a whole number from 1 to 10/,
    ],
    [
      'a half memory setting',
      'dev',
      { kind: 'tachyon', url, parameters: { memory_settings: { max_memories: 3 } } },
      /“memory_settings” must be an object like/,
    ],
    [
      'messages as parameter',
      'dev',
      { kind: 'tachyon', url, parameters: { messages: [] } },
      /“messages” is not one/,
    ],
  ];
  for (const [what, name, entry, message] of faults) {
    it(`refuses ${what} and keeps the others`, () => {
      const parsed = parseConnections({ [name]: entry, good: { kind: 'tachyon', url } });
      assert.deepEqual(
        parsed.connections.map((connection) => connection.name),
        ['tachyon', 'good'],
      );
      assert.ok(parsed.problems.length > 0);
      assert.match(parsed.problems.map((problem) => problem.message).join('\n'), message);
      assert.doesNotMatch(JSON.stringify(parsed.problems), /hidden/);
    });
  }

  for (const header of [
    'Authorization',
    'proxy-authorization',
    'Cookie',
    'apikey',
    'x-auth-token',
    'client-secret',
  ]) {
    it(`takes ${header} for a credential`, () => {
      const parsed = parseConnections({ dev: { kind: 'tachyon', url, headers: { [header]: 'hidden' } } });
      assert.equal(parsed.problems.length, 1);
      assert.equal(parsed.connections.length, 1);
    });
  }

  it('never repeats the user info of a URL', () => {
    const { problems } = parseConnections({
      dev: { kind: 'tachyon', url: 'https://me:hidden@api.example.com' },
    });
    assert.equal(problems.length, 1);
    assert.doesNotMatch(JSON.stringify(problems), /hidden|me:/);
  });

  it('says what is wrong with a URL in the language of the person', () => {
    const japanese = {
      t: (message: string, ...args: (string | number)[]) => `訳: ${[message, ...args].join(' | ')}`,
    };
    const { problems } = parseConnections({ dev: { kind: 'tachyon', url: `${url}/?a=b` } }, japanese);
    assert.match(problems[0]?.message ?? '', /^訳: .* \| dev \| 訳: The URL has a query; /);
  });

  it('does not fall back to the built-in URL when its entry has a fault', () => {
    assert.deepEqual(parseConnections({ tachyon: { url: 'nonsense' } }).connections, []);
  });

  it('does not need an operator, and says what the setting must be', () => {
    assert.deepEqual(parseConnections({ dev: { kind: 'tachyon', url } }).problems, []);
    assert.match(parseConnections([]).problems[0]?.message ?? '', /must be an object/);
  });
});
