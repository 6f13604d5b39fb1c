import type * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { ApiError, type ApiErrorKind } from '../../api/apiError.ts';
import { defaultModel } from '../../chat/defaultModel.ts';
import { lastModel } from '../../chat/findPlacement.ts';
import type { JournalReader } from '../../chat/journalReader.ts';
import { chooseModel } from '../../chat/modelChoice.ts';
import type { VisibleTurn } from '../../chat/turns.ts';
import { settings } from '../../shared/contributions.ts';
import type { Connections } from '../connections/connections.ts';
import { stringSetting } from '../settings.ts';
import type { ModelList } from '../models/modelList.ts';

/** Which connection and model a turn goes to. */
export interface TurnTarget {
  readonly connection: Connection;
  /** Missing: the endpoint has no list, so it chooses. */
  readonly model?: string;
  readonly otherVendorPicked: boolean;
}

/** Chooses them. Undefined: there is no connection at all. Throws `ApiError`. */
export async function turnTarget(
  picked: vscode.LanguageModelChat,
  visible: readonly VisibleTurn[],
  journal: JournalReader,
  { connections, models }: { readonly connections: Connections; readonly models: ModelList },
): Promise<TurnTarget | undefined> {
  const usable = new Set((await connections.usable()).map(({ name }) => name));
  const kept = await lastModel(visible, journal);
  // The room knows the name that its connection had at first.
  const room = kept && { ...kept, connection: connections.get(kept.connection)?.name ?? kept.connection };
  const setting = stringSetting(settings.defaultModel);
  const choice = chooseModel({
    picked: { vendor: picked.vendor, id: picked.id },
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
  const connection = choice && connections.get(choice.connection);
  if (!choice || !connection) return undefined;
  const model = choice.model ?? (await firstModel(connection, models, usable.has(connection.name)));
  const { otherVendorPicked } = choice;
  return { connection, otherVendorPicked, ...(model !== undefined && { model }) };
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
