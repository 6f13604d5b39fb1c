import { OpenAI } from 'openai';
import { ApiError } from '../../../src/api/apiError.ts';
import { streamChatCompletion } from '../../../src/api/chatCompletions.ts';
import { collectCompletion } from '../../../src/api/completion.ts';
import { aConnection, aRequest, readAll, testKey } from '../api/connections.ts';
import type { Truth } from './generatedReply.ts';
import type { CallTruth, ChoiceTruth } from './generatedSteps.ts';

/** What a client made of a stream, in the words of the truth. */
export type Reading = Omit<Truth, 'error'> & { error: Truth['error'] | 'malformed' };

/** Reads the stream at `url` with our client. */
export async function readOurs(url: string): Promise<Reading> {
  const connection = aConnection(url, { kind: 'openai', retry: { strategy: 'none' } });
  const { chunks, error } = await readAll(streamChatCompletion(connection, aRequest()));
  const { choices, usage } = collectCompletion(chunks);
  return {
    choices: choices.map(({ index, message, finish_reason }) => ({
      index,
      text: message.content ?? '',
      refusal: message.refusal ?? '',
      calls: (message.tool_calls ?? []).map(({ id, function: called }) => ({
        id: id ?? '',
        name: called?.name ?? '',
        arguments: called?.arguments ?? '',
      })),
      finish: finish_reason,
    })),
    usage: usage && {
      prompt: usage.prompt_tokens,
      completion: usage.completion_tokens,
      total: usage.total_tokens,
      cached: usage.cache_read_input_tokens,
      reasoning: usage.reasoning_tokens,
    },
    error: ourError(error),
  };
}

function ourError(error: unknown): Reading['error'] {
  if (error === undefined) {
    return undefined;
  }
  if (!(error instanceof ApiError)) {
    throw error;
  }
  if (error.kind !== 'provider') {
    return error.kind === 'cut' ? 'cut' : 'malformed';
  }
  return { message: error.details.providerMessage ?? '', code: error.details.code ?? '' };
}

/** Reads the stream at `url` with the `openai` client and joins the fragments as its types say: calls by `index`. */
export async function readOpenai(url: string): Promise<Reading> {
  const client = new OpenAI({ apiKey: testKey, baseURL: url, maxRetries: 0, logLevel: 'off' });
  const choices = new Map<number, Omit<ChoiceTruth, 'calls'> & { calls: Map<number, CallTruth> }>();
  const reading: Reading = { choices: [], usage: undefined, error: undefined };
  try {
    const stream = await client.chat.completions.create({
      model: 'some-model',
      messages: [{ role: 'user', content: 'Hi' }],
      stream: true,
    });
    for await (const chunk of stream) {
      reading.usage = openaiUsage(chunk.usage) ?? reading.usage;
      // An error that it does not know as one comes as a chunk without choices.
      const told: typeof chunk.choices | undefined = chunk.choices;
      for (const { index, delta, finish_reason: finish } of told ?? []) {
        const known = choices.get(index);
        const choice = known ?? { index, text: '', refusal: '', calls: new Map(), finish: null };
        choices.set(index, choice);
        append(choice, delta);
        choice.finish = finish ?? choice.finish;
      }
    }
  } catch (error) {
    reading.error = openaiError(error);
  }
  for (const choice of [...choices.values()].toSorted((one, other) => one.index - other.index)) {
    reading.choices.push({ ...choice, calls: [...choice.calls.values()] });
  }
  return reading;
}

type Delta = OpenAI.ChatCompletionChunk.Choice.Delta;

/** Azure leaves the delta out where the type says that there always is one. */
function append(
  choice: Pick<ChoiceTruth, 'text' | 'refusal'> & { calls: Map<number, CallTruth> },
  delta: Delta | undefined,
): void {
  choice.text += delta?.content ?? '';
  choice.refusal += delta?.refusal ?? '';
  for (const { index, id, function: called } of delta?.tool_calls ?? []) {
    const call = choice.calls.get(index) ?? { id: '', name: '', arguments: '' };
    choice.calls.set(index, call);
    call.id ||= id ?? '';
    call.name ||= called?.name ?? '';
    call.arguments += called?.arguments ?? '';
  }
}

function openaiUsage(usage: OpenAI.CompletionUsage | null | undefined): Reading['usage'] {
  return usage === null || usage === undefined
    ? undefined
    : {
        prompt: usage.prompt_tokens,
        completion: usage.completion_tokens,
        total: usage.total_tokens,
        cached: usage.prompt_tokens_details?.cached_tokens,
        reasoning: usage.completion_tokens_details?.reasoning_tokens,
      };
}

function openaiError(error: unknown): Reading['error'] {
  if (error instanceof SyntaxError) {
    // Whether an event is broken or the stream ends in it, is all the same to this client.
    return 'cut';
  }
  if (!(error instanceof OpenAI.APIError)) {
    throw error;
  }
  // Some providers send a number, whatever the type says.
  const code: unknown = error.code ?? error.type ?? '';
  return { message: error.message, code: String(code) };
}
