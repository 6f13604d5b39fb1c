import { isObject } from '../../api/json.ts';
import type { ContentPart } from '../../api/wireRequest.ts';
import { splitAttachments } from '../../chat/attachments/splitAttachments.ts';
import type { SentRequests } from '../../chat/sentRequest.ts';
import type { PanelTurn } from '../../shared/panelMessages.ts';
import type { SentAttachments } from '../attachments/sentAttachments.ts';
import type { TypedPrompt } from '../rooms/liveTurn.ts';
import type { Conversation } from './conversation.ts';

/** A turn's prompt, to be asked once more. */
export interface SentBefore {
  readonly prompt: string;
  readonly attachments: SentAttachments;
  readonly typed?: TypedPrompt | undefined;
  /** Something went out with it that is neither in the room nor on this machine any more. */
  readonly isIncomplete: boolean;
}

/** What a turn sent: from this window, from the room, or from the request that is kept. `turn` is as the conversation has it. */
export async function sentBefore(
  conversation: Conversation,
  turn: PanelTurn,
  requests: Pick<SentRequests, 'find'>,
): Promise<SentBefore> {
  const { attachments: attached, typed } = conversation.own(turn.id)?.live ?? {};
  if (attached) return { prompt: turn.prompt, typed, attachments: attached, isIncomplete: false };
  const inRoom = splitAttachments(turn.prompt);
  const kept = turn.hasRequest ? lastMessage((await requests.find(turn.id))?.request.body) : undefined;
  const inRequest = splitAttachments(kept?.text ?? '');
  // What no server took is in the request only.
  const isMore = inRoom.attachments === '' && inRequest.prompt === inRoom.prompt;
  const { names, attachments: text } = isMore ? inRequest : inRoom;
  const media = kept?.media ?? [];
  // Not every room tells that there was more than text.
  const others = turn.attachments.length > 0 ? turn.attachments : media.map(nameOf);
  const attachments = { names: [...names, ...others], text, media };
  return { prompt: inRoom.prompt, attachments, isIncomplete: media.length < turn.attachments.length };
}

/** As rooms name what is no text. */
function nameOf(part: ContentPart): string {
  if (part.type === 'file') return part.file.filename ?? 'file';
  return part.type === 'input_audio' ? 'audio' : 'image';
}

/** The last message of a request's body. */
function lastMessage(body = '{}'): { readonly text: string; readonly media: ContentPart[] } | undefined {
  const value: unknown = JSON.parse(body);
  const messages = isObject(value) && Array.isArray(value['messages']) ? value['messages'] : [];
  const last: unknown = messages.at(-1);
  if (!isObject(last)) return undefined;
  const { content } = last;
  if (!Array.isArray(content)) return { text: typeof content === 'string' ? content : '', media: [] };
  const first: unknown = content[0];
  const text = isObject(first) && typeof first['text'] === 'string' ? first['text'] : '';
  return { text, media: content.filter(isMediaPart) };
}

function isMediaPart(part: unknown): part is ContentPart {
  if (!isObject(part)) return false;
  const { type, image_url: image, input_audio: audio, file } = part;
  return (
    (type === 'image_url' && isObject(image) && typeof image['url'] === 'string') ||
    (type === 'input_audio' && isObject(audio) && typeof audio['data'] === 'string') ||
    (type === 'file' && isObject(file))
  );
}
