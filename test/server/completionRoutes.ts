import type { StoredChatroom, StoredMessage, StoredPart } from './chatroomStore.ts';
import type { Exchange, Services } from './exchange.ts';
import { findChatroom } from './chatroomRoutes.ts';
import { chatroomChunks, completionChunks } from './chunks.ts';
import { answer } from './completion.ts';
import { resolveModel } from './models.ts';
import type { CompletionMessage } from './requestBodies.ts';
import { checkCompletionRequest, messageText } from './requestBodies.ts';
import { ulid } from './ulid.ts';

/** `POST /v1/llms/chat/completions`: stateless. */
export async function chatCompletion(exchange: Exchange, services: Services): Promise<void> {
  const { body: request } = exchange;
  checkCompletionRequest(request);
  const model = await resolveModel(services.backends.tachyon, request.model, exchange.watch.signal);
  const id = `chatcmpl-${ulid()}`;
  await answer(exchange, services, { id, model, request, shape: completionChunks(id, model) });
}

/**
 * `POST /v1/llms/chatrooms/{id}/chat/completions`: the model sees the chatroom's history. The last user message is
 * stored before the answer begins (every message with `storeAll`), the reply as far as it was written.
 */
export async function chatroomCompletion(exchange: Exchange, services: Services): Promise<void> {
  const { body: request } = exchange;
  checkCompletionRequest(request);
  const room = findChatroom(exchange, services);
  const model = await resolveModel(services.backends.tachyon, request.model, exchange.watch.signal);
  const messages = withHistory(services.chatrooms.history(room), request.messages);
  const { chatrooms, storeAll } = services;
  const lastUser = request.messages.findLast((message) => message.role === 'user');
  for (const message of request.messages) {
    if (storeAll || message === lastUser) store(exchange, services, room, message);
  }
  const id = `msg_${ulid()}`;
  await answer(exchange, services, {
    id,
    model,
    request: { ...request, messages },
    shape: chatroomChunks(id, model),
    onText: (text) => chatrooms.addMessage(room, exchange.userId, 'assistant', { type: 'text', text }, id),
  });
}

/** One stored message per part, as the contract's ChatMessage holds a single part. */
function store(
  exchange: Exchange,
  { chatrooms }: Services,
  room: StoredChatroom,
  message: CompletionMessage,
): void {
  const { content, role } = message;
  const images = Array.isArray(content) ? content.flatMap((part) => part.image_url?.url ?? []) : [];
  const parts: StoredPart[] = images.map((image) => ({ type: 'image', image }));
  const text = messageText(content);
  if (text !== '' || parts.length === 0) parts.unshift({ type: 'text', text });
  for (const part of parts) chatrooms.addMessage(room, exchange.userId, role, part);
}

/**
 * The conversation that the model sees: system messages, then what the client carries along, then what the chatroom
 * holds, then the new message. A client that carries the stored messages too does not double them.
 */
function withHistory(
  stored: readonly StoredMessage[],
  sent: readonly CompletionMessage[],
): readonly CompletionMessage[] {
  const history = stored.flatMap(({ role, content }): CompletionMessage[] =>
    content.type === 'text' ? [{ role, content: content.text }] : [],
  );
  const earlier = sent.slice(0, -1);
  const tail = earlier.slice(-history.length);
  const carried =
    history.length > 0 &&
    tail.length === history.length &&
    tail.every((message, index) => {
      const other = history[index];
      return message.role === other?.role && messageText(message.content) === messageText(other.content);
    });
  return carried ? sent : [...earlier, ...history, ...sent.slice(-1)];
}
