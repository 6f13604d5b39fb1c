import type { Log } from '../../log.ts';
import type { ModelList } from '../../models/modelList.ts';
import type { ConnectionNames } from '../connectionNames.ts';
import type { Connections } from '../connections.ts';

/** What managing connections works with. */
export interface ManageServices {
  readonly connections: Connections;
  readonly names: ConnectionNames;
  readonly models: ModelList;
  readonly log: Log;
}
