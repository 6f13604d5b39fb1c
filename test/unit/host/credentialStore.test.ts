import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { Connection } from '../../../src/api/connection.ts';
import { CredentialStore } from '../../../src/host/connections/credentialStore.ts';

const connection: Connection = { name: 'tachyon', kind: 'tachyon', url: 'https://api.example.com' };

/** VS Code's interface over a map; `keeps: false` is a host that forgets at once, as some web servers do. */
function secretStorage(keeps = true): vscode.SecretStorage & { readonly values: Map<string, string> } {
  const values = new Map<string, string>();
  return {
    values,
    get: async (key) => values.get(key),
    store: async (key, value) => {
      if (keeps) values.set(key, value);
    },
    delete: async (key) => {
      values.delete(key);
    },
    keys: async () => [...values.keys()],
    onDidChange: () => ({ dispose: () => undefined }),
  };
}

function createStore(secrets = secretStorage(), environment: Record<string, string> = {}): CredentialStore {
  return new CredentialStore(secrets, {
    environmentVariable: (name) => environment[name],
    restrictToOwner: () => Promise.resolve(),
  });
}

describe('CredentialStore', () => {
  it('gives a key to no other origin and to no other connection', async () => {
    const store = createStore();
    await store.store(connection, 'pk_1');
    assert.equal(await store.get(connection), 'pk_1');
    assert.equal(await store.get({ ...connection, url: 'https://api.example.com/gateway' }), 'pk_1');
    for (const url of [
      'https://api.example.com.evil.example',
      'https://evil.example',
      'http://api.example.com',
      'https://api.example.com:8443',
    ]) {
      assert.equal(await store.get({ ...connection, url }), undefined, url);
    }
    assert.equal(await store.get({ ...connection, name: 'other' }), undefined);
  });

  it('keeps a key in SecretStorage only, and deletes it there', async () => {
    const secrets = secretStorage();
    const store = createStore(secrets);
    await store.store(connection, 'pk_1');
    assert.deepEqual([...secrets.values.values()], ['pk_1']);
    assert.equal(await store.isStored(connection), true);
    await store.delete(connection);
    assert.equal(secrets.values.size, 0);
    assert.equal(await store.get(connection), undefined);
  });

  it('takes the environment variable for the connection named for it only, and a stored key first', async () => {
    const store = createStore(secretStorage(), { TACHYON_API_KEY: ' pk_env\n' });
    assert.equal(await store.get(connection), 'pk_env');
    assert.equal(store.environmentVariable(connection), 'TACHYON_API_KEY');
    assert.equal(await store.isStored(connection), false);
    assert.equal(await store.get({ ...connection, name: 'dev' }), undefined);
    await store.store(connection, 'pk_stored');
    assert.equal(await store.get(connection), 'pk_stored');
  });

  it('notices a host that does not keep secrets', async () => {
    assert.equal(await createStore(secretStorage(false)).store(connection, 'pk_1'), false);
    assert.equal(await createStore().store(connection, 'pk_1'), true);
  });
});
