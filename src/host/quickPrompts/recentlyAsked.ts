import type * as vscode from 'vscode';
import {
  parseRecentPrompts,
  type RecentPrompt,
  withRecentPrompt,
} from '../../chat/quickPrompts/recentPrompts.ts';

const key = 'recentQuickPrompts';

/** The quick prompts that were asked in this workspace, the most recent first. */
export function recentlyAsked(workspaceState: vscode.Memento): RecentPrompt[] {
  return parseRecentPrompts(workspaceState.get<unknown>(key));
}

/** Keeps one that is asked. */
export async function keepAsked(asked: RecentPrompt, workspaceState: vscode.Memento): Promise<void> {
  await workspaceState.update(key, withRecentPrompt(recentlyAsked(workspaceState), asked));
}
