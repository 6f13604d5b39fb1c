import type { CompletionMessage, CompletionRequest } from './requestBodies.ts';
import { badRequest } from './httpError.ts';

/** Checks what single fields cannot tell: fields that need each other, tool calls and their results. Throws a 400. */
export function checkOpenaiRules(request: CompletionRequest): void {
  checkTogether(new Map(Object.entries(request)));
  request.messages.forEach(checkAssistantContent);
  checkToolResults(request.messages);
}

function demand(holds: boolean, param: string, message: string): void {
  if (!holds) throw badRequest(message, { param });
}

function checkTogether(body: ReadonlyMap<string, unknown>): void {
  const has = (name: string): boolean => (body.get(name) ?? undefined) !== undefined;
  const streams = body.get('stream') === true;
  demand(!has('stream_options') || streams, 'stream_options', 'stream_options needs stream to be true');
  demand(!has('tool_choice') || has('tools'), 'tool_choice', 'tool_choice needs tools');
  demand(
    !has('parallel_tool_calls') || has('tools'),
    'parallel_tool_calls',
    'parallel_tool_calls needs tools',
  );
  demand(
    !has('top_logprobs') || body.get('logprobs') === true,
    'top_logprobs',
    'top_logprobs needs logprobs to be true',
  );
  const modalities: unknown = body.get('modalities');
  const speaks = Array.isArray(modalities) && modalities.includes('audio');
  demand(!speaks || has('audio'), 'audio', 'audio is required if modalities has "audio"');
  const { format }: { readonly format?: unknown } = Object(body.get('audio'));
  demand(
    !streams || !has('audio') || format === 'pcm16',
    'audio.format',
    'a streamed audio.format must be "pcm16"',
  );
}

function checkAssistantContent(sent: CompletionMessage, index: number): void {
  if (sent.role !== 'assistant') return;
  const { content, ...others }: CompletionMessage & { audio?: unknown; function_call?: unknown } = sent;
  const instead = others.tool_calls ?? others.function_call ?? others.audio ?? undefined;
  if ((content ?? instead) !== undefined) return;
  const param = `messages[${index}].content`;
  throw badRequest(`missing field ${param}`, { param, code: 'missing_required_parameter' });
}

/** Each tool call needs its result in the messages right after it, and each result its call before it. */
function checkToolResults(messages: readonly CompletionMessage[]): void {
  let open = new Set<string>();
  const demandNoneOpen = (index: number): void => {
    if (open.size === 0) return;
    const ids = [...open].join(', ');
    throw badRequest(`no tool message answers tool_call_id ${ids}`, { param: `messages[${index}]` });
  };
  messages.forEach((sent, index) => {
    if (sent.role === 'tool') {
      if (open.delete(sent.tool_call_id ?? '')) return;
      const param = `messages[${index}].tool_call_id`;
      throw badRequest(`${param} belongs to no tool call of the message before`, { param });
    }
    demandNoneOpen(index);
    open = new Set(sent.tool_calls?.map(({ id }) => id ?? ''));
  });
  demandNoneOpen(messages.length);
}

/** What reasoning models accept of these fields is only the default (wire contract A6, D1). */
const reasoningDefaults: Readonly<Record<string, unknown>> = {
  temperature: 1,
  top_p: 1,
  presence_penalty: 0,
  frequency_penalty: 0,
  logprobs: false,
};

/** Refuses what a reasoning model does not take. Throws a 400. */
export function checkReasoningRequest(request: CompletionRequest): void {
  const fieldsSent = new Map<string, unknown>(Object.entries(request));
  for (const param of ['max_tokens', 'stop']) {
    if ((fieldsSent.get(param) ?? undefined) === undefined) continue;
    const instead = param === 'max_tokens' ? "; use 'max_completion_tokens' instead" : '';
    const message = `Unsupported parameter: '${param}' cannot be used with this model${instead}.`;
    throw badRequest(message, { param, code: 'unsupported_parameter' });
  }
  for (const [param, only] of Object.entries(reasoningDefaults)) {
    const value = fieldsSent.get(param) ?? only;
    if (value === only) continue;
    const message = `Unsupported value: '${param}' cannot be ${String(value)} with this model; it takes only the default (${String(only)}).`;
    throw badRequest(message, { param, code: 'unsupported_value' });
  }
}
