import { type ChoiceTruth, generateSteps } from './generatedSteps.ts';
import type { Random } from './random.ts';

/** Traits of a stream that our client understands and the `openai` client does not. */
export const quirks = [
  'groqUsage',
  'contentParts',
  'argumentsObject',
  'sameIndex',
  'noIndex',
  'errorText',
  'errorField',
  'errorObject',
  'errorType',
  'plainErrorEvent',
  'disguisedComment',
  'nameWithoutData',
  'emptyData',
  'paddedDone',
  'wholeJson',
] as const;
export type Quirk = (typeof quirks)[number];

interface UsageTruth {
  prompt: number;
  completion: number;
  total: number;
  cached: number | undefined;
  reasoning: number | undefined;
}

/** What a stream says, known before a byte of it was written. */
export interface Truth {
  readonly choices: ChoiceTruth[];
  usage: UsageTruth | undefined;
  /** What the provider said of its own failure, or that the stream ends in mid-event. */
  error: { message: string; code: string } | 'cut' | undefined;
}

/** An event before it is framed: its data, or fields of its own. */
export interface PlannedEvent {
  /** JSON, if it is no string. */
  readonly data?: unknown;
  readonly name?: string;
  /** A field that event streams don't have. */
  readonly strangeField?: readonly [string, unknown];
}

export interface GeneratedReply {
  readonly truth: Truth;
  readonly events: PlannedEvent[];
}

type Fields = Record<string, unknown>;

/** A reply of one to three choices with text, tool calls, usage and, now and then, an error. */
export function generateReply(random: Random, quirk: Quirk | undefined): GeneratedReply {
  const truth: Truth = { choices: [], usage: undefined, error: undefined };
  const events: PlannedEvent[] = [];
  const steps = generateSteps(random, quirk);
  const failing = isErrorQuirk(quirk) || (quirk === undefined && random.chance(0.15));
  const length = failing ? random.int(steps.length) : steps.length;
  const usage = generateUsage(random);
  const usageMode =
    quirk === 'groqUsage' ? 'groq' : random.pick(['none', 'last', 'finish', 'running'] as const);
  const envelope = generateEnvelope(random);
  const send = (choices: unknown[], more: Fields = {}): void => {
    events.push({ data: { ...envelope, choices, ...more } });
  };

  if (random.chance(0.2)) {
    events.push({
      data: { id: '', object: '', model: '', created: 0, choices: [], prompt_filter_results: [] },
    });
  }
  for (const [position, { choice, fields, apply }] of steps.slice(0, length).entries()) {
    const told = (truth.choices[choice] ??= newChoice(choice));
    apply(told);
    const more: Fields = usageMode === 'last' ? { usage: null } : {};
    const last = position === steps.length - 1;
    if (usageMode === 'running' || (usageMode === 'finish' && last)) {
      truth.usage = { ...usage, completion: position + 1, total: usage.prompt + position + 1 };
      more['usage'] = wireUsage(truth.usage);
    }
    if (usageMode === 'groq' && last) {
      truth.usage = usage;
      more['x_groq'] = { id: 'req_1', usage: wireUsage(usage) };
    }
    send([{ index: choice, logprobs: null, ...fields }], more);
    if (random.chance(0.1)) {
      send([{ index: choice, delta: {}, finish_reason: null }]);
    }
  }
  if (failing) {
    events.push(generateError(random, quirk, truth));
  } else if (usageMode === 'last') {
    truth.usage = usage;
    send([], { usage: wireUsage(usage) });
  }
  insertOddity(random, quirk, events);
  // A choice of which nothing came before the error leaves no gap.
  return { truth: { ...truth, choices: Object.values(truth.choices) }, events };
}

function newChoice(index: number): ChoiceTruth {
  return { index, text: '', refusal: '', calls: [], finish: null };
}

function generateEnvelope(random: Random): Fields {
  return {
    id: `chatcmpl-${random.int(1_000_000)}`,
    object: 'chat.completion.chunk',
    ...(random.chance(0.8) ? { created: 1_700_000_000 + random.int(1_000_000) } : {}),
    model: 'some-model',
    ...(random.chance(0.3) ? { system_fingerprint: null, service_tier: 'default' } : {}),
    ...(random.chance(0.3) ? { obfuscation: 'x'.repeat(random.int(12)) } : {}),
  };
}

function generateUsage(random: Random): UsageTruth {
  const prompt = random.int(5000);
  const completion = 1 + random.int(500);
  const detailed = random.chance(0.5);
  return {
    prompt,
    completion,
    total: prompt + completion,
    cached: detailed ? random.int(prompt + 1) : undefined,
    reasoning: detailed ? random.int(completion) : undefined,
  };
}

function wireUsage({ prompt, completion, total, cached, reasoning }: UsageTruth): Fields {
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: total,
    ...(cached === undefined ? {} : { prompt_tokens_details: { cached_tokens: cached } }),
    ...(reasoning === undefined ? {} : { completion_tokens_details: { reasoning_tokens: reasoning } }),
  };
}

function isErrorQuirk(quirk: Quirk | undefined): boolean {
  return quirk !== undefined && (quirk.startsWith('error') || quirk === 'plainErrorEvent');
}

function generateError(random: Random, quirk: Quirk | undefined, truth: Truth): PlannedEvent {
  const message = random.pick(['The model is overloaded.', '上流が落ちました 💥', 'Rate "limit" hit']);
  const code = random.pick<string | number>(['server_error', 502, 'overloaded']);
  const odd: Partial<Record<Quirk, PlannedEvent>> = {
    errorText: { data: { error: message } },
    errorField: { strangeField: ['error', { code, message, type: 'server_error' }] },
    errorObject: { data: { object: 'error', message, type: 'server_error', param: null, code } },
    errorType: { data: { type: 'error', message, code } },
    plainErrorEvent: { name: 'error', data: message },
  };
  truth.error = { message, code: quirk === 'errorText' || quirk === 'plainErrorEvent' ? '' : String(code) };
  const usual = random.pick<PlannedEvent>([
    { data: { error: { message, code } } },
    { data: { error: { message, type: String(code), param: null, code: null } } },
    { data: { id: 'gen', error: { message, code }, choices: [{ index: 0, finish_reason: 'error' }] } },
    { name: 'error', data: { error: { message, code } } },
    { name: 'error', data: { message, code } },
  ]);
  return (quirk === undefined ? undefined : odd[quirk]) ?? usual;
}

/** Events that carry nothing, of which the `openai` client makes JSON all the same. */
function insertOddity(random: Random, quirk: Quirk | undefined, events: PlannedEvent[]): void {
  const oddities: Partial<Record<Quirk, PlannedEvent>> = {
    disguisedComment: { data: ': PROCESSING' },
    nameWithoutData: { name: 'ping' },
    emptyData: { data: '' },
  };
  const oddity = quirk === undefined ? undefined : oddities[quirk];
  if (oddity !== undefined) {
    events.splice(random.int(events.length + 1), 0, oddity);
  }
}
