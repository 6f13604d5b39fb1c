import type * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import type { Platform } from '../platform.ts';

/** Environment variables of Tachyon's own CLI; they serve only the connection named for them. */
const environmentKeys: Readonly<Record<string, string>> = { tachyon: 'TACHYON_API_KEY' };

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
    return (await this.#secrets.get(secretKey(connection))) ?? this.fromEnvironment(connection);
  }

  /** The environment variable that would serve this connection, if it is set. */
  environmentVariable(connection: Connection): string | undefined {
    const name = environmentKeys[connection.name];
    return name && this.#platform.environmentVariable(name) ? name : undefined;
  }

  /** Stores a key and reads it back. Returns false where the host did not keep it. */
  async store(connection: Connection, credential: string): Promise<boolean> {
    await this.#secrets.store(secretKey(connection), credential);
    return (await this.#secrets.get(secretKey(connection))) === credential;
  }

  async delete(connection: Connection): Promise<void> {
    await this.#secrets.delete(secretKey(connection));
  }

  /** Whether a key is stored (not merely set in the environment). */
  async isStored(connection: Connection): Promise<boolean> {
    return (await this.#secrets.get(secretKey(connection))) !== undefined;
  }

  private fromEnvironment(connection: Connection): string | undefined {
    const name = this.environmentVariable(connection);
    return name && this.#platform.environmentVariable(name)?.trim();
  }
}

/** Bound to the origin too: a changed URL never receives the old key. */
function secretKey(connection: Connection): string {
  return `credential:${connection.name}@${new URL(connection.url).origin}`;
}
