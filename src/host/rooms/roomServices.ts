import type * as vscode from 'vscode';
import type { CarriedTranscripts } from '../../chat/carriedTranscripts.ts';
import type { Journal } from '../../chat/journal.ts';
import type { RoomTraces } from '../../chat/forgetRoom.ts';
import type { Connections } from '../connections/connections.ts';
import type { RoomEndpoints } from '../connections/roomEndpoints.ts';
import type { Log } from '../log.ts';
import type { LocalRooms } from './localRooms.ts';
import type { LiveTurns } from './liveTurns.ts';
import type { RoomNews } from './roomNews.ts';

/** What the commands about chatrooms work with. */
export interface RoomServices extends RoomTraces {
  readonly connections: Connections;
  readonly rooms: RoomEndpoints;
  readonly localRooms: LocalRooms;
  readonly journal: Pick<Journal, 'records' | 'begin' | 'forget'>;
  readonly carriedTranscripts: CarriedTranscripts;
  readonly live: LiveTurns;
  readonly news: RoomNews;
  readonly log: Log;
  readonly workspaceState: vscode.Memento;
}
