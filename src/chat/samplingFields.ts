import type { ConnectionKind, Parameters } from '../api/connection.ts';
import type { ParameterField } from '../api/dialect.ts';
import { dialectOf } from '../api/dialects.ts';
import { isObject } from '../api/json.ts';
import type { L10n } from './l10n.ts';
import { cleanName } from './untrusted.ts';

/** Says what a value must be, or nothing if it is right. */
type Check = (value: unknown, l10n: L10n, kind: ConnectionKind) => string | undefined;

const number =
  (min: number, max: number): Check =>
  (value, l10n) =>
    isNumber(value, min, max) ? undefined : l10n.t('a number from {0} to {1}', min, max);

const integer =
  (min: number, max: number): Check =>
  (value, l10n) =>
    isInteger(value, min, max) ? undefined : l10n.t('a whole number from {0} to {1}', min, max);

const oneOf =
  (...words: readonly string[]): Check =>
  (value, l10n) =>
    words.some((word) => word === value) ? undefined : l10n.t('one of: {0}', words.join(', '));

/** `example` shows a person what the shape is. */
const shape =
  (example: string, isRight: (value: unknown) => boolean): Check =>
  (value, l10n) =>
    isRight(value) ? undefined : l10n.t('an object like {0}', example);

const text: Check = (value, l10n) => (isText(value) ? undefined : l10n.t('a text that is not empty'));
const flag: Check = (value, l10n) => (typeof value === 'boolean' ? undefined : l10n.t('true or false'));
const object: Check = (value, l10n) => (isObject(value) ? undefined : l10n.t('an object'));

const responseFormat: Check = (value, l10n, kind) =>
  isObject(value) &&
  isText(value['type']) &&
  // Tachyon has no schema there (wire contract A6).
  (kind === 'tachyon' ? Object.keys(value).length === 1 : isSchemaThere(value))
    ? undefined
    : l10n.t('an object like {0}', '{"type": "text"}');

const toolChoice: Check = (value, l10n, kind) => {
  // Tachyon has two words only (wire contract A6).
  const words = kind === 'tachyon' ? ['auto', 'any'] : ['none', 'auto', 'required'];
  return words.some((word) => word === value) || (kind !== 'tachyon' && isObject(value))
    ? undefined
    : l10n.t('one of: {0}', words.join(', '));
};

