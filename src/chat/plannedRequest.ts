import type { RoomEndpoint } from '../api/endpoint.ts';
import { dialectOf } from '../api/dialects.ts';
import type { SentRequest } from '../api/requestTap.ts';
import type { ChatCompletionRequest } from '../api/wireRequest.ts';
import { askRequest, type Prompt } from './askRequest.ts';
import type { CarriedTurn } from './carried.ts';
import { joinUserMessages } from './joinedMessages.ts';
import type { ContinuePlacement, Placement } from './placement.ts';

/** What of earlier rooms this request must bring. */
export function toCarry({ carried, carriedStored }: ContinuePlacement): readonly CarriedTurn[] {
  return carriedStored === true ? [] : carried;
}

/** No server has a room of this name; it stands in the path only. */
const roomToBe = 'new';

/**
 * The request that `ask` would send for a prompt, from the functions that send it; nothing goes out. Throws `ApiError`
 * for what cannot be sent.
 */
export async function plannedRequest(
  endpoint: RoomEndpoint,
  placement: Placement,
  prompt: Prompt,
): Promise<SentRequest> {
  let planned: SentRequest | undefined;
  const options = {
    onRequest: (request: SentRequest) => void (planned = request),
    fetch: () => Promise.reject(new TypeError('Only planned.')),
    retry: { strategy: 'none' },
  } as const;
  try {
    for await (const _ of chunks(endpoint, placement, requestOf(placement, prompt), options)) break;
  } catch (error) {
    if (!planned) throw error;
  }
  if (!planned) throw new TypeError('No request was made.');
  return planned;
}

function requestOf(placement: Placement, prompt: Prompt): ChatCompletionRequest {
  return placement.kind === 'continue'
    ? askRequest(prompt, toCarry(placement), placement.empty)
    : askRequest(prompt, placement.carried, true);
}

function chunks(
  endpoint: RoomEndpoint,
  placement: Placement,
  request: ChatCompletionRequest,
  options: Parameters<RoomEndpoint['streamChatCompletion']>[1],
) {
  const { chatrooms } = endpoint;
  if (placement.kind === 'continue') return chatrooms.streamChatCompletion(placement.room, request, options);
  if (dialectOf(endpoint.kind).hasChatrooms)
    return chatrooms.streamChatCompletion(roomToBe, request, options);
  // An empty room on this machine adds nothing.
  return endpoint.streamChatCompletion({ ...request, messages: joinUserMessages(request.messages) }, options);
}
