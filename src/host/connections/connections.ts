import * as vscode from 'vscode';
import type { Connection, RequestOptions } from '../../api/connection.ts';
import { createEndpoint } from '../../api/createEndpoint.ts';
import type { Endpoint } from '../../api/endpoint.ts';
import { hasOperators, missingOf, type Need } from '../../chat/connectionNeeds.ts';
import { parseConnections } from '../../chat/connectionSettings.ts';
import { withoutParameter } from '../../chat/droppedParameter.ts';
import { withEnvironment } from '../../chat/environmentEntry.ts';
import { settings } from '../../shared/contributions.ts';
import type { Platform } from '../platform.ts';
import type { ConnectionNames } from './connectionNames.ts';
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
  readonly #names: ConnectionNames;
  readonly credentials: CredentialStore;
  readonly onDidChange = this.#changed.event;
  #parsed: { connections: Connection[]; problems: ConnectionProblem[] } | undefined;

  constructor(
    credentials: CredentialStore,
    workspaceState: vscode.Memento,
    platform: Platform,
    names: ConnectionNames,
  ) {
    this.#names = names;
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

  /** The connection of a name, also of one that it had before it was renamed. */
  get(name: string): Connection | undefined {
    const named = (wanted: string) => this.all().find((connection) => connection.name === wanted);
    return named(this.#names.current(name, (known) => named(known) !== undefined));
  }

  /** The connection with its dialect and its credential bound. */
  endpoint(connection: Connection): Endpoint {
    const credential = () => this.credentials.get(connection);
    return createEndpoint({ ...connection, credential }, this.requestOptions);
  }

  /** What every request of this host goes out with. */
  get requestOptions(): RequestOptions {
    const { fetch } = this.#platform;
    return fetch ? { fetch } : {};
  }

  /** What a connection lacks before it can be used: its key, or an operator. */
  async missing(connection: Connection): Promise<Need | undefined> {
    return missingOf(connection, (await this.credentials.get(connection)) !== undefined);
  }

  /** The connections that have the credential and the operator their kind needs. */
  async usable(): Promise<Connection[]> {
    const all = this.all();
    const needs = await Promise.all(all.map((connection) => this.missing(connection)));
    return all.filter((_, i) => needs[i] === undefined);
  }

  /** Writes fields of an entry into the user's settings; what this workspace chose for it stays. As in `get`, of any name. */
  async amend(name: string, fields: Readonly<Record<string, unknown>>): Promise<void> {
    await writeEntry(this.#nameToday(name), (current) => ({ ...entries(current), ...fields }));
    this.#refresh();
  }

  /**
   * Writes an entry of `tachyon.connections` into the user's settings; other fields of it stay. What this workspace
   * had chosen for it ends.
   */
  async save(name: string, entry: Readonly<Record<string, unknown>>): Promise<void> {
    await writeEntry(name, (current) => ({ ...entries(current), ...entry }));
    await this.#state.update(this.#operatorKey(name), undefined);
    this.#refresh();
  }

  /**
   * Keeps a parameter out of the requests to one model, or to the whole connection where the server chooses the model:
   * writes a `null` into the user's settings. As in `get`, of any name.
   */
  async dropParameter(name: string, model: string | undefined, parameter: string): Promise<void> {
    await writeEntry(this.#nameToday(name), (current) => withoutParameter(current, model, parameter));
    this.#refresh();
  }

  /** Uses another operator in this workspace only. */
  async selectOperator(name: string, operatorId: string): Promise<void> {
    await this.#state.update(this.#operatorKey(name), operatorId);
    this.#refresh();
  }

  #read() {
    return (this.#parsed ??= this.#parse());
  }

  #parse() {
    const raw = vscode.workspace.getConfiguration().get<unknown>(settings.connections);
    const filled = withEnvironment(raw, (name) => this.#platform.environmentVariable(name));
    const { connections, problems } = parseConnections(filled, vscode.l10n);
    return { problems, connections: connections.map((connection) => this.#withOperator(connection)) };
  }

  #withOperator(connection: Connection): Connection {
    if (!hasOperators(connection.kind)) return connection;
    const operatorId = this.#state.get<unknown>(this.#operatorKey(connection.name));
    return typeof operatorId === 'string' ? { ...connection, operatorId } : connection;
  }

  /** Buttons of old answers hold the name that the connection had then. */
  #nameToday(name: string): string {
    return this.get(name)?.name ?? name;
  }

  /** By the first name: a rename in one workspace takes no operator from the others. */
  #operatorKey(name: string): string {
    return `operator:${this.#names.stored(name)}`;
  }

  #refresh(): void {
    this.#parsed = undefined;
    this.#changed.fire();
  }
}

/** Changes one entry of `tachyon.connections` in the user's settings; the others stay. */
async function writeEntry(name: string, change: (current: unknown) => object): Promise<void> {
  const configuration = vscode.workspace.getConfiguration();
  const all = entries(configuration.inspect(settings.connections)?.globalValue);
  await configuration.update(
    settings.connections,
    { ...all, [name]: change(Object.hasOwn(all, name) ? all[name] : undefined) },
    vscode.ConfigurationTarget.Global,
  );
}

function entries(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
