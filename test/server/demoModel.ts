import type { ReplyDelta } from './chunks.ts';
import type { ListedModel, ModelBackend } from './modelBackend.ts';
import type { CompletionMessage, CompletionRequest } from './requestBodies.ts';
import { demoText } from './demoText.ts';
import { pause } from './pause.ts';
import { messageText } from './requestBodies.ts';

/**
 * The built-in model. Its answer depends on the messages only, so tests can rely on it:
 *
 * | prompt begins with | answer |
 * |---|---|
 * | `!echo TEXT`       | TEXT, as it is |
 * | `!long N`          | N characters of markdown, in deltas that grow with N |
 * | `!tool NAME JSON`  | a call of the tool NAME, if the request offers it, with JSON as arguments |
 * | anything else      | markdown that shows the prompt, the turn's number and the earlier prompts |
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
  const prompts = request.messages.filter((message) => message.role === 'user');
  const prompt = messageText(prompts.at(-1)?.content).trim();
  const call = toolCall(prompt, request);
  if (call) {
    yield* call;
    yield { finishReason: 'tool_calls' };
    return;
  }
  const text = answerTo(model, prompt, prompts, request.messages);
  const limit = request.max_completion_tokens ?? Infinity;
  let count = 0;
  for (const content of pieces(text)) {
    if (count >= limit) {
      yield { finishReason: 'length' };
      return;
    }
    if (count > 0) await pause(deltaPauseMs, signal);
    if (signal.aborted) return;
    count += 1;
    yield { content };
  }
  yield { finishReason: 'stop' };
}

function answerTo(
  model: string,
  prompt: string,
  prompts: readonly CompletionMessage[],
  messages: readonly CompletionMessage[],
): string {
  if (prompt.startsWith('!echo ')) return prompt.slice('!echo '.length);
  const long = /^!long (\d{1,8})/.exec(prompt);
  if (long) return longText(Number(long[1]));
  return demoText({
    model,
    prompt,
    earlier: prompts.slice(0, -1).map((message) => messageText(message.content).trim()),
    images: imageCount(prompts.at(-1)),
    systemPrompts: messages.filter((message) => message.role === 'system').length,
  });
}

function imageCount(message: CompletionMessage | undefined): number {
  const content = message?.content;
  if (content === null || content === undefined || typeof content === 'string') return 0;
  return content.filter((part) => part.type === 'image_url').length;
}

function longText(length: number): string {
  const parts: string[] = [];
  for (let size = 0, n = 1; size < length; n += 1) {
    const part = `Paragraph ${n}: the quick brown fox jumps over the lazy dog. 日本語も。\n\n`;
    parts.push(part);
    size += part.length;
  }
  return parts.join('').slice(0, length);
}

/** Words, or runs of 8 characters where a script has no blanks; a text of any length is at most ~2,000 pieces. */
function pieces(text: string): string[] {
  const words = text.match(/\s*\S{1,8}|\s+$/gu) ?? [];
  const perPiece = Math.ceil(words.length / 2000);
  if (perPiece <= 1) return words;
  return Array.from({ length: Math.ceil(words.length / perPiece) }, (_, index) =>
    words.slice(index * perPiece, (index + 1) * perPiece).join(''),
  );
}

function toolCall(prompt: string, request: CompletionRequest): ReplyDelta[] | undefined {
  const [, name, args = '{}'] = /^!tool (\S+)\s*([\s\S]+)?$/.exec(prompt) ?? [];
  if (name === undefined || !request.tools?.some((tool) => tool.function.name === name)) return undefined;
  const half = Math.ceil(args.length / 2);
  return [
    { toolCalls: [{ index: 0, id: 'call_demo_1', type: 'function', function: { name, arguments: '' } }] },
    { toolCalls: [{ index: 0, function: { arguments: args.slice(0, half) } }] },
    { toolCalls: [{ index: 0, function: { arguments: args.slice(half) } }] },
  ];
}
