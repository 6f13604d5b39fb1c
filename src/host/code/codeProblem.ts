import * as vscode from 'vscode';
import { cleanName, plainText } from '../../chat/untrusted.ts';

const longestName = 200;

/** Why code cannot be used: one sentence for the person. */
export class CodeProblem extends Error {
  override readonly name = 'CodeProblem';
}

/** A file as messages call it. */
export function shownName(uri: vscode.Uri): string {
  return plainText(cleanName(vscode.workspace.asRelativePath(uri), longestName));
}
