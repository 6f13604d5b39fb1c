import type { ConnectionKind } from '../../../src/api/connection.ts';
import { dialectOf } from '../../../src/api/dialects.ts';
import { CredentialStore } from '../../../src/host/connections/credentialStore.ts';

/** The key that an environment gives the connection named for a kind, where no key is stored. */
export function environmentKeyOf(
  kind: ConnectionKind,
  variables: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const store = new CredentialStore(
    {
      get: () => Promise.resolve(undefined),
      store: () => Promise.resolve(),
      delete: () => Promise.resolve(),
      keys: () => Promise.resolve([]),
      onDidChange: () => ({ dispose: () => undefined }),
    },
    {
      environmentVariable: (name) => variables[name],
      restrictToOwner: () => Promise.resolve(),
    },
  );
  const url = dialectOf(kind).defaultUrl ?? 'http://127.0.0.1:11434/v1';
  return store.get({ name: kind, kind, url });
}
