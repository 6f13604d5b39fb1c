import * as vscode from 'vscode';
import { linkTarget } from '../../chat/panel/linkTarget.ts';

/** Opens a link of a model outside. VS Code asks first, unless the person trusts the domain. Returns whether it may be. */
export async function openLink(href: string): Promise<boolean> {
  const target = linkTarget(href);
  if (target === undefined) return false;
  await vscode.env.openExternal(vscode.Uri.parse(target, true));
  return true;
}
