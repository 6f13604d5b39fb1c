import type { ReplyDelta, ToolCallDelta } from './chunks.ts';
import type { ListedModel, ModelBackend } from './modelBackend.ts';
import type { CompletionRequest } from './requestBodies.ts';
import { HttpError } from './httpError.ts';

interface UpstreamChunk {
  readonly error?: unknown;
  readonly choices?: readonly {
    readonly index?: number | null;
    readonly delta?: {
      readonly content?: string | null;
      readonly reasoning_content?: string | null;
      readonly reasoning?: string | null;
      readonly tool_calls?: readonly ToolCallDelta[] | null;
    };
    readonly finish_reason?: string | null;
  }[];
}

const prefix = 'upstream/';

/** Passes messages to an OpenAI-compatible server; `url` is the base that `/chat/completions` is added to. */
export function createUpstream(url: string, key: string | undefined): ModelBackend {
  const base = url.replace(/\/+$/, '');
  const headers = {
    'content-type': 'application/json',
    ...(key !== undefined && { authorization: `Bearer ${key}` }),
  };
  return {
    async listModels(signal) {
      const response = await call(`${base}/models`, { headers, signal });
      const list: { data?: readonly { id: string }[] } = await response.json();
      return (list.data ?? []).map(({ id }): ListedModel => ({
        id: prefix + id,
        name: id,
        provider: 'upstream',
        supported_features: ['streaming', 'system_prompt', 'multi_turn', 'agent'],
      }));
    },
    async reply(model, request, signal) {
      const response = await call(`${base}/chat/completions`, {
        method: 'POST',
        headers,
        body: JSON.stringify(upstreamRequest(model, request)),
        signal,
      });
      return deltas(response, signal);
    },
  };
}

/** Nulls are left out: the contract allows them, other servers may not. */
function upstreamRequest(model: string, request: CompletionRequest): object {
  const fields = Object.entries(request).filter(([, value]) => value !== null);
  return { ...Object.fromEntries(fields), model: model.slice(prefix.length), stream: true };
}

/** A failure becomes a 502 that names the cause: this server runs on the developer's own machine. */
async function call(url: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    throw badGateway(`upstream ${url} cannot be reached: ${String(cause)}`);
  }
  if (!response.ok) {
    const body = (await response.text()).slice(0, 500);
    throw badGateway(`upstream ${url} answered ${response.status}: ${body}`);
  }
  return response;
}

function badGateway(message: string): HttpError {
  return new HttpError(502, { code: 'BAD_GATEWAY', message });
}

async function* deltas(response: Response, signal: AbortSignal): AsyncGenerator<ReplyDelta> {
  const finishReasons = new Map([[0, 'stop']]);
  try {
    for await (const chunk of chunks(response)) {
      if (chunk.error !== undefined) throw badGateway(`upstream: ${JSON.stringify(chunk.error)}`);
      for (const { index, delta, finish_reason: reason } of chunk.choices ?? []) {
        const at = (index ?? 0) > 0 && { index: index ?? 0 };
        const content = delta?.content ?? undefined;
        const reasoning = delta?.reasoning_content ?? delta?.reasoning ?? undefined;
        const toolCalls = delta?.tool_calls ?? undefined;
        finishReasons.set(index ?? 0, reason ?? finishReasons.get(index ?? 0) ?? 'stop');
        if (reasoning !== undefined && reasoning !== '') yield { ...at, reasoning };
        if (content !== undefined || toolCalls) {
          yield { ...at, ...(content !== undefined && { content }), ...(toolCalls && { toolCalls }) };
        }
      }
    }
    for (const [index, finishReason] of finishReasons) yield { index, finishReason };
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

async function* chunks(response: Response): AsyncGenerator<UpstreamChunk> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of response.body ?? []) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const data = line.startsWith('data:') ? line.slice('data:'.length).trim() : '';
      if (data === '[DONE]') return;
      if (data === '') continue;
      const chunk: UpstreamChunk = JSON.parse(data);
      yield chunk;
    }
  }
}
