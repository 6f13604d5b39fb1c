import { ApiError } from '../api/apiError.ts';
import { readModels } from '../api/modelInfo.ts';
import { isObject, type JsonObject, textOf } from '../api/json.ts';
import type { ModelInfo } from '../api/wire.ts';
import { isLoading } from '../api/retry.ts';

/** Model servers for one's own machine, with the port that each takes unless it is told another. */
export const localServers = [
  { id: 'ollama', title: 'Ollama', port: 11_434 },
  { id: 'lmStudio', title: 'LM Studio', port: 1234 },
  { id: 'llamaCpp', title: 'llama.cpp', port: 8080 },
  { id: 'vllm', title: 'vLLM', port: 8000 },
] as const;

/** Which program a local server is. */
export type LocalServerId = (typeof localServers)[number]['id'];

/** Whether a model can answer at once. `notLoaded`: its first prompt loads it. */
export type ModelState = 'loaded' | 'loading' | 'notLoaded';

/** What a port of this machine answered to a request for its models. */
export type PortAnswer = { readonly reply: unknown } | { readonly error: unknown };

/** What is behind a port of this machine. */
export type LocalServer =
  /** Nothing listens. */
  | { readonly state: 'absent' }
  /** Something listens that is no model server, or does not say so in time. */
  | { readonly state: 'other' }
  /** It may be a model server: it refuses to answer without a key. */
  | { readonly state: 'needsKey' }
  /** `id` is missing for a server that does not tell which program it is. */
  | { readonly state: 'ready'; readonly id?: LocalServerId; readonly models: readonly ModelInfo[] }
  /** Its only model is not there yet. */
  | { readonly state: 'loading'; readonly id: 'llamaCpp'; readonly models: readonly ModelInfo[] };

/** Who wrote a list, by what its entries call their owner. Ollama's own library is an owner, too. */
const owners: Readonly<Record<string, LocalServerId>> = {
  library: 'ollama',
  organization_owner: 'lmStudio',
  llamacpp: 'llamaCpp',
  vllm: 'vllm',
};

/** Decides from the answer to `GET /v1/models` what is behind a port. */
export function readLocalServer(port: number, answer: PortAnswer): LocalServer {
  if ('error' in answer) return readRefusal(answer.error);
  const { reply } = answer;
  // Ollama without any model has `data: null`.
  const isEmpty = isObject(reply) && reply['object'] === 'list' && reply['data'] === null;
  const models = isEmpty ? [] : readModels(reply);
  if (models === undefined || !isObject(reply)) return { state: 'other' };
  const id = serverOf(entriesOf(reply)) ?? (isEmpty || models.length === 0 ? byPort(port) : undefined);
  const isAllLoading = models.length > 0 && [...readStates(reply).values()].every((s) => s === 'loading');
  if (id === 'llamaCpp' && isAllLoading) return { state: 'loading', id, models };
  return { state: 'ready', models, ...(id && { id }) };
}

function readRefusal(error: unknown): LocalServer {
  if (!(error instanceof ApiError)) return { state: 'other' };
  if (isLoading(error)) return { state: 'loading', id: 'llamaCpp', models: [] };
  if (error.kind === 'unauthorized' || error.kind === 'forbidden') return { state: 'needsKey' };
  // Before any byte of a reply, nothing listens; a browser does not say more than that.
  return { state: error.kind === 'network' ? 'absent' : 'other' };
}

/** Where a server tells the states of its models, from its origin on; missing where its list of models tells them. */
export function statesPath(id: LocalServerId | undefined): string | undefined {
  if (id === 'lmStudio') return '/api/v0/models';
  return id === 'ollama' ? '/api/ps' : undefined;
}

/**
 * The states of models by id, from the list of models (llama.cpp) or from the reply of {@link statesPath}. Models that
 * a reply does not name are in `rest`, if it tells of all that are loaded.
 */
export function readStates(reply: unknown): ReadonlyMap<string, ModelState> {
  const states = new Map<string, ModelState>();
  for (const entry of entriesOf(reply)) {
    const id = textOf(entry['id']) ?? textOf(entry['model']) ?? textOf(entry['name']);
    const state = stateOf(entry);
    if (id !== undefined && state !== undefined) states.set(id, state);
  }
  return states;
}

/** The states of all of a server's models; Ollama names those that are loaded and no others. */
export function modelStates(
  id: LocalServerId | undefined,
  models: readonly ModelInfo[],
  reply: unknown,
): ReadonlyMap<string, ModelState> {
  const told = readStates(reply);
  if (id !== 'ollama' || !isObject(reply)) return told;
  return new Map(models.map((model) => [model.id, told.get(model.id) ?? 'notLoaded']));
}

function stateOf(entry: JsonObject): ModelState | undefined {
  const { status, state, meta, owned_by: owner } = entry;
  // llama.cpp with several models; those that sleep or are not loaded come with the first prompt.
  if (isObject(status)) return worded(status['value']) ?? 'notLoaded';
  // LM Studio.
  if (state !== undefined) return worded(state) ?? 'notLoaded';
  // llama.cpp with one model knows nothing of it before it is loaded.
  if (owner === 'llamacpp') return meta === null ? 'loading' : 'loaded';
  // Ollama's list of what runs.
  return 'expires_at' in entry ? 'loaded' : undefined;
}

function worded(state: unknown): ModelState | undefined {
  return state === 'loaded' || state === 'loading' ? state : undefined;
}

function serverOf(entries: readonly JsonObject[]): LocalServerId | undefined {
  for (const { owned_by: owner } of entries) {
    if (typeof owner === 'string' && Object.hasOwn(owners, owner)) return owners[owner];
  }
  return undefined;
}

function byPort(port: number): LocalServerId | undefined {
  return localServers.find((server) => server.port === port)?.id;
}

function entriesOf(reply: unknown): readonly JsonObject[] {
  if (!isObject(reply)) return [];
  const list = [reply['data'], reply['models']].find((candidate) => Array.isArray(candidate));
  return Array.isArray(list) ? list.filter(isObject) : [];
}
