import type * as vscode from 'vscode';
import type { BufferingWatch } from '../../chat/bufferedStream.ts';
import type { CarriedTranscripts } from '../../chat/carriedTranscripts.ts';
import type { Journal } from '../../chat/journal.ts';
import type { Drafts } from '../../chat/panel/drafts.ts';
import type { RoomSignals } from '../../chat/panel/roomSignals.ts';
import type { SentRequests } from '../../chat/sentRequest.ts';
import type { Attachments } from '../attachments/attachments.ts';
import type { ConnectionNames } from '../connections/connectionNames.ts';
import type { CodeRequest } from '../code/codeActions.ts';
import type { Connections } from '../connections/connections.ts';
import type { RoomEndpoints } from '../connections/roomEndpoints.ts';
import type { Log } from '../log.ts';
import type { ModelList } from '../models/modelList.ts';
import type { RunningTurns } from '../participant/runningTurns.ts';
import type { LiveTurns } from '../rooms/liveTurns.ts';
import type { LocalRooms } from '../rooms/localRooms.ts';
import type { AudioStore } from '../storage/audioStore.ts';

/** What the chat panel works with. */
export interface PanelServices {
  readonly extensionUri: vscode.Uri;
  readonly connections: Connections;
  readonly names: ConnectionNames;
  readonly rooms: RoomEndpoints;
  readonly localRooms: LocalRooms;
  readonly models: ModelList;
  readonly journal: Journal;
  readonly carriedTranscripts: CarriedTranscripts;
  readonly running: RunningTurns;
  readonly live: LiveTurns;
  readonly signals: RoomSignals;
  readonly drafts: Drafts;
  readonly attachments: Attachments;
  readonly audio: AudioStore;
  /** Does what a button of a block of code says. */
  readonly useCode: (request: CodeRequest) => Promise<void>;
  readonly sent: SentRequests;
  readonly buffering: BufferingWatch;
  readonly log: Log;
  readonly workspaceState: vscode.Memento;
  readonly globalState: vscode.Memento;
}
