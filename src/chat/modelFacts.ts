import type { Connection, ModelSettings } from '../api/connection.ts';
import type { ModelInfo } from '../api/wire.ts';
import { isChatModel } from './defaultModel.ts';
import type { ModelEntry } from './modelEntry.ts';
import { openModelWindow } from './openModels.ts';
import { openaiModel } from './openaiModels.ts';

/** A model as people and VS Code need to know it. */
interface ModelFacts {
  readonly name: string;
  /** In tokens, prompt and answer together. */
  readonly contextWindow: number;
  /** In tokens; it leaves a prompt at least half of the window. */
  readonly maxOutputTokens: number;
  /** Neither the user nor the server told both limits. */
  readonly isEstimate: boolean;
  readonly imageInput: boolean;
  readonly toolCalling: boolean;
}

/** Where nobody gives limits: small enough for any chat model of today. In tokens. */
export const assumedLimits = { contextWindow: 32_768, maxOutputTokens: 4096 } as const;

/** Settings that say that a model is there. */
const described: ReadonlySet<string> = new Set([
  'name',
  'contextWindow',
  'maxOutputTokens',
  'imageInput',
  'toolCalling',
]);
/** Names of open and hosted models that say that they see. */
const seeing =
  /vision|llava|pixtral|moondream|minicpm-v|(?:^|[^a-z])vl(?:[^a-z]|$)|gemini|claude|gpt-(?:4o|4\.1|[5-9])|llama-?4|gemma-?3(?!.*(?:270m|1b))/i;

/** What the user's settings say of a model, else its server, else what its name lets expect. */
export function modelFacts(connection: Connection, model: ModelInfo): ModelFacts {
  const own = settingsOf(connection, model.id);
  const known = connection.kind === 'openai' ? openaiModel(model.id) : undefined;
  const features = model.supported_features;
  const tellsFeatures = features.length > 0;
  const toldWindow = own.contextWindow ?? model.context_window;
  const toldOutput = own.maxOutputTokens ?? model.max_output_tokens;
  const contextWindow =
    toldWindow ??
    known?.contextWindow ??
    openModelWindow(connection, model.id) ??
    assumedLimits.contextWindow;
  const maxOutputTokens = toldOutput ?? known?.maxOutputTokens ?? assumedLimits.maxOutputTokens;
  const sees = known?.imageInput ?? (connection.kind === 'openai' || seeing.test(model.id));
  return {
    name: own.name ?? model.name,
    contextWindow,
    // Some servers give the window as the output's limit too.
    maxOutputTokens: Math.min(maxOutputTokens, Math.ceil(contextWindow / 2)),
    isEstimate: toldWindow === undefined || toldOutput === undefined,
    imageInput: own.imageInput ?? (tellsFeatures ? features.includes('vision') : sees),
    // Agent mode hides models without it, so it is assumed where the server tells nothing.
    toolCalling:
      own.toolCalling ??
      (!tellsFeatures || features.includes('function_calling') || features.includes('agent')),
  };
}

/** What is known of a model's input. */
interface ModelInput {
  /** In tokens, room for the answer left; missing: nobody tells a window. */
  readonly limit?: number;
  /** Missing: nobody tells whether it sees. */
  readonly images?: boolean;
}

/** The same facts as {@link modelFacts}, without what is only assumed: nothing is cut or refused for a guess. */
export function modelInput(connection: Connection, model: ModelInfo): ModelInput {
  const own = settingsOf(connection, model.id);
  const known = connection.kind === 'openai' ? openaiModel(model.id) : undefined;
  const { contextWindow, maxOutputTokens, imageInput } = modelFacts(connection, model);
  const hasWindow =
    own.contextWindow ??
    model.context_window ??
    known?.contextWindow ??
    openModelWindow(connection, model.id);
  const tellsImages =
    own.imageInput !== undefined || known !== undefined || model.supported_features.length > 0;
  return {
    ...(hasWindow !== undefined && { limit: contextWindow - maxOutputTokens }),
    ...(tellsImages && { images: imageInput }),
  };
}

/** Whether a model stands in the pickers: it chats, or the settings want it. */
export function isShown(connection: Connection, model: ModelInfo): boolean {
  const { kind, models = {} } = connection;
  const own: ModelEntry | undefined = Object.hasOwn(models, model.id) ? models[model.id] : undefined;
  // What a person has settings for is wanted.
  return own?.shown ?? (own !== undefined || isChatModel(kind, model));
}

/**
 * The server's list, and the models that only the user's settings describe. Settings that hold nothing but parameters
 * and a price describe none.
 */
export function withOwnModels(connection: Connection, listed: readonly ModelInfo[]): readonly ModelInfo[] {
  const ids = new Set(listed.map(({ id }) => id));
  const own = Object.entries(connection.models ?? {})
    .filter(([id, settings]) => !ids.has(id) && describes(settings))
    .map(([id, { name }]): ModelInfo => ({ id, name: name ?? id, supported_features: [] }));
  return own.length === 0 ? listed : [...listed, ...own];
}

function describes(settings: ModelEntry): boolean {
  return settings.shown !== false && Object.keys(settings).some((field) => described.has(field));
}

function settingsOf({ models = {} }: Connection, id: string): ModelSettings {
  return (Object.hasOwn(models, id) ? models[id] : undefined) ?? {};
}
