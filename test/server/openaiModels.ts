import type { ListedModel, ModelBackend } from './modelBackend.ts';
import { notFound } from './httpError.ts';

const chat = ['streaming', 'multi_turn'];

function listed(id: string, provider: string, ...features: readonly string[]): ListedModel {
  return { id, name: id, provider, supported_features: features };
}

/** As long and as mixed as the real list: most entries cannot chat, and nothing but the id tells which. */
export const openaiModels: readonly ListedModel[] = [
  listed('text-embedding-3-demo', 'system', 'embedding'),
  listed('tts-1-demo', 'openai-internal', 'audio'),
  listed('whisper-1-demo', 'openai-internal', 'audio'),
  listed('gpt-image-1-demo', 'system', 'image'),
  listed('omni-moderation-demo', 'system', 'moderation'),
  listed('gpt-4o-demo', 'system', ...chat),
  listed('gpt-4o-demo-mini', 'system', ...chat),
  listed('gpt-4o-audio-demo', 'system', ...chat),
  listed('o3-demo', 'system', ...chat, 'reasoning'),
  listed('gpt-5-demo', 'system', ...chat, 'reasoning'),
];

/** Ids as model hubs give them: with an owner. */
export const atomaModels: readonly ListedModel[] = [
  listed('demo-labs/Demo-Embed-Large', 'atoma', 'embedding'),
  listed('demo-labs/Demo-3.3-70B-Instruct', 'atoma', ...chat),
  listed('demo-labs/Demo-R1-Distill-8B', 'atoma', ...chat),
];

/** Ids as Ollama gives them: with a tag. */
export const compatibleModels: readonly ListedModel[] = [
  listed('demo-embed:latest', 'library', 'embedding'),
  listed('demo:latest', 'library', ...chat),
  listed('demo-think:8b', 'library', ...chat),
];

/** `GET /models` in OpenAI's shape. */
export function modelList(models: readonly ListedModel[]): object {
  return {
    object: 'list',
    data: models.map(({ id, provider }, index) => ({
      id,
      object: 'model',
      created: 1_735_689_600 + index * 86_400,
      owned_by: provider,
    })),
  };
}

/** The listed chat model of that id. Throws a 404 if there is none. */
export async function findChatModel(
  backend: ModelBackend,
  id: string,
  signal: AbortSignal,
): Promise<ListedModel> {
  const model = (await backend.listModels(signal)).find((candidate) => candidate.id === id);
  if (!model) {
    const message = `The model \`${id}\` does not exist or your key has no access to it.`;
    throw notFound(message, { code: 'model_not_found' });
  }
  if (model.supported_features.includes('streaming')) return model;
  throw notFound(`The model \`${id}\` is no chat model.`, { param: 'model' });
}
