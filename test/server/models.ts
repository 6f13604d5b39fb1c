import type { ListedModel, ModelBackend } from './modelBackend.ts';
import { badRequest } from './httpError.ts';

const chat = ['streaming', 'function_calling', 'vision', 'system_prompt', 'multi_turn', 'code_generation'];

/**
 * The built-in list. A client that takes the first entry, or the first in the alphabet, gets a model that
 * cannot chat; one that leaves `require_agent_product` at its default does not see `tachyon/demo`.
 */
export const demoModels: readonly ListedModel[] = [
  {
    id: 'acme/aardvark-embedding',
    name: 'aardvark-embedding',
    provider: 'acme',
    description: 'Turns text into vectors. It cannot chat.',
    context_window: 8192,
    supported_features: ['embedding'],
  },
  {
    id: 'acme/bark-speech',
    name: 'bark-speech',
    provider: 'acme',
    description: null,
    context_window: null,
    max_output_tokens: null,
    supported_features: ['audio'],
  },
  {
    id: 'acme/bare',
    name: 'bare',
    provider: 'acme',
    supported_features: ['streaming'],
  },
  {
    id: 'tachyon/demo',
    name: 'demo',
    provider: 'tachyon',
    description: 'Built-in demo model: shows what was asked.',
    context_window: 131_072,
    max_output_tokens: 8192,
    supported_features: chat,
  },
  {
    id: 'tachyon/demo-large',
    name: 'demo-large',
    provider: 'tachyon',
    description: 'Built-in demo model with a larger window. デモ用モデル',
    context_window: 1_048_576,
    max_output_tokens: 65_536,
    supported_features: [...chat, 'json_mode', 'reasoning', 'agent'],
  },
  {
    id: 'acme/zoo/nested-name:free',
    name: 'zoo/nested-name:free',
    provider: 'acme',
    description: '',
    context_window: 4096,
    max_output_tokens: 4096,
    supported_features: ['streaming', 'system_prompt', 'multi_turn', 'agent'],
  },
];

/** Query of `GET /v1/llms/models`: features are given repeatedly or comma-separated and must all be there. */
export function filterModels(models: readonly ListedModel[], query: URLSearchParams): readonly ListedModel[] {
  const agentOnly = query.get('require_agent_product') ?? 'true';
  if (agentOnly !== 'true' && agentOnly !== 'false') {
    throw badRequest('require_agent_product must be true or false');
  }
  const wanted = query
    .getAll('supported_feature')
    .flatMap((value) => value.split(','))
    .filter((feature) => feature !== '');
  if (agentOnly === 'true') wanted.push('agent');
  return models.filter((model) => wanted.every((feature) => model.supported_features.includes(feature)));
}

/**
 * The listed model that a request means: `provider/model`, `provider:model`, the shorthands `small` and
 * `large`, or nothing for the default (wire contract A6). Throws a 400 for any other.
 */
export async function resolveModel(
  backend: ModelBackend,
  requested: string | null | undefined,
  signal: AbortSignal,
): Promise<string> {
  const models = await backend.listModels(signal);
  const chatModels = models.filter((model) => model.supported_features.includes('streaming'));
  const fallback =
    chatModels.find((model) => model.supported_features.includes('multi_turn')) ?? chatModels[0];
  if (requested === null || requested === undefined || requested === 'small') {
    if (fallback) return fallback.id;
    throw badRequest('there is no chat model');
  }
  const found =
    requested === 'large'
      ? (chatModels.find((model) => model.name.endsWith('large')) ?? fallback)
      : models.find((model) => model.id === requested || model.id.replace('/', ':') === requested);
  if (!found) throw badRequest(`model_not_registered: ${requested}`);
  if (!chatModels.includes(found)) throw badRequest(`model ${requested} does not support chat completions`);
  return found.id;
}
