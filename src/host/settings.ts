import * as vscode from 'vscode';
import type { settings } from '../shared/contributions.ts';

type SettingId = (typeof settings)[keyof typeof settings];

/** A setting that is a text, without blanks around it; empty if it holds anything else. */
export function stringSetting(id: SettingId): string {
  const value = vscode.workspace.getConfiguration().get<unknown>(id);
  return typeof value === 'string' ? value.trim() : '';
}