/** All fields that a connection's or model's `parameters` may set, with their ranges (wire contract A6, C, D1). */
const checks: Readonly<Record<ParameterField, Check>> = {
  temperature: number(0, 2),
  top_p: number(0, 1),
  n: (value, l10n, kind) => integer(1, kind === 'tachyon' ? 10 : 128)(value, l10n, kind),
  stop: (value, l10n) =>
    isText(value) || (Array.isArray(value) && value.length > 0 && value.every(isText))
      ? undefined
      : l10n.t('a text or a list of texts'),
  seed: (value, l10n) => (Number.isSafeInteger(value) ? undefined : l10n.t('a whole number')),
  max_completion_tokens: integer(1, 2_147_483_647),
  max_tokens: integer(1, 2_147_483_647),
  presence_penalty: number(-2, 2),
  frequency_penalty: number(-2, 2),
  logit_bias: shape(
    '{"50256": -100}',
    (value) => isObject(value) && Object.values(value).every((bias) => isNumber(bias, -100, 100)),
  ),
  logprobs: flag,
  top_logprobs: integer(0, 20),
  response_format: responseFormat,
  tool_choice: toolChoice,
  parallel_tool_calls: flag,
  functions: (value, l10n) =>
    Array.isArray(value) && value.every((one) => isObject(one) && isText(one['name']))
      ? undefined
      : l10n.t('a list like {0}', '[{"name": "…", "parameters": {}}]'),
  function_call: (value, l10n) =>
    value === 'none' || value === 'auto' || (isObject(value) && isText(value['name']))
      ? undefined
      : l10n.t('one of: {0}', 'none, auto, {"name": "…"}'),
  reasoning_effort: text,
  verbosity: text,
  modalities: (value, l10n) =>
    Array.isArray(value) && value.length > 0 && value.every(isText)
      ? undefined
      : l10n.t('a list like {0}', '["text", "audio"]'),
  audio: shape('{"voice": "alloy", "format": "pcm16"}', (value) => {
    return isObject(value) && (isText(value['voice']) || isObject(value['voice'])) && isText(value['format']);
  }),
  prediction: shape('{"type": "content", "content": "…"}', (value) => {
    return isObject(value) && isText(value['type']) && value['content'] !== undefined;
  }),
  service_tier: text,
  store: flag,
  metadata: shape(
    '{"project": "…"}',
    (value) => isObject(value) && Object.values(value).every((entry) => typeof entry === 'string'),
  ),
  stream_options: shape('{"include_usage": true}', (value) => {
    return isObject(value) && Object.values(value).every((option) => typeof option === 'boolean');
  }),
  user: text,
  safety_identifier: text,
  moderation: object,
  prompt_cache_key: text,
  prompt_cache_options: object,
  prompt_cache_retention: oneOf('in_memory', '24h'),
  web_search_options: object,
  communication_style: text,
  explanation_style: text,
  technical_level: text,
  memory_settings: shape('{"extract_memory": true, "max_memories": 5, "min_relevance_score": 0.7}', (value) =>
    hasFields(value, {
      extract_memory: (extract) => typeof extract === 'boolean',
      max_memories: (max) => isInteger(max, 1, 20),
      min_relevance_score: (score) => isNumber(score, 0, 1),
    }),
  ),
  web_search: shape('{"query": "…", "max_results": 5}', (value) =>
    hasFields(value, {
      query: (query) => isText(query) && query.length <= 1000,
      max_results: (max) => max === undefined || isInteger(max, 1, 10),
    }),
  ),
};

/** Set by the request itself. */
const fixedFields: ReadonlySet<string> = new Set(['messages', 'model', 'stream', 'tools']);

/** What is wrong with `parameters` at a kind of connection, one sentence each. `null` keeps a field out. */
export function parameterProblems(kind: ConnectionKind, parameters: Parameters, l10n: L10n): string[] {
  const known: readonly string[] = parameterNames(kind);
  return Object.entries(parameters).flatMap(([name, value]) => {
    if (!known.includes(name) && (fixedFields.has(name) || !dialectOf(kind).takesAnyParameter)) {
      return l10n.t(
        'Parameter “{0}” is not one that connections of the kind “{1}” have; remove it or use one of: {2}.',
        cleanName(name, 40),
        kind,
        known.join(', '),
      );
    }
    const check = known.includes(name) && isParameterField(name) ? checks[name] : undefined;
    const expected = value === null ? undefined : check?.(value, l10n, kind);
    return expected === undefined ? [] : l10n.t('Parameter “{0}” must be {1}.', name, expected);
  });
}

/** The names that `parameters` of a kind of connection may use, as far as they are known. */
export function parameterNames(kind: ConnectionKind): readonly ParameterField[] {
  const { parameters, renamed } = dialectOf(kind);
  const aliases = Object.keys(renamed).filter(isParameterField);
  return [...new Set([...parameters, ...aliases])];
}

function isParameterField(name: string): name is ParameterField {
  return Object.hasOwn(checks, name);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isNumber(value: unknown, min: number, max: number): boolean {
  return typeof value === 'number' && value >= min && value <= max;
}

function isInteger(value: unknown, min: number, max: number): boolean {
  return Number.isInteger(value) && isNumber(value, min, max);
}

function isSchemaThere(format: Readonly<Record<string, unknown>>): boolean {
  const schema = format['json_schema'];
  return format['type'] !== 'json_schema' || (isObject(schema) && isText(schema['name']));
}

function hasFields(value: unknown, fields: Readonly<Record<string, (field: unknown) => boolean>>): boolean {
  return (
    isObject(value) &&
    Object.keys(value).every((name) => Object.hasOwn(fields, name)) &&
    Object.entries(fields).every(([name, isRight]) => isRight(value[name]))
  );
}
