import { readList } from './envelope.ts';
import { cutText, isObject, type JsonObject, numberOf, textOf } from './json.ts';
import type { ModelInfo } from './wire.ts';

/** Some servers describe each of hundreds of models at length, and lists are kept. */
const descriptionLength = 300;

/**
 * Guards the reply of a model list (wire contract A5, C, D, and what compatible servers add); `undefined` for a shape
 * nobody knows. Entries without an id, and those that say that they do not chat, are left out.
 */
export function readModels(reply: unknown): ModelInfo[] | undefined {
  // llama.cpp's server gives Ollama's list, without ids, beside OpenAI's.
  const list = isObject(reply) && Array.isArray(reply['data']) ? reply['data'] : reply;
  return readList(list, ['models'])?.flatMap((entry) => {
    const id = textOf(entry['id']);
    return id === undefined || !chats(entry) ? [] : [readModel(id, entry)];
  });
}

function readModel(id: string, entry: JsonObject): ModelInfo {
  const model: ModelInfo = {
    id,
    name: textOf(entry['name']) ?? id,
    supported_features: featuresOf(entry),
  };
  const provider = textOf(entry['provider']);
  const description = textOf(entry['description']);
  const contextWindow = firstCount(entry, windowFields);
  const maxOutput = firstCount(entry, outputFields);
  const created = numberOf(entry['created']);
  return {
    ...model,
    ...(provider === undefined ? {} : { provider }),
    ...(description === undefined ? {} : { description: cutText(description, descriptionLength) }),
    ...(contextWindow === undefined ? {} : { context_window: contextWindow }),
    ...(maxOutput === undefined ? {} : { max_output_tokens: maxOutput }),
    ...(created === undefined || created <= 0 ? {} : { created }),
  };
}

/** Where servers tell the window: Tachyon and Groq, OpenRouter and Together, vLLM, Mistral, llama.cpp. */
const windowFields = [
  ['context_window'],
  ['context_length'],
  ['max_model_len'],
  ['max_context_length'],
  ['top_provider', 'context_length'],
  ['meta', 'n_ctx_train'],
] as const;
/** Where they tell the longest answer: Tachyon, Groq, OpenRouter. */
const outputFields = [
  ['max_output_tokens'],
  ['max_completion_tokens'],
  ['top_provider', 'max_completion_tokens'],
] as const;

function firstCount(entry: JsonObject, fields: readonly (readonly string[])[]): number | undefined {
  return fields
    .map((path) => path.reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), entry))
    .map(numberOf)
    .find((count) => count !== undefined && count > 0);
}

/** Groq tells `active`, Mistral and Azure their `capabilities`, Together a `type`, OpenRouter what comes out. */
function chats({ active, capabilities, type, architecture }: JsonObject): boolean {
  const able = isObject(capabilities) ? capabilities : {};
  const made = isObject(architecture) ? architecture['output_modalities'] : undefined;
  return (
    active !== false &&
    able['completion_chat'] !== false &&
    able['chat_completion'] !== false &&
    !/^(?:image|embeddings?|moderation|rerank|audio|video|transcribe)$/.test(textOf(type) ?? '') &&
    (!Array.isArray(made) || made.includes('text'))
  );
}

/** The words of wire contract A5 for what the other servers call otherwise; `chat` where they tell nothing more. */
function featuresOf(entry: JsonObject): string[] {
  const { supported_features: own, supported_parameters: taken, capabilities, architecture } = entry;
  if (Array.isArray(own)) {
    return textsOf(own);
  }
  const seen = isObject(architecture) ? architecture['input_modalities'] : undefined;
  const able = isObject(capabilities)
    ? Object.keys(capabilities).filter((name) => capabilities[name] === true)
    : textsOf(capabilities);
  const told = new Set([...textsOf(taken), ...textsOf(seen), ...able]);
  if (told.size === 0) {
    return [];
  }
  const has = (...words: readonly string[]): boolean => words.some((word) => told.has(word));
  return [
    'chat',
    ...(has('tools', 'function_calling', 'tool_use') ? ['function_calling'] : []),
    ...(has('image', 'vision', 'multimodal') ? ['vision'] : []),
    ...(has('reasoning', 'include_reasoning', 'thinking') ? ['reasoning'] : []),
  ];
}

function textsOf(values: unknown): string[] {
  return Array.isArray(values) ? values.filter((value) => typeof value === 'string') : [];
}
