import type { Connection, Parameters } from '../api/connection.ts';
import { dialectOf } from '../api/dialects.ts';
import { isObject, type JsonObject } from '../api/json.ts';
import { parameterNames } from './samplingFields.ts';

/** Whether a request of the connection carries a parameter that the settings can keep out. */
export function isParameterSet(
  connection: Pick<Connection, 'kind' | 'parameters' | 'models'>,
  model: string | undefined,
  parameter: string,
): boolean {
  const { kind } = connection;
  if (parameter === 'stream_options') return dialectOf(kind).streamOptions !== undefined;
  const isKnown = parameterNames(kind).some((name) => name === parameter);
  return isKnown && setsParameter(parametersInForce(connection, model), parameter);
}

/** Whether a parameter goes out because of these: `null` keeps it out. */
export function setsParameter(parameters: Parameters, parameter: string): boolean {
  return Object.hasOwn(parameters, parameter) && parameters[parameter] !== null;
}

/** What the settings set for requests to a model of the connection. */
export function parametersInForce(
  { parameters, models = {} }: Pick<Connection, 'parameters' | 'models'>,
  model: string | undefined,
): Parameters {
  const ofModel = model !== undefined && Object.hasOwn(models, model) ? models[model]?.parameters : undefined;
  return { ...parameters, ...ofModel };
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
