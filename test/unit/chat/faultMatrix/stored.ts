import assert from 'node:assert/strict';
import { developmentOperator, type RunningServer } from '../../../server/server.ts';
import type { Window } from './doors.ts';
import type { Keeper } from './faults.ts';

/** A message as a model is given it. */
export interface SeenMessage {
  readonly role: string;
  readonly text: string;
}

/** How often the prompt stands in the last of these rooms; fails if any of them has it twice. */
export async function timesStored(
  prompt: string,
  rooms: readonly string[],
  { endpoint }: Window,
): Promise<number> {
  let times = 0;
  for (const room of rooms) {
    const messages = await endpoint.chatrooms.listMessages(room, { limit: 100 }).catch(() => []);
    times = messages.filter(({ role, text }) => role === 'user' && text === prompt).length;
    assert.ok(times <= 1, 'the prompt is stored twice');
  }
  return times;
}

/** What the model was given with the last prompt: what was sent, and what the server keeps. */
export function seenByModel(keeper: Keeper, { requests, chatrooms }: RunningServer): SeenMessage[] {
  const request = requests.findLast(({ path }) => path.endsWith('/chat/completions'));
  const { messages }: { messages: { role: string; content: string }[] } = JSON.parse(
    JSON.stringify(request?.body),
  );
  const sent = messages.map(({ role, content }) => ({ role, text: content }));
  if (keeper !== 'server') return sent;
  const id = /chatrooms\/([^/]+)/.exec(request?.path ?? '')?.[1] ?? '';
  const room = chatrooms.find(developmentOperator, id);
  assert.ok(room);
  const before = chatrooms.history(room).slice(0, -2);
  const stored = before.map(({ role, content }) => ({
    role,
    text: content.type === 'text' ? content.text : '',
  }));
  return [...sent.slice(0, -1), ...stored, ...sent.slice(-1)];
}
