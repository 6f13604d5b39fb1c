import * as vscode from 'vscode';
import type { DiagnosisPlace } from '../../chat/diagnosisReport.ts';

/** The software that a diagnosis runs in. `system` is what the host's probes tell of it. */
export function diagnosisPlace(
  extension: vscode.Extension<unknown>,
  system: string | undefined,
): DiagnosisPlace {
  const manifest: unknown = extension.packageJSON;
  const version = isVersioned(manifest) ? manifest.version : '?';
  const { remoteName, appHost } = vscode.env;
  return {
    extension: `${extension.id} ${version}`,
    vscode: `${vscode.version} (${appHost})`,
    ...(system !== undefined && { system }),
    ...(remoteName !== undefined && { remote: remoteName }),
  };
}

function isVersioned(manifest: unknown): manifest is { readonly version: string } {
  return (
    typeof manifest === 'object' &&
    manifest !== null &&
    'version' in manifest &&
    typeof manifest.version === 'string'
  );
}
