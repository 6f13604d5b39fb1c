import type { Connection } from '../api/connection.ts';
import { isObject, type JsonObject } from '../api/json.ts';
import type { ModelInfo } from '../api/wire.ts';
import { isChatModel } from './defaultModel.ts';
import { isShown } from './modelFacts.ts';

/**
 * `models` of a connection's entry with exactly the models `shown` in the pickers, of those that are `listed`; what the
 * entry says of a model otherwise stays. A model gets a line only where its name alone would decide otherwise.
 */
export function withShownModels(
  connection: Connection,
  entry: unknown,
  listed: readonly ModelInfo[],
  shown: ReadonlySet<string>,
): JsonObject {
  const models: Record<string, unknown> = isObject(entry) ? { ...entry } : {};
  for (const model of listed) {
    const { id } = model;
    if (shown.has(id) === isShown(connection, model)) continue;
    const { shown: _, ...own } = isObject(models[id]) ? models[id] : {};
    if (!shown.has(id)) models[id] = { ...own, shown: false };
    else if (!isChatModel(connection.kind, model)) models[id] = { ...own, shown: true };
    else if (Object.keys(own).length > 0) models[id] = own;
    else delete models[id];
  }
  return models;
}
