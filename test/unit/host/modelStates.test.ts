import assert from 'node:assert/strict';
import type { Connection } from '../../../src/api/connection.ts';
import { CredentialStore } from '../../../src/host/connections/credentialStore.ts';
import { ModelStates } from '../../../src/host/models/modelStates.ts';
import { type Loopback, startLoopback } from '../../support/loopback.ts';

/** Nothing is stored, and no environment gives a key. */
const credentials = new CredentialStore(
  {
    get: () => Promise.resolve(undefined),
    store: () => Promise.resolve(),
    delete: () => Promise.resolve(),
    keys: () => Promise.resolve([]),
    onDidChange: () => ({ dispose: () => undefined }),
  },
  { environmentVariable: () => undefined, restrictToOwner: () => Promise.resolve() },
);

/** Asks again after a millisecond instead of seconds. */
function statesOf(current: () => Connection | undefined, onChange: () => void): ModelStates {
  return new ModelStates({ get: current, credentials, requestOptions: {} }, onChange, 1);
}

describe('ModelStates', () => {
  let server: Loopback;
  let connection: Connection;
  let isLoaded: boolean;

  beforeEach(async () => {
    isLoaded = false;
    server = await startLoopback((response) => {
      const model = { id: 'big.gguf', owned_by: 'llamacpp', meta: isLoaded ? {} : null };
      response.end(JSON.stringify({ object: 'list', data: [model] }));
    });
    connection = { name: 'llama', kind: 'openai-compatible', url: `${server.url}/v1` };
  });

  afterEach(() => server.stop());

  it('asks again while a model is being loaded, and tells when it is there', async () => {
    const seen: unknown[] = [];
    const loaded = Promise.withResolvers<void>();
    const states = statesOf(
      () => connection,
      () => {
        seen.push(states.get(connection, 'big.gguf'), states.get(connection));
        if (isLoaded) loaded.resolve();
        isLoaded = true;
      },
    );
    assert.equal(states.get(connection, 'big.gguf'), undefined);
    states.refresh(connection);
    states.refresh(connection);
    await loaded.promise;
    assert.deepEqual(seen, ['loading', 'loading', 'loaded', undefined]);
    states.dispose();
    assert.equal(server.received.length, 2, 'one look at a time, and none once it is loaded');
  });

  it('stops asking when the connection has changed', async () => {
    const changed = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    const states = statesOf(
      () => {
        asked.resolve();
        return { ...connection, url: `${server.url}/other` };
      },
      () => changed.resolve(),
    );
    states.refresh(connection);
    await changed.promise;
    await asked.promise;
    await fetch(`${server.url}/last`);
    assert.deepEqual(
      server.received.map(({ url }) => url),
      ['/v1/models', '/last'],
    );
    states.dispose();
  });

  it('asks no other machine, and no server of another kind', () => {
    const states = statesOf(
      () => connection,
      () => assert.fail('nothing is known'),
    );
    for (const other of [
      { ...connection, url: 'https://api.example.com/v1' },
      { ...connection, kind: 'openai' as const },
    ]) {
      states.refresh(other);
      assert.equal(states.get(other, 'big.gguf'), undefined);
    }
    assert.equal(server.received.length, 0);
    states.dispose();
  });
});
