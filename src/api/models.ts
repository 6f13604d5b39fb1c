import type { Connection, RequestOptions } from './connection.ts';
import { dialectOf } from './dialects.ts';
import { readModels } from './modelInfo.ts';
import { requestJson } from './reply.ts';
import type { ModelInfo } from './wire.ts';

/**
 * Lists the models a connection can chat with (wire contract A5, C, D).
 * @throws {ApiError} or what `options.signal` was aborted with.
 */
export async function listModels(connection: Connection, options?: RequestOptions): Promise<ModelInfo[]> {
  const { modelsPath } = dialectOf(connection.kind);
  return await requestJson(connection, { method: 'GET', path: modelsPath }, readModels, options);
}
