import assert from 'node:assert/strict';
import type { Connection } from '../../../src/api/connection.ts';
import type { ModelInfo } from '../../../src/api/wire.ts';
import { parseConnections } from '../../../src/chat/connectionSettings.ts';
import { isShown, withOwnModels } from '../../../src/chat/modelFacts.ts';
import { withShownModels } from '../../../src/chat/shownModels.ts';

const ids = ['gpt-4o', 'gpt-5', 'whisper-1', 'text-embedding-3-small'];
const listed: readonly ModelInfo[] = ids.map((id) => ({ id, name: id, supported_features: [] }));

function connectionWith(models: unknown): Connection {
  const { connections, problems } = parseConnections({ tachyon: null, a: { kind: 'openai', models } });
  assert.deepEqual(problems, []);
  const [connection] = connections;
  assert.ok(connection);
  return connection;
}

function shownOf(connection: Connection): string[] {
  return listed.filter((model) => isShown(connection, model)).map(({ id }) => id);
}

describe('withShownModels', () => {
  const cases: readonly (readonly [string, object, readonly string[], object])[] = [
    ['writes nothing for what is shown anyway', {}, ['gpt-4o', 'gpt-5'], {}],
    ['hides a chat model', {}, ['gpt-5'], { 'gpt-4o': { shown: false } }],
    ['shows one that does not chat', {}, ['gpt-4o', 'gpt-5', 'whisper-1'], { 'whisper-1': { shown: true } }],
    ['shows a hidden one again', { 'gpt-4o': { shown: false } }, ['gpt-4o', 'gpt-5'], {}],
    [
      'keeps what else is said of a model',
      { 'gpt-4o': { parameters: { n: 2 } }, 'gpt-5': { shown: false, name: 'Five' } },
      ['gpt-5'],
      { 'gpt-4o': { parameters: { n: 2 }, shown: false }, 'gpt-5': { name: 'Five' } },
    ],
    [
      'hides one that only the settings wanted',
      { 'whisper-1': {} },
      ['gpt-4o', 'gpt-5'],
      {
        'whisper-1': { shown: false },
      },
    ],
    [
      'leaves models alone that the server does not list',
      { mine: { name: 'Mine' } },
      ['gpt-4o', 'gpt-5'],
      { mine: { name: 'Mine' } },
    ],
  ];
  for (const [what, models, wanted, expected] of cases) {
    it(what, () => {
      const changed = withShownModels(connectionWith(models), models, listed, new Set(wanted));
      assert.deepEqual(changed, expected);
      assert.deepEqual(shownOf(connectionWith(changed)), wanted, 'what was wanted is shown');
    });
  }

  it('keeps a hidden model out that only the settings describe', () => {
    const connection = connectionWith({ mine: { name: 'Mine', shown: false }, other: { name: 'Other' } });
    assert.deepEqual(
      withOwnModels(connection, []).map(({ id }) => id),
      ['other'],
    );
  });
});
