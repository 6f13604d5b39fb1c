import type { Parameters } from '../api/connection.ts';
import type { ChatCompletionRequest } from '../api/wire.ts';
import type { L10n } from './l10n.ts';

type SamplingField = Exclude<
  keyof ChatCompletionRequest,
  'messages' | 'model' | 'stream' | 'tools' | 'tool_choice'
>;
/** Says what a value must be, or nothing if it is right. */
type Check = (value: unknown, l10n: L10n) => string | undefined;

const number =
  (min: number, max: number): Check =>
  (value, l10n) =>
    typeof value === 'number' && value >= min && value <= max
      ? undefined
      : l10n.t('a number from {0} to {1}', min, max);

const integer =
  (min: number, max: number): Check =>
  (value, l10n) =>
    Number.isInteger(value) && Number(value) >= min && Number(value) <= max
      ? undefined
      : l10n.t('a whole number from {0} to {1}', min, max);

const text: Check = (value, l10n) =>
  typeof value === 'string' && value !== '' ? undefined : l10n.t('a text that is not empty');

const responseFormat: Check = (value, l10n) =>
  hasShape(value, { type: (type) => typeof type === 'string' && type !== '' })
    ? undefined
    : l10n.t('an object like {0}', '{"type": "text"}');

const memorySettings: Check = (value, l10n) =>
  hasShape(value, {
    extract_memory: (extract) => typeof extract === 'boolean',
    max_memories: (max) => Number.isInteger(max) && Number(max) >= 1 && Number(max) <= 20,
    min_relevance_score: (score) => typeof score === 'number' && score >= 0 && score <= 1,
  })
    ? undefined
    : l10n.t('an object like {0}', '{"extract_memory": true, "max_memories": 5, "min_relevance_score": 0.7}');

const webSearch: Check = (value, l10n) =>
  hasShape(value, {
    query: (query) => typeof query === 'string' && query !== '' && query.length <= 1000,
    max_results: (max) =>
      max === undefined || (Number.isInteger(max) && Number(max) >= 1 && Number(max) <= 10),
  })
    ? undefined
    : l10n.t('an object like {0}', '{"query": "…", "max_results": 5}');

/** The fields of wire contract A6 that a connection's `parameters` may set, with their ranges. */
const checks: Readonly<Record<SamplingField, Check>> = {
  temperature: number(0, 2),
  top_p: number(0, 1),
  n: integer(1, 10),
  max_completion_tokens: integer(1, 2_147_483_647),
  presence_penalty: number(-2, 2),
  frequency_penalty: number(-2, 2),
  response_format: responseFormat,
  user: text,
  communication_style: text,
  explanation_style: text,
  technical_level: text,
  memory_settings: memorySettings,
  web_search: webSearch,
};

/** What is wrong with a connection's `parameters`, one sentence each. */
export function parameterProblems(parameters: Readonly<Record<string, unknown>>, l10n: L10n): string[] {
  return Object.entries(parameters).flatMap(([name, value]) => {
    if (!isSamplingField(name)) {
      const known = Object.keys(checks).join(', ');
      return l10n.t(
        'Parameter “{0}” is not one that Tachyon has; remove it or use one of: {1}.',
        name,
        known,
      );
    }
    const expected = checks[name](value, l10n);
    return expected === undefined ? [] : l10n.t('Parameter “{0}” must be {1}.', name, expected);
  });
}

/** The fields of `parameters` that may go into a request: never messages, model or tools. */
export function samplingFields(parameters: Parameters | undefined): Partial<ChatCompletionRequest> {
  return Object.fromEntries(Object.entries(parameters ?? {}).filter(([name]) => isSamplingField(name)));
}

function isSamplingField(name: string): name is SamplingField {
  return Object.hasOwn(checks, name);
}

function hasShape(value: unknown, fields: Readonly<Record<string, (value: unknown) => boolean>>): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = new Map<string, unknown>(Object.entries(value));
  return (
    [...entries.keys()].every((name) => Object.hasOwn(fields, name)) &&
    Object.entries(fields).every(([name, check]) => check(entries.get(name)))
  );
}
