import type * as vscode from 'vscode';
import type { Parameters } from '../../api/connection.ts';
import { isObject } from '../../api/json.ts';
import { setsParameter } from '../../chat/droppedParameter.ts';
import { withParameter } from '../../chat/parameterInput.ts';
import type { Conversation } from './conversation.ts';
import { RoomValues } from './roomValues.ts';

const kept = new RoomValues('panelParameters');

/** What a conversation sets for its requests, beyond what its connection and model set. */
export function roomParameters(
  { key, parameters }: Pick<Conversation, 'key' | 'parameters'>,
  globalState: vscode.Memento,
): Parameters {
  if (key === undefined) return parameters;
  const stored = kept.read(key, globalState)['parameters'];
  return isObject(stored) ? stored : {};
}

/** Sets them for a conversation; they are kept with its room as soon as it has one. */
export async function setRoomParameters(
  conversation: Conversation,
  parameters: Parameters,
  globalState: vscode.Memento,
): Promise<void> {
  if (conversation.key === undefined) conversation.parameters = parameters;
  else await keepParameters(conversation.key, parameters, globalState);
  conversation.headerChanged();
}

/** Keeps them with a room. */
export async function keepParameters(
  key: string,
  parameters: Parameters,
  globalState: vscode.Memento,
): Promise<void> {
  const isNone = Object.keys(parameters).length === 0;
  await kept.keep(key, isNone ? undefined : { parameters }, globalState);
}

/** Forgets them with a room that is deleted. */
export async function forgetParameters(key: string, globalState: vscode.Memento): Promise<void> {
  await kept.forget(key, globalState);
}

/** Takes one of them away. Returns whether the conversation had set it to something. */
export async function dropRoomParameter(
  conversation: Conversation,
  parameter: string,
  globalState: vscode.Memento,
): Promise<boolean> {
  const parameters = roomParameters(conversation, globalState);
  if (!setsParameter(parameters, parameter)) return false;
  await setRoomParameters(conversation, withParameter(parameters, parameter, undefined) ?? {}, globalState);
  return true;
}
