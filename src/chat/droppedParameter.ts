import type { Connection } from '../api/connection.ts';
import { dialectOf } from '../api/dialects.ts';
import { isObject, type JsonObject } from '../api/json.ts';
import { parameterNames } from './samplingFields.ts';

/** Whether a request of the connection carries a parameter that the settings can keep out. */
export function isParameterSet(
  { kind, parameters, models = {} }: Pick<Connection, 'kind' | 'parameters' | 'models'>,
  model: string | undefined,
  parameter: string,
): boolean {
  if (parameter === 'stream_options') return dialectOf(kind).streamOptions !== undefined;
  const ofModel = model !== undefined && Object.hasOwn(models, model) ? models[model]?.parameters : undefined;
  const set = { ...parameters, ...ofModel };
  return (
    parameterNames(kind).some((name) => name === parameter) &&
    Object.hasOwn(set, parameter) &&
    set[parameter] !== null
  );
}

/**
 * An entry of `tachyon.connections` with a parameter kept out of requests, for one model or, without one, for the whole
 * connection; everything else stays. `null` also keeps out what a connection, or this client, would send otherwise.
 */
export function withoutParameter(entry: unknown, model: string | undefined, parameter: string): JsonObject {
  const connection = objectOf(entry);
  if (model === undefined) return withNull(connection, parameter);
  const models = objectOf(connection['models']);
  const settings = Object.hasOwn(models, model) ? objectOf(models[model]) : {};
  return { ...connection, models: { ...models, [model]: withNull(settings, parameter) } };
}

function withNull(owner: JsonObject, parameter: string): JsonObject {
  return { ...owner, parameters: { ...objectOf(owner['parameters']), [parameter]: null } };
}

function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
