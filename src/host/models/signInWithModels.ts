import type { Connection } from '../../api/connection.ts';
import type { ConnectionNames } from '../connections/connectionNames.ts';
import type { Connections } from '../connections/connections.ts';
import { signIn, type SignInStart } from '../connections/signIn.ts';
import type { Log } from '../log.ts';
import type { ModelList } from './modelList.ts';

/** What signing in works with. */
export interface SignInServices {
  readonly connections: Connections;
  readonly names: ConnectionNames;
  readonly models: ModelList;
  readonly log: Log;
}

/** Signs in and asks for the connection's models. Undefined: the person gave up. */
export async function signInWithModels(
  { connections, names, models, log }: SignInServices,
  start: SignInStart = 'choice',
): Promise<Connection | undefined> {
  const connection = await signIn(connections, log, { names, start });
  if (!connection) return undefined;
  await models.load(connection).catch((error: unknown) => {
    log.failure('Models not listed', error, { connection: connection.name });
  });
  return connection;
}
