import type * as vscode from 'vscode';
import type { Connection, ConnectionKind } from '../../api/connection.ts';
import type { Platform } from '../platform.ts';

/**
 * Environment variables with the key of the one connection named for its kind, the first that is set. An environment
 * says nothing of addresses, so a key goes to its maker's own hosts only; for any other one a person signs in. Tachyon's
 * goes where that connection points: `TACHYON_API_URL` belongs to the same environment.
 */
const environmentKeys: Readonly<Partial<Record<ConnectionKind, EnvironmentKey>>> = {
  tachyon: { connection: 'tachyon', variables: ['TACHYON_API_KEY'], isMeantFor: () => true },
  openai: {
    connection: 'openai',
    variables: ['OPENAI_API_KEY', 'ARGOTOPENAI_API_KEY_AUTH'],
    // The regional hosts stand beside it (wire contract D).
    isMeantFor: (origin) => /^https:\/\/(?:[a-z]{2}\.)?api\.openai\.com$/.test(origin),
  },
  atoma: {
    connection: 'atoma',
    variables: ['ATOMASDK_BEARER_AUTH'],
    isMeantFor: (origin) => origin === 'https://api.atoma.network',
  },
};

interface EnvironmentKey {
  readonly connection: string;
  readonly variables: readonly [string, ...string[]];
  isMeantFor(origin: string): boolean;
}

/** The variable, and the name a connection must have for it, that can give this server's key; `undefined`: none can. */
export function environmentFor({ kind, url }: Connection): { variable: string; name: string } | undefined {
  const key = environmentKeys[kind];
  if (!key?.isMeantFor(new URL(url).origin)) return undefined;
  return { variable: key.variables[0], name: key.connection };
}

/** Keys of connections: in SecretStorage, else from the environment. Nowhere else. */
export class CredentialStore {
  readonly onDidChange: vscode.Event<unknown>;
  readonly #secrets: vscode.SecretStorage;
  readonly #platform: Platform;

  constructor(secrets: vscode.SecretStorage, platform: Platform) {
    this.#secrets = secrets;
    this.#platform = platform;
    this.onDidChange = secrets.onDidChange;
  }

  /** The key for this connection at this origin; a stored key wins over the environment's. */
  async get(connection: Connection): Promise<string | undefined> {
    return (await this.stored(connection)) ?? this.environmentKey(connection);
  }

  /** The environment variable that would serve this connection, if it is set. */
  environmentVariable(connection: Connection): string | undefined {
    if (environmentFor(connection)?.name !== connection.name) return undefined;
    const variables = environmentKeys[connection.kind]?.variables ?? [];
    return variables.find((name) => this.#platform.environmentVariable(name)?.trim());
  }

  /** Stores a key and reads it back. Returns false where the host did not keep it. */
  async store(connection: Connection, credential: string): Promise<boolean> {
    await this.#secrets.store(secretKey(connection), credential);
    return (await this.stored(connection)) === credential;
  }

  async delete(connection: Connection): Promise<void> {
    await this.#secrets.delete(secretKey(connection));
  }

  /** Deletes every key that was ever stored for a connection of this name, whatever its URL was then. */
  async deleteAll(name: string): Promise<void> {
    for (const key of await this.#secrets.keys()) {
      if (key.startsWith(secretPrefix(name))) await this.#secrets.delete(key);
    }
  }

  /** Whether a key is stored (not merely set in the environment). */
  async isStored(connection: Connection): Promise<boolean> {
    return (await this.stored(connection)) !== undefined;
  }

  /** The stored key, whatever the environment says. */
  async stored(connection: Connection): Promise<string | undefined> {
    return this.#secrets.get(secretKey(connection));
  }

  /** Puts back what `stored` told before. */
  async restore(connection: Connection, stored: string | undefined): Promise<void> {
    if (stored === undefined) await this.delete(connection);
    else await this.#secrets.store(secretKey(connection), stored);
  }

  /** The key that the environment gives this connection. */
  environmentKey(connection: Connection): string | undefined {
    const name = this.environmentVariable(connection);
    return name && this.#platform.environmentVariable(name)?.trim();
  }
}

/** Bound to the origin too: a changed URL never receives the old key. */
function secretKey(connection: Connection): string {
  return secretPrefix(connection.name) + new URL(connection.url).origin;
}

/** No name of a connection has an `@`. */
function secretPrefix(name: string): string {
  return `credential:${name}@`;
}
