import * as vscode from 'vscode';
import type { JsonObject } from '../../../api/json.ts';
import { entryProblems } from '../../../chat/connectionEntry.ts';
import { setFields, tellUnwritable, userEntry } from '../connectionEntries.ts';

/** Sets fields of a connection if its entry is right with them; says why not. Returns whether they are written. */
export async function writeFields(name: string, fields: JsonObject): Promise<boolean> {
  const entry = Object.entries({ ...userEntry(name), ...fields }).filter(([, value]) => value !== undefined);
  const [problem] = entryProblems(name, Object.fromEntries(entry), vscode.l10n);
  if (problem !== undefined) {
    void vscode.window.showErrorMessage(problem);
    return false;
  }
  try {
    await setFields(name, fields);
    return true;
  } catch {
    tellUnwritable();
    return false;
  }
}
