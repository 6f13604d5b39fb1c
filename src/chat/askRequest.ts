import type { Parameters } from '../api/connection.ts';
import type { ChatCompletionRequest, ContentPart } from '../api/wireRequest.ts';
import { carriedMessages, type CarriedTurn, joinBlocks } from './carried.ts';

/** What a person asks. */
export interface Prompt {
  readonly prompt: string;
  /** Text of the attachments, as it goes before the prompt. */
  readonly attachments?: string;
  /** Attachments that are no text; they go after the prompt. */
  readonly media?: readonly ContentPart[];
  /** As the endpoint gives it; missing: the server chooses. */
  readonly model?: string;
  /** What this call sets beyond the connection's own parameters. */
  readonly parameters?: Parameters;
  /** Goes out in a room's first turn only: the room keeps it. */
  readonly systemPrompt?: string;
}

/** The text of the user message: attachments first, then the prompt. Carried prompts without an answer go before both. */
export function userContent({ prompt, attachments }: Prompt, carried: readonly CarriedTurn[]): string {
  return joinBlocks(carriedMessages(carried).unanswered, attachments, prompt);
}

/** The request of one turn: only what the room does not hold (wire contract B2). */
export function askRequest(
  prompt: Prompt,
  carried: readonly CarriedTurn[],
  isRoomEmpty: boolean,
): ChatCompletionRequest {
  const system = isRoomEmpty && prompt.systemPrompt?.trim() ? prompt.systemPrompt : undefined;
  const text = userContent(prompt, carried);
  return {
    ...prompt.parameters,
    ...(prompt.model !== undefined && { model: prompt.model }),
    messages: [
      ...(system === undefined ? [] : [{ role: 'system' as const, content: system }]),
      ...carriedMessages(carried).messages,
      { role: 'user', content: withMedia(text, prompt.media) },
    ],
  };
}

/** Several providers refuse a text part that is empty. */
function withMedia(text: string, media: readonly ContentPart[] = []): string | ContentPart[] {
  if (media.length === 0) return text;
  return text === '' ? [...media] : [{ type: 'text', text }, ...media];
}
