import type { Exchange, Services } from './exchange.ts';
import { answer } from './completion.ts';
import { sendJson } from './exchange.ts';
import { openaiChunks } from './openaiChunks.ts';
import { findChatModel, modelList } from './openaiModels.ts';
import { checkReasoningRequest } from './openaiRules.ts';
import { ulid } from './ulid.ts';

/** `POST {base}/chat/completions` of OpenAI, Atoma and compatible servers. */
export async function openaiCompletion(exchange: Exchange, services: Services): Promise<void> {
  const { dialect, watch } = exchange;
  const request: unknown = exchange.body;
  exchange.dialect.check(request);
  const backend = services.backends[dialect.kind];
  const model = await findChatModel(backend, request.model ?? '', watch.signal);
  if (dialect.isOpenai && model.supported_features.includes('reasoning')) checkReasoningRequest(request);
  const id = `chatcmpl-${ulid()}`;
  const shape = openaiChunks(dialect, id, model.id, request);
  await answer(exchange, services, { id, model: model.id, request, shape });
}

/** `GET {base}/models` of OpenAI, Atoma and compatible servers. */
export async function listOpenaiModels(exchange: Exchange, services: Services): Promise<void> {
  const { dialect, response, watch } = exchange;
  sendJson(response, 200, modelList(await services.backends[dialect.kind].listModels(watch.signal)));
}

/** What LM Studio says to any other path, with status 200 (wire contract F). */
export function unexpectedEndpoint({ dialect, method, response, url }: Exchange): void {
  const path = url.pathname.slice(dialect.root.length);
  sendJson(response, 200, { error: `Unexpected endpoint or method. (${method} ${path})` });
}
