import type * as vscode from 'vscode';
import type { BufferingWatch } from '../../chat/bufferedStream.ts';
import type { CarriedTranscripts } from '../../chat/carriedTranscripts.ts';
import type { Journal } from '../../chat/journal.ts';
import type { SentRequests } from '../../chat/sentRequest.ts';
import type { Attachments } from '../attachments/attachments.ts';
import type { Connections } from '../connections/connections.ts';
import type { RoomEndpoints } from '../connections/roomEndpoints.ts';
import type { Log } from '../log.ts';
import type { ModelList } from '../models/modelList.ts';
import type { Platform } from '../platform.ts';
import type { LiveTurns } from '../rooms/liveTurns.ts';
import type { LocalRooms } from '../rooms/localRooms.ts';
import type { RoomNews } from '../rooms/roomNews.ts';
import type { AudioStore } from '../storage/audioStore.ts';
import type { RunningTurns } from './runningTurns.ts';

/** What the participant works with. */
export interface ParticipantServices {
  readonly connections: Connections;
  readonly rooms: RoomEndpoints;
  readonly models: ModelList;
  readonly journal: Journal;
  readonly running: RunningTurns;
  readonly live: LiveTurns;
  readonly news: RoomNews;
  readonly carriedTranscripts: CarriedTranscripts;
  readonly localRooms: LocalRooms;
  readonly audio: AudioStore;
  readonly sent: SentRequests;
  readonly buffering: BufferingWatch;
  readonly log: Log;
  readonly platform: Platform;
  readonly attachments: Attachments;
  readonly workspaceState: vscode.Memento;
}
