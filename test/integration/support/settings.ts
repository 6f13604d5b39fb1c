import * as vscode from 'vscode';
import { settings } from '../../../src/shared/contributions.ts';
import { developmentOperator, type RunningServer } from '../../server/server.ts';

type SettingName = (typeof settings)[keyof typeof settings];

/** Writes one of our settings for the user; undefined takes it away. */
export async function setUserSetting(name: SettingName, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration().update(name, value, vscode.ConfigurationTarget.Global);
}

/** Replaces all connections of the user. */
export async function setConnections(connections: Readonly<Record<string, unknown>>): Promise<void> {
  await setUserSetting(settings.connections, connections);
}

/** An entry of `tachyon.connections` for a server of `test/server`. */
export function connectionTo(
  { url }: Pick<RunningServer, 'url'>,
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return { kind: 'tachyon', url, operatorId: developmentOperator, retry: { strategy: 'none' }, ...more };
}

/** Takes away everything that a test may have set. */
export async function resetSettings(): Promise<void> {
  const configuration = vscode.workspace.getConfiguration();
  for (const name of Object.values(settings)) {
    // Each write of a setting takes VS Code a while.
    if (configuration.inspect(name)?.globalValue !== undefined) await setUserSetting(name, undefined);
  }
}
