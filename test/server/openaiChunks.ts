import type { ChunkShape, ReplyDelta, TokenCounts, TokenLogprob } from './chunks.ts';
import type { Dialect } from './dialect.ts';
import type { CompletionRequest } from './requestBodies.ts';
import { joinDeltas, usageOf } from './wholeReply.ts';

/** Chunks and whole replies of OpenAI and of those that imitate it (wire contract C, D2, F). */
export function openaiChunks(
  dialect: Dialect,
  id: string,
  model: string,
  request: CompletionRequest,
): ChunkShape {
  const created = Math.floor(Date.now() / 1000);
  const { isOpenai, replyExtras } = dialect;
  const wantsUsage = request.stream_options?.include_usage === true && dialect.streamUsage !== 'never';
  const padded = isOpenai && request.stream_options?.include_obfuscation !== false;

  const chunk = (choices: readonly object[], more: object = {}): object => ({
    id,
    object: 'chat.completion.chunk',
    created,
    model,
    ...replyExtras,
    choices,
    ...(isOpenai && wantsUsage && { usage: null }),
    ...more,
  });
  const logprobsOf = (tokens: readonly TokenLogprob[]): object => {
    if (!dialect.replyFields.includes('logprobs')) return {};
    return { logprobs: tokens.length > 0 ? { content: tokens, refusal: null } : null };
  };
  const choice = (index: number, delta: object, tokens: readonly TokenLogprob[] = []): object => ({
    index,
    delta,
    ...logprobsOf(tokens),
    finish_reason: null,
  });

  return {
    first: Array.from({ length: request.n ?? 1 }, (_, index) =>
      chunk([choice(index, { role: 'assistant', content: '', ...(isOpenai && { refusal: null }) })]),
    ),
    delta: (delta) => {
      const padding = { obfuscation: 'x'.repeat(8 - ((delta.content?.length ?? 0) % 8)) };
      return chunk([choice(delta.index ?? 0, deltaFields(delta), delta.logprobs)], padded ? padding : {});
    },
    last: (deltas, counts) => {
      const usage = wantsUsage && counts ? { usage: usageIn(dialect, counts) } : {};
      const inOwnChunk = dialect.streamUsage === 'own-chunk';
      const chunks = deltas.map(({ index = 0, finishReason }, position) =>
        chunk(
          [{ ...choice(index, {}), finish_reason: finishReason }],
          inOwnChunk || position < deltas.length - 1 ? {} : usage,
        ),
      );
      return inOwnChunk && 'usage' in usage ? [...chunks, chunk([], usage)] : chunks;
    },
    whole: (deltas, counts) => ({
      id,
      object: 'chat.completion',
      created,
      model,
      ...replyExtras,
      choices: joinDeltas(deltas).map(({ index, logprobs, finishReason, ...reply }) => ({
        index,
        message: messageOf(reply, isOpenai),
        ...logprobsOf(logprobs),
        finish_reason: finishReason,
      })),
      usage: usageIn(dialect, counts),
    }),
  };
}

function deltaFields({ content, reasoning, refusal, audio, toolCalls }: ReplyDelta): object {
  return {
    ...(content !== undefined && { content }),
    ...(reasoning !== undefined && { reasoning_content: reasoning }),
    ...(refusal !== undefined && { refusal }),
    ...(audio && { audio }),
    ...(toolCalls && { tool_calls: toolCalls }),
  };
}

function messageOf(
  reply: Pick<
    ReturnType<typeof joinDeltas>[number],
    'content' | 'reasoning' | 'refusal' | 'audio' | 'toolCalls'
  >,
  isOpenai: boolean,
): object {
  const { content, reasoning, refusal, audio, toolCalls } = reply;
  const saysOtherwise = refusal !== '' || audio !== undefined || toolCalls.length > 0;
  return {
    role: 'assistant',
    content: content === '' && saysOtherwise ? null : content,
    ...((isOpenai || refusal !== '') && { refusal: refusal === '' ? null : refusal }),
    ...(reasoning !== '' && { reasoning_content: reasoning }),
    ...(audio && { audio }),
    ...(toolCalls.length > 0 && { tool_calls: toolCalls }),
  };
}

function usageIn({ isOpenai }: Dialect, counts: TokenCounts): object {
  if (!isOpenai) return usageOf(counts);
  return {
    ...usageOf(counts),
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: counts.reasoning,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}
