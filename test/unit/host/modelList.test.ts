import assert from 'node:assert/strict';
import {
  createServer,
  developmentKey,
  developmentOperator,
  type RunningServer,
} from '../../server/server.ts';
import { createMemento } from './panel/support/panelHost.ts';
import { configuration } from './vscodeParts.ts';

const { ConnectionNames } = await import('../../../src/host/connections/connectionNames.ts');
const { Connections } = await import('../../../src/host/connections/connections.ts');
const { CredentialStore } = await import('../../../src/host/connections/credentialStore.ts');
const { ModelList } = await import('../../../src/host/models/modelList.ts');

const ignore = (): void => {};
const log = { show: ignore, info: ignore, failure: ignore, dispose: ignore };
const secrets = {
  keys: async () => [],
  get: async () => developmentKey,
  store: async () => undefined,
  delete: async () => undefined,
  onDidChange: () => ({ dispose: ignore }),
};

describe('the list of models', () => {
  let server: RunningServer;
  beforeEach(async () => (server = await createServer()));
  afterEach(() => server.close());

  it('is what the server told this window, whatever another one writes, until it is forgotten', async () => {
    configuration.set('tachyon.connections', {
      tachyon: { kind: 'tachyon', url: server.url, operatorId: developmentOperator },
    });
    const platform = { environmentVariable: () => undefined, restrictToOwner: () => Promise.resolve() };
    const state = createMemento();
    const credentials = new CredentialStore(secrets, platform);
    const connections = new Connections(credentials, createMemento(), platform, new ConnectionNames(state));
    const models = new ModelList(connections, state, log);
    const [connection] = connections.all();
    assert.ok(connection);
    const listed = await models.load(connection);
    assert.ok(listed.length > 0);
    const other = { key: 'of another operator', models: [{ id: 'other' }] };
    for (const written of [{ tachyon: other }, {}, undefined]) {
      await state.update('models', written);
      assert.deepEqual(models.known(connection), listed);
      assert.deepEqual(models.shown(connection), listed);
    }
    await models.forget(connection);
    assert.equal(models.known(connection), undefined);
    assert.equal(models.shown(connection), undefined);
    models.dispose();
    connections.dispose();
  });
});
