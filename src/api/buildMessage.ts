import { invalidRequest } from './apiError.ts';
import type { MessageShape } from './dialect.ts';
import { isObject, type JsonObject, pick, withoutBlanks } from './json.ts';
import { joinParts } from './parts.ts';
import type { ChatCompletionMessage } from './wireRequest.ts';

/**
 * A message as an API takes it, with only the fields that it has.
 * @throws {ApiError} `invalidRequest` for a part that it cannot take: left out, it would be missed in silence.
 */
export function buildMessage(message: ChatCompletionMessage, shape: MessageShape): JsonObject {
  const {
    role,
    content,
    name,
    refusal,
    audio,
    tool_calls: calls,
    tool_call_id: callId,
    function_call: called,
  } = fieldsOf(message);
  const built = Array.isArray(content) ? content.map((part) => buildPart(part, shape)) : content;
  return {
    role: role === 'developer' && !shape.hasDeveloper ? 'system' : role,
    ...contentField(built, callId, shape),
    ...withoutBlanks({
      name: shape.hasNames ? name : undefined,
      refusal: shape.parts.includes('refusal') ? refusal : undefined,
      audio: shape.parts.includes('input_audio') ? audio : undefined,
      tool_call_id: shape.hasToolCallIds ? callId : undefined,
      function_call: shape.hasToolCallIds ? called : undefined,
    }),
    ...(Array.isArray(calls) &&
      calls.length > 0 && { tool_calls: calls.filter(isObject).map((call) => buildCall(call, shape)) }),
  };
}

/** A message's fields whatever its role, as they were given: messages may come from files. */
function fieldsOf(message: ChatCompletionMessage): Partial<Record<string, unknown>> {
  return { ...message };
}

function contentField(content: unknown, callId: unknown, shape: MessageShape): JsonObject {
  if (typeof callId === 'string' && !shape.hasToolCallIds) {
    return { content: `[${callId}]\n${joinParts(content) ?? ''}` };
  }
  const isMissing =
    content === undefined || content === null || (Array.isArray(content) && content.length === 0);
  if (isMissing && shape.needsContent) {
    return { content: '' };
  }
  return content === undefined ? {} : { content };
}

function buildPart(part: unknown, { parts, imageFields }: MessageShape): unknown {
  const type = isObject(part) ? part['type'] : undefined;
  if (!isObject(part) || !parts.some((known) => known === type)) {
    const subject = String(type);
    throw invalidRequest('contentPart', `The API takes no content of the type ${subject}.`, { subject });
  }
  return type === 'image_url'
    ? { type, image_url: pick(part['image_url'], imageFields) }
    : pick(part, ['type', String(type)]);
}

function buildCall(call: JsonObject, { hasToolCallIds }: MessageShape): unknown {
  const { id, type, function: called, custom, extra_content: extra } = call;
  return withoutBlanks({
    id,
    type,
    function: pick(called, ['name', 'arguments']),
    custom: pick(custom, ['name', 'input']),
    extra_content: hasToolCallIds ? extra : undefined,
  });
}
