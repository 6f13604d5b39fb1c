import type * as vscode from 'vscode';
import type { RoomTraces } from '../../chat/forgetRoom.ts';
import { forgetPick } from './modelPicks.ts';
import { forgetParameters } from './roomParameters.ts';

/** What people chose for single chatrooms, to be forgotten with these. */
export function roomChoices(globalState: vscode.Memento): RoomTraces['choices'] {
  return {
    forget: async (key) => {
      await forgetPick(key, globalState);
      await forgetParameters(key, globalState);
    },
  };
}
