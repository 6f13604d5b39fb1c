import { collectCompletion } from '../../src/api/completion.ts';
import { ApiError } from '../../src/api/apiError.ts';
import { safe } from '../../src/api/safe.ts';
import type { ChatCompletion, ChatCompletionChunk } from '../../src/api/wire.ts';
import { listed, type Observation } from './observation.ts';
import { reasonOf } from './recorder.ts';

/** What of a reply its reader must not lose. */
export interface ReplyContent {
  readonly text: string;
  readonly finishReason: string | null;
  readonly totalTokens: number | undefined;
  /** `name(arguments)` of each tool call. */
  readonly calls: readonly string[];
}

/** All chunks of a stream as one completion. */
export async function collect(chunks: AsyncIterable<ChatCompletionChunk>): Promise<ChatCompletion> {
  const all: ChatCompletionChunk[] = [];
  for await (const chunk of chunks) {
    all.push(chunk);
  }
  return collectCompletion(all);
}

/** Whether our own client read from a reply just what stands in it. */
export async function clientObservation(
  name: string,
  raw: ReplyContent,
  reading: Promise<ChatCompletion>,
): Promise<Observation> {
  const read = await safe(reading);
  const expected = 'the same text, finish reason, usage and tool calls';
  if (!read.ok) {
    return { row: 'G', name, expected, seen: describeFailure(read.error), holds: false };
  }
  const client = contentOf(read.value);
  const fields = ['text', 'finishReason', 'totalTokens', 'calls'] as const;
  const others = fields.filter((field) => String(client[field]) !== String(raw[field]));
  const seen = `characters: ${client.text.length}, tokens: ${client.totalTokens ?? 'not told'}, tool calls: ${client.calls.length}`;
  return {
    row: 'G',
    name,
    expected,
    seen: others.length === 0 ? seen : `another ${listed(others)}`,
    holds: others.length === 0,
  };
}

/** Kind and message of an error that our client threw. */
export function describeFailure(error: unknown): string {
  return error instanceof ApiError
    ? [error.kind, error.details.code, error.details.providerMessage ?? error.message]
        .filter((part) => part !== undefined)
        .join(': ')
    : reasonOf(error);
}

function contentOf({ choices, usage }: ChatCompletion): ReplyContent {
  const first = choices.find(({ index }) => index === 0);
  return {
    text: first?.message.content ?? '',
    finishReason: first?.finish_reason ?? null,
    totalTokens: usage?.total_tokens,
    calls: (first?.message.tool_calls ?? []).map(
      ({ function: called }) => `${called?.name ?? ''}(${called?.arguments ?? ''})`,
    ),
  };
}
