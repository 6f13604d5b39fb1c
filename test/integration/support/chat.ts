import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { participant } from '../../../src/shared/contributions.ts';

/** What VS Code keeps of a turn. */
export interface TurnResult {
  readonly room: string | undefined;
  readonly connection: string | undefined;
  readonly ending: string | undefined;
  readonly errorMessage: string | undefined;
}

/** More arguments of `workbench.action.chat.open`. */
interface OpenOptions {
  readonly modelSelector?: vscode.LanguageModelChatSelector;
  readonly attachFiles?: readonly vscode.Uri[];
}

/**
 * Sends `@tachyon PROMPT` in the Chat view and waits for the turn to end. The server needs a pause between deltas:
 * `blockOnResponse` waits for ever if the answer ends before VS Code looks.
 */
export async function ask(prompt: string, options: OpenOptions = {}): Promise<TurnResult> {
  const result: unknown = await vscode.commands.executeCommand('workbench.action.chat.open', {
    query: `@${participant.name} ${prompt}`,
    blockOnResponse: true,
    ...options,
  });
  const turn = field(field(result, 'metadata'), 'tachyon');
  return {
    room: text(field(turn, 'room')),
    connection: text(field(turn, 'connection')),
    ending: text(field(turn, 'ending')),
    errorMessage: text(field(field(result, 'errorDetails'), 'message')),
  };
}

/** Sends `@tachyon PROMPT` and does not wait for the answer. */
export async function send(prompt: string): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.chat.open', {
    query: `@${participant.name} ${prompt}`,
  });
}

/** Presses *Stop*. */
export async function stop(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.chat.cancel');
}

/** Begins a new conversation. */
export async function newConversation(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.chat.newChat');
}

/** The room of a turn; fails if it has none. */
export function roomOf({ room, errorMessage }: TurnResult): string {
  assert.ok(room, `the turn has no room: ${errorMessage}`);
  return room;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
