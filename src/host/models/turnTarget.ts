import type { Connection } from '../../api/connection.ts';
import { ApiError, type ApiErrorKind } from '../../api/apiError.ts';
import { defaultModel } from '../../chat/defaultModel.ts';
import { chooseModel, type ModelChoice, type ModelReference } from '../../chat/modelChoice.ts';
import { settings } from '../../shared/contributions.ts';
import type { Connections } from '../connections/connections.ts';
import { stringSetting } from '../settings.ts';
import type { ModelList } from './modelList.ts';

/** Which connection and model a turn goes to. */
export interface TurnTarget {
  readonly connection: Connection;
  /** Missing: the endpoint has no list, so it chooses. */
  readonly model?: string;
  readonly otherVendorPicked: boolean;
}

/** What a conversation says of its model. */
export interface WantedModel {
  /** The model picked for the next turn, of whatever vendor. */
  readonly picked?: { readonly vendor: string; readonly id: string };
  /** Of the room's last turn; the connection under any name that it had. */
  readonly room?: ModelReference;
}

interface TargetServices {
  readonly connections: Connections;
  readonly models: ModelList;
}

/** Chooses them. Undefined: there is no connection at all. Throws `ApiError`. */
export async function turnTarget(
  wanted: WantedModel,
  services: TargetServices,
): Promise<TurnTarget | undefined> {
  const { connections, models } = services;
  const usable = new Set((await connections.usable()).map(({ name }) => name));
  const choice = modelChoice(wanted, usable, services);
  const connection = choice && connections.get(choice.connection);
  if (!choice || !connection) return undefined;
  const model = choice.model ?? (await firstModel(connection, models, usable.has(connection.name)));
  const { otherVendorPicked } = choice;
  return { connection, otherVendorPicked, ...(model !== undefined && { model }) };
}

/** The same as far as it is known without any request; `usable`: names of the connections that can be used. */
export function modelChoice(
  { picked, room: kept }: WantedModel,
  usable: ReadonlySet<string>,
  { connections, models }: TargetServices,
): ModelChoice | undefined {
  // The room knows the name that its connection had at first.
  const room = kept && { ...kept, connection: connections.get(kept.connection)?.name ?? kept.connection };
  const setting = stringSetting(settings.defaultModel);
  return chooseModel({
    ...(picked && { picked }),
    ...(room && { room }),
    ...(setting && { setting }),
    connections: connections.all().map((connection) => {
      const known = models.known(connection);
      return {
        name: connection.name,
        kind: connection.kind,
        usable: usable.has(connection.name),
        ...(known && { models: known }),
      };
    }),
  });
}

const fatal: ReadonlySet<ApiErrorKind> = new Set([
  'unauthorized',
  'network',
  'timeout',
  'insecureUrl',
  'redirect',
]);

/** The default of a connection whose models nobody has asked for yet. */
async function firstModel(
  connection: Connection,
  models: ModelList,
  isUsable: boolean,
): Promise<string | undefined> {
  if (!isUsable) return undefined;
  try {
    return defaultModel(connection.kind, await models.load(connection))?.id;
  } catch (error) {
    // Tachyon chooses the model where there is no list; others may have no list, and say so when they are asked.
    const isOptional = connection.kind === 'tachyon' || isNotFound(error);
    if (error instanceof ApiError && isOptional && !fatal.has(error.kind)) return undefined;
    throw error;
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.kind === 'notFound';
}
