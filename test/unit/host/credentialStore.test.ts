import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { Connection } from '../../../src/api/connection.ts';
import { CredentialStore, environmentFor } from '../../../src/host/connections/credentialStore.ts';

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

  it('deletes the keys of all addresses that a connection had, and of no other connection', async () => {
    const secrets = secretStorage();
    const store = createStore(secrets);
    const other = { ...connection, name: 'tachyon-2' };
    for (const one of [connection, { ...connection, url: 'https://old.example' }, other]) {
      await store.store(one, 'pk_1');
    }
    await store.deleteAll('tachyon');
    assert.equal(secrets.values.size, 1);
    assert.equal(await store.isStored(other), true);
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

  /** A connection, and the key of which variable serves it. */
  const served: readonly (readonly [Connection, string | undefined])[] = [
    [{ name: 'openai', kind: 'openai', url: 'https://api.openai.com/v1' }, 'OPENAI_API_KEY'],
    [{ name: 'openai', kind: 'openai', url: 'https://eu.api.openai.com/v1' }, 'OPENAI_API_KEY'],
    [{ name: 'openai', kind: 'openai', url: 'http://api.openai.com/v1' }, undefined],
    [{ name: 'openai', kind: 'openai', url: 'https://api.openai.com.evil.example/v1' }, undefined],
    [{ name: 'openai', kind: 'openai', url: 'https://proxy.example/v1' }, undefined],
    [{ name: 'openai', kind: 'openai', url: 'http://127.0.0.1:4180/v1' }, undefined],
    [{ name: 'openai', kind: 'openai-compatible', url: 'https://api.openai.com/v1' }, undefined],
    [{ name: 'work', kind: 'openai', url: 'https://api.openai.com/v1' }, undefined],
    [{ name: 'atoma', kind: 'atoma', url: 'https://api.atoma.network' }, 'ATOMASDK_BEARER_AUTH'],
    [{ name: 'atoma', kind: 'atoma', url: 'https://evil.example' }, undefined],
    [{ name: 'atoma', kind: 'openai', url: 'https://api.openai.com/v1' }, undefined],
    [{ name: 'tachyon', kind: 'tachyon', url: 'http://127.0.0.1:4180' }, 'TACHYON_API_KEY'],
    [{ name: 'tachyon', kind: 'openai-compatible', url: 'https://evil.example' }, undefined],
  ];
  for (const [target, variable] of served) {
    it(`takes ${variable ?? 'no variable'} for ${target.name}, ${target.kind} at ${target.url}`, async () => {
      const names = ['TACHYON_API_KEY', 'OPENAI_API_KEY', 'ATOMASDK_BEARER_AUTH'];
      const store = createStore(
        secretStorage(),
        Object.fromEntries(names.map((name) => [name, `of ${name}`])),
      );
      assert.equal(store.environmentVariable(target), variable);
      assert.equal(await store.get(target), variable && `of ${variable}`);
    });
  }

  it('takes the variable of the other client where the first is not set, or blank', async () => {
    const target: Connection = { name: 'openai', kind: 'openai', url: 'https://api.openai.com/v1' };
    const store = createStore(secretStorage(), { OPENAI_API_KEY: ' ', ARGOTOPENAI_API_KEY_AUTH: 'sk_2' });
    assert.equal(await store.get(target), 'sk_2');
    assert.equal(store.environmentVariable(target), 'ARGOTOPENAI_API_KEY_AUTH');
  });

  it('names the variable that can help where no secret is kept', () => {
    assert.deepEqual(environmentFor({ name: 'work', kind: 'openai', url: 'https://api.openai.com/v1' }), {
      variable: 'OPENAI_API_KEY',
      name: 'openai',
    });
    for (const kind of ['openai', 'atoma', 'openai-compatible'] as const) {
      assert.equal(environmentFor({ name: kind, kind, url: 'https://proxy.example/v1' }), undefined);
    }
  });

  it('notices a host that does not keep secrets', async () => {
    assert.equal(await createStore(secretStorage(false)).store(connection, 'pk_1'), false);
    assert.equal(await createStore().store(connection, 'pk_1'), true);
  });

  it('puts back what was stored before, or nothing', async () => {
    const secrets = secretStorage();
    const store = createStore(secrets, { TACHYON_API_KEY: 'env' });
    assert.equal(await store.stored(connection), undefined, 'the environment stores nothing');
    await store.store(connection, 'new');
    await store.restore(connection, undefined);
    assert.equal(secrets.values.size, 0);
    await store.store(connection, 'old');
    const before = await store.stored(connection);
    await store.delete(connection);
    await store.restore(connection, before);
    assert.equal(await store.get(connection), 'old');
  });
});
