import type { ReplyDelta, TokenLogprob } from './chunks.ts';
import type { DemoAnswer } from './demoPrompts.ts';
import type { ListedModel, ModelBackend } from './modelBackend.ts';
import type { CompletionRequest } from './requestBodies.ts';
import { pieces, specialAnswer } from './demoPrompts.ts';
import { demoText } from './demoText.ts';
import { pause } from './pause.ts';
import { messageText } from './requestBodies.ts';

/**
 * The built-in model. Its answer depends on the request only, so tests can rely on it: markdown that shows the prompt,
 * the turn's number and the earlier prompts, or what one of the prompts of `demoPrompts.ts` asks for; after a tool's
 * result, that result. Alternatives after the first begin with `Alternative 2: ` and so on.
 */
export function createDemoModel(models: readonly ListedModel[], deltaPauseMs: number): ModelBackend {
  return {
    listModels: () => Promise.resolve(models),
    reply: (model, request, signal) => Promise.resolve(reply(model, request, deltaPauseMs, signal)),
  };
}

async function* reply(
  model: string,
  request: CompletionRequest,
  deltaPauseMs: number,
  signal: AbortSignal,
): AsyncGenerator<ReplyDelta> {
  const answers = Array.from({ length: request.n ?? 1 }, (_, index) => answerTo(model, request, index));
  const limited = answers.map((answer) => cutToLimit(answer, request));
  const length = Math.max(...limited.map(({ deltas }) => deltas.length));
  let count = 0;
  for (let step = 0; step < length; step += 1) {
    for (const [index, { deltas }] of limited.entries()) {
      const delta = deltas[step];
      if (!delta) continue;
      if (count > 0) await pause(deltaPauseMs, signal);
      if (signal.aborted) return;
      count += 1;
      yield { ...delta, ...(index > 0 && { index }), ...logprobs(delta, request) };
    }
  }
  for (const [index, { finishReason }] of limited.entries()) yield { index, finishReason };
}

function answerTo(model: string, request: CompletionRequest, index: number): DemoAnswer {
  const { messages } = request;
  const prompts = messages.filter((message) => message.role === 'user');
  const prompt = messageText(prompts.at(-1)?.content).trim();
  const lead = index === 0 ? '' : `Alternative ${index + 1}: `;
  const last = messages.at(-1);
  if (last?.role === 'tool') return plain(`${lead}The tool answered: ${messageText(last.content)}`);
  const special = specialAnswer(prompt, request, lead);
  if (special) return special;
  const content = prompts.at(-1)?.content ?? '';
  return plain(
    lead +
      demoText({
        model,
        prompt,
        earlier: prompts.slice(0, -1).map((message) => messageText(message.content).trim()),
        images: typeof content === 'string' ? 0 : content.filter((part) => part.type === 'image_url').length,
        systemPrompts: messages.filter(({ role }) => role === 'system' || role === 'developer').length,
      }),
  );
}

function plain(text: string): DemoAnswer {
  return { deltas: pieces(text), finishReason: 'stop' };
}

/** Each delta counts as one token. Tool calls are never cut. */
function cutToLimit(answer: DemoAnswer, request: CompletionRequest): DemoAnswer {
  const limit = request.max_completion_tokens ?? request.max_tokens ?? Infinity;
  if (answer.deltas.length <= limit || answer.finishReason === 'tool_calls') return answer;
  return { deltas: answer.deltas.slice(0, Math.max(0, limit)), finishReason: 'length' };
}

function logprobs({ content }: ReplyDelta, request: CompletionRequest): Pick<ReplyDelta, 'logprobs'> {
  if (request.logprobs !== true || content === undefined) return {};
  const candidates = Array.from({ length: request.top_logprobs ?? 0 }, (_, rank) =>
    logprob(rank === 0 ? content : `${content}~${rank}`, rank),
  );
  return { logprobs: [{ ...logprob(content, 0), top_logprobs: candidates }] };
}

function logprob(token: string, rank: number): TokenLogprob {
  return { token, logprob: -(rank + 1) / 8, bytes: [...Buffer.from(token)] };
}
