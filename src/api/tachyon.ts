import { ApiError } from './apiError.ts';
import type { Dialect } from './dialect.ts';
import { isObject, type JsonObject } from './json.ts';
import type { ChatCompletionMessage, ChatCompletionRequest, ChatCompletionTool } from './wire.ts';

/** The fields that a connection's `parameters` may set. `max_tokens` is no field of Tachyon's (wire contract A6). */
const parameterFields = [
  'temperature',
  'top_p',
  'n',
  'max_completion_tokens',
  'presence_penalty',
  'frequency_penalty',
  'response_format',
  'tool_choice',
  'user',
  'communication_style',
  'explanation_style',
  'technical_level',
  'memory_settings',
  'web_search',
] as const satisfies readonly (keyof ChatCompletionRequest)[];

/** Tachyon's dialect (wire contract A1, A2, A6). */
export const tachyonDialect: Dialect = {
  chatCompletionsPath: '/v1/llms/chat/completions',
  // Without the parameter only models for agents are listed (wire contract A5).
  modelsPath: '/v1/llms/models?require_agent_product=false',
  scopeHeaders({ operatorId }) {
    if (operatorId === undefined || operatorId.trim() === '') {
      throw new ApiError('missingOperator', 'The connection has no operator.', {
        mayHaveBeenAccepted: false,
      });
    }
    return { 'x-operator-id': operatorId.trim() };
  },
  buildRequest(request, { parameters = {} }) {
    const { messages, model, stream, tools = [] } = request;
    const chosen = parameterFields.map((field) => [
      field,
      fieldValue(field, request[field] ?? parameters[field]),
    ]);
    return {
      messages: messages.map(buildMessage),
      ...withoutBlanks({ model, stream }),
      ...(tools.length === 0 ? {} : { tools: tools.map(buildTool) }),
      ...withoutBlanks(Object.fromEntries(chosen)),
    };
  },
};

/** A field's value with only the contract's fields inside it. */
function fieldValue(field: string, value: unknown): unknown {
  switch (field) {
    case 'response_format':
      return pick(value, ['type']);
    case 'memory_settings':
      return pick(value, ['extract_memory', 'max_memories', 'min_relevance_score']);
    case 'web_search':
      return pick(value, ['query', 'max_results']);
    case 'tool_choice':
      // OpenAI's word for the same.
      return value === 'required' ? 'any' : value;
    default:
      return value;
  }
}

function buildMessage({ role, content, tool_calls: calls = [] }: ChatCompletionMessage): JsonObject {
  return {
    role,
    ...(content === undefined ? {} : { content: Array.isArray(content) ? content.map(buildPart) : content }),
    ...(calls.length === 0 ? {} : { tool_calls: calls.map(buildToolCall) }),
  };
}

function buildPart(part: unknown): unknown {
  const built = pick(part, ['type', 'text', 'image_url']);
  return isObject(built)
    ? withoutBlanks({ ...built, image_url: pick(built['image_url'], ['url', 'detail', 'mime_type']) })
    : built;
}

function buildToolCall(call: unknown): unknown {
  const built = pick(call, ['id', 'type', 'function']);
  return isObject(built) ? { ...built, function: pick(built['function'], ['name', 'arguments']) } : built;
}

/** Description and the three fields of `parameters` are mandatory, unlike OpenAI's. */
function buildTool({ type, function: offered }: ChatCompletionTool): JsonObject {
  const given: JsonObject = { ...offered };
  const parameters = isObject(given['parameters']) ? given['parameters'] : {};
  return {
    type,
    function: withoutBlanks({
      name: given['name'],
      description: given['description'] ?? '',
      parameters: {
        type: parameters['type'] ?? 'object',
        properties: parameters['properties'] ?? {},
        required: parameters['required'] ?? [],
      },
      strict: given['strict'],
    }),
  };
}

/** A copy with only the given fields, and those only if they have a value; what is no object stays as it is. */
function pick(value: unknown, fields: readonly string[]): unknown {
  return isObject(value)
    ? withoutBlanks(Object.fromEntries(fields.map((field) => [field, value[field]])))
    : value;
}

function withoutBlanks(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== undefined && value !== null),
  );
}
