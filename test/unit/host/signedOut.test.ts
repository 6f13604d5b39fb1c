import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { ApiError } from '../../../src/api/apiError.ts';
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

/** VS Code's storage of secrets, as the windows of a machine share it. */
function sharedSecrets(): vscode.SecretStorage {
  const values = new Map<string, string>();
  const listeners = new Set<(event: vscode.SecretStorageChangeEvent) => unknown>();
  const tell = (key: string) => {
    for (const listener of listeners) listener({ key });
  };
  return {
    get: async (key) => values.get(key),
    store: async (key, value) => {
      values.set(key, value);
      tell(key);
    },
    delete: async (key) => {
      values.delete(key);
      tell(key);
    },
    keys: async () => [...values.keys()],
    onDidChange: (listener) => {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
  };
}

describe('a key that another window deletes', () => {
  let server: RunningServer;
  beforeEach(async () => {
    server = await createServer();
    configuration.set('tachyon.connections', {
      tachyon: { kind: 'tachyon', url: server.url, operatorId: developmentOperator },
    });
  });
  afterEach(() => server.close());

  it('is gone here at once: nothing goes out with it any more, not even what waits to be sent again', async () => {
    const secrets = sharedSecrets();
    const platform = { environmentVariable: () => undefined, restrictToOwner: () => Promise.resolve() };
    const [other, here] = [0, 1].map(
      () =>
        new Connections(
          new CredentialStore(secrets, platform),
          createMemento(),
          platform,
          new ConnectionNames(createMemento()),
        ),
    );
    const connection = here?.get('tachyon');
    assert.ok(other && here && connection);
    await other.credentials.store(connection, developmentKey);
    assert.equal(await here.missing(connection), undefined);
    server.fault({ name: '429', headers: { 'retry-after': '60' } });
    const told: string[] = [];
    here.onDidChange(() => told.push('changed'));
    const waiting = Promise.withResolvers<() => void>();
    const chunks = here
      .endpoint(connection)
      .streamChatCompletion(
        { messages: [{ role: 'user', content: 'hi' }] },
        { onRetry: ({ tryNow }) => waiting.resolve(tryNow) },
      );
    const asked = chunks[Symbol.asyncIterator]().next();
    const tryNow = await waiting.promise;
    await other.credentials.delete(connection);
    assert.deepEqual(told, ['changed']);
    assert.equal(await here.missing(connection), 'credential');
    assert.deepEqual(await here.usable(), []);
    tryNow();
    await assert.rejects(asked, (error) => error instanceof ApiError && error.kind === 'missingCredential');
    assert.equal(server.requests.length, 1);
    other.dispose();
    here.dispose();
  });
});
