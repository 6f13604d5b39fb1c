import { ApiError } from '../api/apiError.ts';
import type { CapturedExchange } from '../api/capture.ts';
import type { Endpoint } from '../api/endpoint.ts';
import type { ChatCompletionChunk, Usage } from '../api/wire.ts';
import type { ChatCompletionRequest } from '../api/wireRequest.ts';
import { bufferedText, isBuffered } from './bufferedStream.ts';
import { describeError } from './describeError.ts';
import type { DiagnosisInput, DiagnosisStep, Finding } from './diagnosis.ts';
import { cleanName, escapeMarkdown } from './untrusted.ts';

/** What is asked, and of which model. */
interface Asked {
  readonly model: string | undefined;
  readonly mayAsk: boolean;
}

/** A reply as far as it came. Times in milliseconds since the request. */
interface Reply {
  readonly texts: readonly string[];
  /** When each of the texts came. */
  readonly arrivals: readonly number[];
  readonly usage: Usage | undefined;
  readonly finishReason: string | undefined;
  readonly took: number;
  readonly error: unknown;
}

// They cost next to nothing. No limit of length: a model that reasons would use it up before its first word.
const oneWord = 'Answer with the one word: ready';
const manyWords = 'Count from 1 to 100 in figures, with blanks between them, and write nothing else.';

/** Asks for a whole answer, then for a streamed one, and looks at both. */
export async function* checkReplies(
  input: DiagnosisInput,
  { model, mayAsk }: Asked,
  begin: (step: DiagnosisStep) => DiagnosisStep,
): AsyncGenerator<Finding, void, void> {
  const { connection, whole, streamed, capture, l10n } = input;
  if (!mayAsk) {
    const text = l10n.t('Not tried, because of the problem above.');
    for (const step of ['whole', 'stream', 'usage', 'end'] as const) yield { step, outcome: 'skipped', text };
    return;
  }
  begin('whole');
  const first = await askOne(whole, aRequest(oneWord, model), input);
  yield { step: 'whole', ...wholeFinding(first, input) };
  if (connection.stream === false) {
    const text = l10n.t('Not tried: this connection asks for whole answers (`"stream": false`).');
    yield { step: begin('stream'), outcome: 'skipped', text };
    yield { step: begin('usage'), ...usageFinding([first], input) };
    yield { step: begin('end'), ...endFinding(first, whole, capture.last(), input) };
    return;
  }
  begin('stream');
  const second = await askOne(streamed, aRequest(manyWords, model), input);
  const exchange = capture.last();
  yield { step: 'stream', ...streamFinding(second, exchange, input) };
  yield { step: begin('usage'), ...usageFinding([second, first], input) };
  yield { step: begin('end'), ...endFinding(second, streamed, exchange, input) };
}

function aRequest(content: string, model: string | undefined): ChatCompletionRequest {
  return { messages: [{ role: 'user', content }], ...(model !== undefined && { model }) };
}

async function askOne(
  endpoint: Endpoint,
  request: ChatCompletionRequest,
  { signal, now }: DiagnosisInput,
): Promise<Reply> {
  const start = now();
  const texts: string[] = [];
  const arrivals: number[] = [];
  let usage: Usage | undefined;
  let finishReason: string | undefined;
  let error: unknown;
  try {
    const options = { signal, retry: { strategy: 'none' } } as const;
    for await (const chunk of endpoint.streamChatCompletion(request, options)) {
      const text = textOf(chunk);
      if (text !== '') {
        texts.push(text);
        arrivals.push(now() - start);
      }
      usage = chunk.usage ?? usage;
      finishReason = chunk.choices.find(({ index }) => index === 0)?.finish_reason ?? finishReason;
    }
    if (texts.length === 0) error = new ApiError('emptyReply', 'The answer has no text.');
  } catch (thrown) {
    signal.throwIfAborted();
    error = thrown;
  }
  return { texts, arrivals, usage, finishReason, error, took: now() - start };
}

