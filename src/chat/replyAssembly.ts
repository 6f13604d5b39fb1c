import { ApiError } from '../api/apiError.ts';
import type { ReplyExpectation } from '../api/endpoint.ts';
import { addToolCall, type ToolCall } from '../api/toolCalls.ts';
import type { ChatCompletionChoice, ChatCompletionChunk, Usage } from '../api/wire.ts';
import type { AudioEvent, ReplyEvent } from './replyEvents.ts';
import { createThinkBlocks, type ReplyPiece } from './thinkBlocks.ts';

/** Turns the chunks of one reply into reply events. */
export interface ReplyAssembly {
  /** Text and reasoning of a chunk, at once. */
  add(chunk: ChatCompletionChunk): ReplyEvent[];
  /** All answers have told why they end: a connection that dies now takes nothing of them. */
  readonly isWhole: boolean;
  /** As the server named it. */
  readonly model: string | undefined;
  /** What is known only at the end. Throws `emptyReply` if nothing came. */
  end(): ReplyEvent[];
}

/** One of a reply's answers so far. */
interface Answer {
  readonly calls: ToolCall[];
  readonly thinking: ReturnType<typeof createThinkBlocks>;
  readonly audio: string[];
  readonly pieces: ReplyPiece[];
  isRefusal: boolean;
  finishReason: string | undefined;
}

/** Starts a reply. Its first answer comes as it grows; further ones are held until the end. */
export function assembleReply(expected: ReplyExpectation): ReplyAssembly {
  const answers = new Map<number, Answer>();
  let usage: Usage | undefined;
  let model: string | undefined;
  let isHeaded = expected.alternatives < 2;

  const answerAt = (index: number): Answer => {
    const answer = answers.get(index) ?? newAnswer();
    answers.set(index, answer);
    return answer;
  };

  function show(pieces: readonly ReplyPiece[]): ReplyEvent[] {
    return pieces.flatMap(({ kind, text }): ReplyEvent[] => {
      if (kind === 'reasoning') return [{ type: 'reasoningDelta', text }];
      const heading: ReplyEvent[] = isHeaded ? [] : [{ type: 'alternatives', count: expected.alternatives }];
      isHeaded = true;
      return [...heading, { type: 'textDelta', text }];
    });
  }

  function addChoice({ index, delta, finish_reason }: ChatCompletionChoice): ReplyEvent[] {
    // As many as any API gives (wire contract D1).
    if (!answers.has(index) && answers.size === 128) return [];
    const answer = answerAt(index);
    answer.finishReason = finish_reason ?? answer.finishReason;
    for (const call of delta.tool_calls ?? []) addToolCall(answer.calls, call);
    if (delta.audio?.data) answer.audio.push(delta.audio.data);
    answer.isRefusal ||= Boolean(delta.refusal);
    const text = (delta.content ?? '') + (delta.audio?.transcript ?? '') + (delta.refusal ?? '');
    const pieces: ReplyPiece[] = [
      ...(delta.reasoning_content ? [{ kind: 'reasoning' as const, text: delta.reasoning_content }] : []),
      ...(text === '' ? [] : answer.thinking.push(text)),
    ];
    answer.pieces.push(...pieces);
    return index === 0 ? show(pieces) : [];
  }

  return {
    add(chunk) {
      usage = chunk.usage ?? usage;
      model = chunk.model || model;
      return chunk.choices.flatMap(addChoice);
    },
    get isWhole() {
      const ended = [...answers.values()].filter(({ finishReason }) => finishReason !== undefined);
      return ended.length >= Math.max(1, expected.alternatives) && ended.length === answers.size;
    },
    get model() {
      return model;
    },
    end() {
      const [first = newAnswer(), ...others] = inOrder(answers);
      const rest = first.thinking.end();
      if (rest.length === 0 && [first, ...others].every(isEmpty)) {
        throw new ApiError('emptyReply', 'The reply had no text, no tool call and no finish reason.');
      }
      const { finishReason, isRefusal } = first;
      return [
        // A server that numbers its answers otherwise has not been shown yet.
        ...show(answers.has(0) ? [] : first.pieces),
        ...show(rest),
        ...others.map(alternative),
        ...first.calls.map(toolCall),
        ...audioOf(first, expected),
        ...(usage ? [{ type: 'usage' as const, usage }] : []),
        {
          type: 'finished',
          finishReason,
          model,
          isRefusal,
          isCut: finishReason === undefined && expected.alwaysFinishes,
        },
      ];
    },
  };
}

function newAnswer(): Answer {
  return {
    calls: [],
    thinking: createThinkBlocks(),
    audio: [],
    pieces: [],
    isRefusal: false,
    finishReason: undefined,
  };
}

function isEmpty({ pieces, calls, audio, finishReason }: Answer): boolean {
  return pieces.length === 0 && calls.length === 0 && audio.length === 0 && finishReason === undefined;
}

/** The one that was shown as it came, then the others. */
function inOrder(answers: ReadonlyMap<number, Answer>): Answer[] {
  return [...answers].toSorted(([one], [other]) => rank(one) - rank(other)).map(([, answer]) => answer);
}

function rank(index: number): number {
  return index === 0 ? -Infinity : index;
}

function alternative({ pieces, thinking }: Answer, position: number): ReplyEvent {
  const texts = [...pieces, ...thinking.end()].flatMap(({ kind, text }) => (kind === 'text' ? text : []));
  return { type: 'alternative', number: position + 2, text: texts.join('') };
}

function toolCall({ id, name, arguments: text, extraContent }: ToolCall): ReplyEvent {
  return {
    type: 'toolCall',
    id,
    name,
    arguments: text,
    ...(extraContent !== undefined && { extraContent }),
  };
}

function audioOf({ audio }: Answer, { audioFormat = 'wav' }: ReplyExpectation): AudioEvent[] {
  return audio.length === 0 ? [] : [{ type: 'audio', data: joinBase64(audio), format: audioFormat }];
}

/** Fragments are cut anywhere at some servers, and each padded for itself at others. */
function joinBase64(fragments: readonly string[]): string {
  const joined = fragments.join('');
  if (!/=[^=]/.test(joined)) return joined;
  try {
    return btoa(fragments.map((fragment) => atob(fragment)).join(''));
  } catch {
    // No base64 at all. Whoever decodes it will notice; the answer's text is not lost for it.
    return joined;
  }
}
