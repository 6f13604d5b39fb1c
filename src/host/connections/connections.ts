import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { createEndpoint } from '../../api/createEndpoint.ts';
import type { Endpoint } from '../../api/endpoint.ts';
import { parseConnections } from '../../chat/connectionSettings.ts';
import { settings } from '../../shared/contributions.ts';
import type { Platform } from '../platform.ts';
import type { CredentialStore } from './credentialStore.ts';

export interface ConnectionProblem {
  readonly name: string;
  readonly message: string;
}

/** The connections of the settings, with their credentials and this workspace's operator. */
export class Connections implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  readonly #state: vscode.Memento;
  readonly #platform: Platform;
  readonly credentials: CredentialStore;
  readonly onDidChange = this.#changed.event;
  #parsed: { connections: Connection[]; problems: ConnectionProblem[] } | undefined;

  constructor(credentials: CredentialStore, workspaceState: vscode.Memento, platform: Platform) {
    this.credentials = credentials;
    this.#state = workspaceState;
    this.#platform = platform;
    this.#subscriptions = [
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(settings.connections)) this.#refresh();
      }),
      credentials.onDidChange(() => this.#refresh()),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  /** All valid connections; a fault in one never hides another. */
  all(): readonly Connection[] {
    return this.#read().connections;
  }

  /** What is wrong with the settings, one clear sentence each. */
  problems(): readonly ConnectionProblem[] {
    return this.#read().problems;
  }

  get(name: string): Connection | undefined {
    return this.all().find((connection) => connection.name === name);
  }

  /** The connection with its dialect and its credential bound. */
  endpoint(connection: Connection): Endpoint {
    return createEndpoint({ ...connection, credential: () => this.credentials.get(connection) });
  }

  /** The connections that have the credential and the operator their kind needs. */
  async usable(): Promise<Connection[]> {
    const all = this.all();
    const keys = await Promise.all(all.map((connection) => this.credentials.get(connection)));
    return all.filter((connection, i) => keys[i] !== undefined && connection.operatorId !== undefined);
  }

  /**
   * Writes an entry of `tachyon.connections` into the user's settings; other fields of it stay. What this workspace
   * had chosen for it ends.
   */
  async save(name: string, entry: Readonly<Record<string, unknown>>): Promise<void> {
    const configuration = vscode.workspace.getConfiguration();
    const current = entries(configuration.inspect(settings.connections)?.globalValue);
    const merged = { ...entries(current[name]), ...entry };
    await configuration.update(
      settings.connections,
      { ...current, [name]: merged },
      vscode.ConfigurationTarget.Global,
    );
    await this.#state.update(operatorKey(name), undefined);
    this.#refresh();
  }

  /** Uses another operator in this workspace only. */
  async selectOperator(name: string, operatorId: string): Promise<void> {
    await this.#state.update(operatorKey(name), operatorId);
    this.#refresh();
  }

  #read() {
    return (this.#parsed ??= this.#parse());
  }

  #parse() {
    const raw = vscode.workspace.getConfiguration().get<unknown>(settings.connections);
    const { connections, problems } = parseConnections(this.#withEnvironment(raw), vscode.l10n);
    return { problems, connections: connections.map((connection) => this.#withOperator(connection)) };
  }

  /** `TACHYON_API_URL` and `TACHYON_TENANT_ID` fill what the entry named `tachyon` leaves open. */
  #withEnvironment(raw: unknown): unknown {
    const url = this.#platform.environmentVariable('TACHYON_API_URL');
    const operatorId = this.#platform.environmentVariable('TACHYON_TENANT_ID');
    const given = entries(raw);
    if ((!url && !operatorId) || given['tachyon'] === null) return raw;
    const fromEnvironment = { ...(url && { url }), ...(operatorId && { operatorId }) };
    return { ...given, tachyon: { kind: 'tachyon', ...fromEnvironment, ...entries(given['tachyon']) } };
  }

  #withOperator(connection: Connection): Connection {
    const operatorId = this.#state.get<unknown>(operatorKey(connection.name));
    return typeof operatorId === 'string' ? { ...connection, operatorId } : connection;
  }

  #refresh(): void {
    this.#parsed = undefined;
    this.#changed.fire();
  }
}

function entries(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function operatorKey(connection: string): string {
  return `operator:${connection}`;
}
