import * as vscode from 'vscode';

/** What the other test extension in `fixtures/otherModel` exports. */
export interface OtherModel {
  asked(): readonly string[];
  askTachyon(id: string, prompt: string): Promise<string>;
}

/** Our extension. Throws if VS Code has not found it. */
export function tachyonChat(): vscode.Extension<unknown> {
  return extension('tachyon.tachyon-chat');
}

/** The other test extension, active. */
export async function otherModel(): Promise<OtherModel> {
  return extension<OtherModel>('tachyon-test.other-model').activate();
}

function extension<T>(id: string): vscode.Extension<T> {
  const found = vscode.extensions.getExtension<T>(id);
  if (!found) throw new Error(`VS Code has not found the extension ${id}.`);
  return found;
}
