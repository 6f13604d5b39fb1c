import type { Endpoint } from '../../api/endpoint.ts';
import { askRequest, type Prompt } from '../askRequest.ts';
import { assembleReply } from '../replyAssembly.ts';
import type { ReplyEvent } from '../replyEvents.ts';
import { streamReply } from '../replyStream.ts';
import { endState, turnOutcome } from '../turnOutcome.ts';

/** A prompt that no room keeps. */
export interface OnceInput extends Prompt {
  readonly endpoint: Pick<Endpoint, 'expects' | 'streamChatCompletion'>;
  readonly signal?: AbortSignal;
}

/**
 * The way from a prompt to reply events without a room: the same events as those of `ask`, but that nothing can be read
 * again once the connection has died. Failure is thrown as `ApiError`, cancellation as `AbortError`.
 */
export async function* askOnce({
  endpoint,
  signal,
  ...prompt
}: OnceInput): AsyncGenerator<ReplyEvent, void, void> {
  signal?.throwIfAborted();
  const request = askRequest(prompt, [], true);
  const reply = assembleReply(endpoint.expects(request));
  let ending: ReplyEvent[];
  try {
    yield* streamReply((options) => endpoint.streamChatCompletion(request, options), reply, signal);
    ending = reply.end();
  } catch (error) {
    if (!reply.isWhole) {
      // A fault that a stop brought about is the stop.
      const outcome = signal?.aborted ? 'stopped' : turnOutcome(error);
      yield { type: 'state', state: endState(outcome, true) };
      throw signal?.aborted ? signal.reason : error;
    }
    ending = reply.end();
  }
  yield* ending;
}
