import { invalidRequest } from './apiError.ts';
import { buildMessage } from './buildMessage.ts';
import type { Connection, Parameters } from './connection.ts';
import type { Dialect, ParameterField } from './dialect.ts';
import type { ReplyExpectation } from './endpoint.ts';
import { isObject, type JsonObject, numberOf, pick, textOf, withoutBlanks } from './json.ts';
import type { ChatCompletionRequest, ChatCompletionTool } from './wireRequest.ts';

/** Never taken from `parameters`. */
const fixedFields: ReadonlySet<string> = new Set(['messages', 'model', 'stream', 'tools']);

/**
 * The body that goes over the wire: only fields that the API has, and sampling fields only if the user set them.
 * @throws {ApiError} `invalidRequest` for content that the API cannot take.
 */
export function buildRequest(
  dialect: Dialect,
  request: ChatCompletionRequest,
  connection: Pick<Connection, 'parameters' | 'models'>,
): JsonObject {
  const { messages, model, stream } = request;
  const parameters = parametersOf(dialect, request, connection);
  const { tools, choice } = chosenTools(dialect, request.tools ?? [], parameters['tool_choice']);
  // OpenAI refuses these where there are no tools.
  const { tool_choice: _, parallel_tool_calls: parallel, ...others } = parameters;
  return {
    messages: messages.map((message) => buildMessage(message, dialect.messages)),
    ...withoutBlanks({ model, stream }),
    ...(tools.length > 0 && {
      tools: dialect.wholeTools ? tools.map(wholeTool) : tools,
      ...withoutBlanks({ tool_choice: choice, parallel_tool_calls: parallel }),
    }),
    ...others,
  };
}

/** Tachyon knows no choice but `auto` and `any`: no tool, or a certain one, is chosen by what is offered. */
function chosenTools(
  { requiredToolChoice }: Dialect,
  tools: readonly ChatCompletionTool[],
  choice: unknown,
): { tools: readonly ChatCompletionTool[]; choice: unknown } {
  if (requiredToolChoice !== 'any') {
    return { tools, choice };
  }
  if (choice === 'none') {
    return { tools: [], choice: undefined };
  }
  if (!isObject(choice)) {
    return { tools, choice };
  }
  const named = isObject(choice['function']) ? choice['function']['name'] : undefined;
  return named === undefined
    ? { tools, choice: 'auto' }
    : {
        tools: tools.filter((tool) => tool.type === 'function' && tool.function.name === named),
        choice: 'any',
      };
}

/** What the request lets expect of its reply. */
export function replyExpectation(
  dialect: Dialect,
  request: ChatCompletionRequest,
  connection: Pick<Connection, 'parameters' | 'models'>,
): ReplyExpectation {
  const { n, audio } = parametersOf(dialect, request, connection);
  const format = isObject(audio) ? textOf(audio['format']) : undefined;
  return {
    alternatives: numberOf(n) ?? 1,
    alwaysFinishes: dialect.alwaysFinishes,
    ...(format !== undefined && { audioFormat: format }),
  };
}

/** The request's own fields win over the model's, those over the connection's, those over the dialect's. */
function parametersOf(
  dialect: Dialect,
  request: ChatCompletionRequest,
  { parameters, models }: Pick<Connection, 'parameters' | 'models'>,
): JsonObject {
  const { model, stream } = request;
  const ofModel = model !== undefined && models && Object.hasOwn(models, model) ? models[model] : undefined;
  const layers: Parameters[] = [
    stream === true ? { stream_options: dialect.streamOptions } : {},
    parameters ?? {},
    ofModel?.parameters ?? {},
    { ...request },
  ];
  const built: Record<string, unknown> = {};
  for (const layer of layers) {
    for (const [given, value] of Object.entries(layer)) {
      const field = nameOf(dialect, given);
      const isShadowed = field !== undefined && field !== given && layer[field] !== undefined;
      if (field !== undefined && value !== undefined && !isShadowed) {
        built[field] = valueOf(dialect, field, value);
      }
    }
  }
  // OpenAI refuses it where there is no stream.
  return withoutBlanks(stream === true ? built : { ...built, stream_options: undefined });
}

function nameOf(dialect: Dialect, given: string): string | undefined {
  const { parameters, renamed, takesAnyParameter } = dialect;
  const field = isParameter(renamed, given) ? renamed[given] : given;
  const isKnown = parameters.some((known) => known === field);
  return isKnown || (takesAnyParameter && !fixedFields.has(given)) ? field : undefined;
}

function isParameter(renamed: Dialect['renamed'], given: string): given is ParameterField {
  return Object.hasOwn(renamed, given);
}

function valueOf(dialect: Dialect, field: string, value: unknown): unknown {
  switch (field) {
    case 'stop':
      return dialect.stopAsArray && typeof value === 'string' ? [value] : value;
    case 'tool_choice':
      return value === 'any' || value === 'required' ? dialect.requiredToolChoice : value;
    default: {
      const inner = Object.entries(dialect.inner).find(([name]) => name === field)?.[1];
      return inner === undefined ? value : pick(value, inner);
    }
  }
}

/** Description and the three fields of `parameters` are mandatory at Tachyon (wire contract A6). */
function wholeTool(tool: ChatCompletionTool): JsonObject {
  if (tool.type !== 'function') {
    throw invalidRequest('contentPart', 'The API takes no tools but functions.', { subject: tool.type });
  }
  const { name, description = '', parameters: given, strict } = tool.function;
  const parameters: JsonObject = isObject(given) ? given : {};
  return {
    type: tool.type,
    function: withoutBlanks({
      name,
      description,
      parameters: {
        type: parameters['type'] ?? 'object',
        properties: parameters['properties'] ?? {},
        required: parameters['required'] ?? [],
      },
      strict,
    }),
  };
}
