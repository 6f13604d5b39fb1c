import type { ConnectionKind } from '../api/connection.ts';
import type { ModelInfo } from '../api/wire.ts';
import { isElsewhere } from './openaiModels.ts';
import { openModelRanks } from './openModelRanks.ts';

/** Features (wire contract A5) of which a model that chats has at least one, if it names any. */
const chatFeatures: ReadonlySet<string> = new Set([
  'chat',
  'streaming',
  'function_calling',
  'system_prompt',
  'json_mode',
  'multi_turn',
  'code_generation',
  'reasoning',
  'agent',
]);
const otherName =
  /embed|rerank|retriever|minilm|whisper|transcri|(?:^|[^a-z])(?:tts|stt|asr|audio|speech|voice|realtime|ocr|bge|gte|e5|orpheus)(?:[^a-z]|$)|dall-?e|image|imagen|flux|diffusion|sora|veo(?:[^a-z]|$)|video|moderation|guard|davinci|babbage/i;
/** Not what a person expects without having chosen it. */
const unsettled =
  /preview|(?:^|[^a-z])(?:exp|experimental|beta|alpha|test|legacy|deprecated|mock|search)(?:[^a-z]|$)/i;
const small =
  /(?:^|[^a-z])(?:mini|nano|micro|tiny|small|lite|flash|haiku|instant|turbo)(?:[^a-z]|$)|[^\d]\d{1,2}b(?:[^a-z]|$)/i;
/** Their price surprises: they are for those who pick them. */
const costly = /(?:^|[^a-z])(?:opus|ultra|deep-?research|o\d-pro)(?:[^a-z]|$)/i;

/** Whether the model answers a chat: no embedding, speech, image or moderation model. */
export function isChatModel(kind: ConnectionKind, model: ModelInfo): boolean {
  const features = model.supported_features;
  return (
    !otherName.test(`${model.id} ${model.name}`) &&
    !(kind === 'openai' && isElsewhere(model.id)) &&
    (features.length === 0 || features.some((feature) => chatFeatures.has(feature)))
  );
}

/** The greater rank wins; the first rank in which two models differ decides. */
type Rank = (model: ModelInfo) => number;

const settled: Rank = ({ id }) => Number(!unsettled.test(id));

// Models of many makers: a settled one that can call tools, is neither small nor costly, and is of a family known to
// be good at it; of those the larger, then the newer.
const openRanks: readonly Rank[] = [
  settled,
  (model) => Number(model.supported_features.length === 0 || hasFeature(model, 'function_calling')),
  ({ id }) => Number(!costly.test(id)),
  ...openModelRanks,
  (model) => model.created ?? 0,
];

const ranks: Readonly<Record<ConnectionKind, readonly Rank[]>> = {
  // Tachyon's own chat page opens with the current Claude Sonnet; else a settled model of the middle price range
  // that can act as agent, with room for files, and the newest of those.
  tachyon: [
    settled,
    (model) => Number(/claude.*sonnet/i.test(model.id)),
    (model) => Number(hasFeature(model, 'agent')),
    (model) => Number(hasFeature(model, 'function_calling')),
    (model) => Number(!small.test(model.id) && !costly.test(model.id)),
    (model) => Number((model.context_window ?? 0) >= 100_000),
    (model) => claudeVersion(model.id),
    (model) => releaseDate(model.id),
    (model) => model.max_output_tokens ?? 0,
    (model) => model.context_window ?? 0,
  ],
  // The newest general model of the middle price range under the name without a date, which follows its snapshots;
  // else what is nearest to it. Models trained further are for one purpose.
  openai: [
    settled,
    ({ id }) => Number(!id.startsWith('ft:')),
    ({ id }) => Number(gptVersion(id) > 4),
    ({ id }) => Number(/^gpt-[\d.]+o?(?:-20\d{2}-\d{2}-\d{2})?$/.test(id)),
    ({ id }) => Number(!small.test(id) && !costly.test(id)),
    ({ id }) => gptVersion(id),
    ({ id }) => Number(!/-\d{4}(?:-\d{2}-\d{2})?$/.test(id)),
    ({ id }) => Number(!/-chat(?:-|$)/.test(id)),
    (model) => model.created ?? 0,
    (model) => releaseDate(model.id),
  ],
  atoma: openRanks,
  'openai-compatible': openRanks,
};

/** The model for those who chose none, by a rule per kind; undefined: let the server choose. */
export function defaultModel(kind: ConnectionKind, models: readonly ModelInfo[]): ModelInfo | undefined {
  const better = (a: ModelInfo, b: ModelInfo) => {
    for (const rank of ranks[kind]) {
      const difference = rank(b) - rank(a);
      if (difference !== 0) return difference;
    }
    // Equal: the order of the server's list stands.
    return 0;
  };
  return models.filter((model) => isChatModel(kind, model)).toSorted(better)[0];
}

function hasFeature(model: ModelInfo, feature: string): boolean {
  return model.supported_features.includes(feature);
}

/** Comparable only within a family: 4.5 for `claude-sonnet-4-5-20250929`, 0 for other families. */
function claudeVersion(id: string): number {
  if (!/claude/i.test(id)) return 0;
  const found = /(?:^|[^\d])(\d)(?:[-.](\d))?(?![\d])/.exec(id);
  return found ? Number(`${found[1]}.${found[2] ?? 0}`) : 0;
}

/** 5.1 for `gpt-5.1-mini`; GPT-4o came between 4 and 4.1; 0 for other families. */
function gptVersion(id: string): number {
  const [, number = '0', omni = ''] = /gpt-(\d+(?:\.\d+)?)(o?)/.exec(id) ?? [];
  return Number(number) + (omni === '' ? 0 : 0.05);
}

/** `20250929` of an id that ends with its date, else 0. */
function releaseDate(id: string): number {
  return Number(/(20\d{2})-?(\d{2})-?(\d{2})/.exec(id)?.slice(1).join('') ?? 0);
}