/** What a person would see of it. */
function textOf({ choices }: ChatCompletionChunk): string {
  return choices
    .map(
      ({ delta }) =>
        delta.content ?? delta.reasoning_content ?? delta.refusal ?? delta.audio?.transcript ?? '',
    )
    .join('');
}

type Checked = Omit<Finding, 'step'>;

function problem(error: unknown, { connection, mask, l10n }: DiagnosisInput): Checked {
  const masked = error instanceof ApiError ? mask.error(error) : error;
  return { outcome: 'problem', text: describeError(masked, connection.name, l10n, connection.kind).message };
}

function wholeFinding({ texts, took, error }: Reply, input: DiagnosisInput): Checked {
  if (error !== undefined) return problem(error, input);
  const answer = escapeMarkdown(cleanName(input.mask.text(texts.join('')), 40));
  return {
    outcome: 'ok',
    text: input.l10n.t('A whole answer came after {0} ms: “{1}”.', Math.round(took), answer),
  };
}

function streamFinding(
  { texts, arrivals, took, error }: Reply,
  exchange: CapturedExchange | undefined,
  input: DiagnosisInput,
): Checked {
  const { connection, l10n } = input;
  if (error !== undefined) {
    const { outcome, text } = problem(error, input);
    return texts.length === 0
      ? { outcome, text }
      : { outcome, text: l10n.t('After {0} pieces: {1}', texts.length, text) };
  }
  if (isBuffered(arrivals)) {
    return { outcome: 'problem', isBuffered: true, text: bufferedText(arrivals, connection.name, l10n) };
  }
  const figures = [exchange?.headersAfter, arrivals[0], texts.length, took].map((figure) =>
    Math.round(figure ?? 0),
  );
  return {
    outcome: 'ok',
    text: l10n.t(
      'Headers came after {0} ms, the first text after {1} ms, and {2} pieces within {3} ms.',
      ...figures,
    ),
  };
}

function usageFinding(replies: readonly Reply[], { l10n }: DiagnosisInput): Checked {
  const usage = replies.map((reply) => reply.usage).find((told) => told !== undefined);
  if (replies.every(({ error }) => error !== undefined)) return withoutAnswer(l10n.t('There was no answer.'));
  return {
    outcome: 'ok',
    text: usage
      ? l10n.t('The server tells the tokens: {0} in, {1} out.', usage.prompt_tokens, usage.completion_tokens)
      : l10n.t('The server does not tell how many tokens an answer took; answers show “?”.'),
  };
}

function withoutAnswer(text: string): Checked {
  return { outcome: 'skipped', text };
}

function endFinding(
  { error, finishReason }: Reply,
  endpoint: Endpoint,
  exchange: CapturedExchange | undefined,
  { l10n, mask }: DiagnosisInput,
): Checked {
  if (error !== undefined || !exchange) return withoutAnswer(l10n.t('There was no whole answer.'));
  const reason = finishReason === undefined ? undefined : escapeMarkdown(mask.text(finishReason));
  if (reason === undefined && endpoint.expects({ messages: [] }).alwaysFinishes) {
    return {
      outcome: 'problem',
      text: l10n.t(
        'The answer ended without a finish reason, so it may be cut; ask again, and look at the proxy.',
      ),
    };
  }
  const isDone = endsWithDone(exchange);
  const text =
    reason === undefined
      ? isDone
        ? l10n.t('The answer ended with [DONE], without a finish reason.')
        : l10n.t('The answer ended with its connection, without a finish reason.')
      : isDone
        ? l10n.t('The answer ended with the finish reason “{0}” and [DONE].', reason)
        : l10n.t('The answer ended with the finish reason “{0}”.', reason);
  return { outcome: 'ok', text };
}

function endsWithDone({ pieces }: CapturedExchange): boolean {
  const utf8 = new TextDecoder();
  const tail = pieces.slice(-3).map(({ bytes }) => utf8.decode(bytes, { stream: true }));
  return /\[DONE\]\s*$/.test(tail.join(''));
}
