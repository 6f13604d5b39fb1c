import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { isObject, type JsonObject } from '../../api/json.ts';
import { builtInName } from '../../chat/connectionEntry.ts';
import { renamedEntries } from '../../chat/renamedEntries.ts';
import type { Connections } from './connections.ts';
import { settings } from '../../shared/contributions.ts';

/** The user's own entries of `tachyon.connections`, as they are written. */
function userEntries(): Readonly<Record<string, unknown>> {
  const value = vscode.workspace.getConfiguration().inspect(settings.connections)?.globalValue;
  return isObject(value) ? value : {};
}

/** The user's own entry of a connection; empty for one that is built in or only from the environment. */
export function userEntry(name: string): JsonObject {
  const entries = userEntries();
  const entry = Object.hasOwn(entries, name) ? entries[name] : undefined;
  return isObject(entry) ? entry : {};
}

/** Names that a connection has, or an entry with a fault, which must not be overwritten. */
export function takenNames(connections: Connections): ReadonlySet<string> {
  const written = Object.entries(userEntries()).flatMap(([name, entry]) => (entry === null ? [] : [name]));
  return new Set([...connections.all().map(({ name }) => name), ...written]);
}

/**
 * Sets fields of a connection's entry; undefined takes one away. Other fields and entries stay.
 * @throws if VS Code cannot write the user's settings.
 */
export async function setFields(name: string, fields: JsonObject): Promise<void> {
  const changed = Object.entries({ ...userEntry(name), ...fields }).filter(
    ([, value]) => value !== undefined,
  );
  await write({ ...userEntries(), [name]: Object.fromEntries(changed) });
}

/**
 * Gives an entry another name and leaves it in its place: the first usable connection is everyone's default.
 * @throws if VS Code cannot write the user's settings.
 */
export async function renameEntry({ name, kind, url, operatorId }: Connection, to: string): Promise<void> {
  // What was built in, or came from the environment for this name alone, is written down.
  const told = { kind, url, ...(operatorId !== undefined && { operatorId }), ...userEntry(name) };
  await write(renamedEntries(userEntries(), name, to, told));
}

/**
 * Takes an entry away; the one that is built in is hidden.
 * @throws if VS Code cannot write the user's settings.
 */
export async function removeEntry(name: string): Promise<void> {
  const others = Object.entries(userEntries()).filter(([known]) => known !== name);
  await write({ ...Object.fromEntries(others), ...(name === builtInName && { [name]: null }) });
}

/** Says that the user's settings could not be written. */
export function tellUnwritable(): void {
  void vscode.window.showErrorMessage(
    vscode.l10n.t('The user settings could not be written. Correct settings.json, then try again.'),
  );
}

async function write(entries: Readonly<Record<string, unknown>>): Promise<void> {
  await vscode.workspace
    .getConfiguration()
    .update(settings.connections, entries, vscode.ConfigurationTarget.Global);
}
