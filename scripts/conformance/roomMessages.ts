import { listMessages } from '../../src/api/chatrooms.ts';
import { isObject } from '../../src/api/json.ts';
import { safe } from '../../src/api/safe.ts';
import { answerOf, fieldObservations, listed, type Observation, refused } from './observation.ts';
import { contentText, fieldOf, objectsIn, parse } from './rawStream.ts';
import type { Exchange } from './recorder.ts';
import { describeFailure } from './replyReading.ts';
import type { Session } from './session.ts';
import { compareShape } from './shape.ts';

const row = 'A5';

const message = {
  id: 'string',
  user_id: 'string',
  chatroom_id: 'string',
  created_at: 'string',
  role: 'string',
  content: 'object|string',
};

/** The texts of listed messages, in the order of the list. */
export function textsOf(reply: Exchange): string[] {
  return objectsIn(parse(reply.text), 'messages').map((entry) => contentText(entry['content']));
}

/** Observations of lists that need no turn. */
export function listObservations(empty: Exchange, withoutQuery: Exchange, stranger: Exchange): Observation[] {
  const messages = fieldOf(parse(empty.text), 'messages');
  return [
    {
      row,
      name: 'messages of a new chatroom',
      expected: 'status 200, none',
      seen: `${answerOf(empty)}, ${Array.isArray(messages) ? messages.length : 'no list'}`,
      holds: empty.status === 200 && Array.isArray(messages) && messages.length === 0,
    },
    {
      row,
      name: 'messages without limit, offset and search',
      expected: 'refused with 400 or 422',
      seen: answerOf(withoutQuery),
      holds: withoutQuery.status === 400 || withoutQuery.status === 422,
    },
    {
      row,
      name: 'messages of a chatroom that does not exist',
      expected: 'status 400 or 404',
      seen: answerOf(stranger),
      holds: stranger.status === 404 || stranger.status === 400,
    },
  ];
}

/** Observations of what is stored right after a turn of `prompt` and `answer`. */
export async function storedObservations(
  session: Session,
  stored: Exchange,
  prompt: string,
  answer: string,
): Promise<Observation[]> {
  if (stored.status !== 200) {
    return [refused(stored, { row, name: 'messages' })];
  }
  const entries = objectsIn(parse(stored.text), 'messages');
  const roles = entries.map(({ role }) => String(role));
  const texts = textsOf(stored);
  const contents = entries.map(({ content }) => content);
  const read = await safe(listMessages(session.connection, 'ch_', {}, session.reread(stored)));
  const clientTexts = read.ok ? read.value.map(({ text }) => text) : [];
  return [
    {
      row,
      name: 'messages stored when the stream has ended',
      expected: 'the prompt and the answer as streamed',
      seen: answer === '' ? 'the answer was empty' : listed(roles),
      holds:
        answer === ''
          ? undefined
          : [prompt, answer].every((text) => texts.includes(text)) && texts.length === 2,
    },
    ...fieldObservations(row, 'a message', compareShape(entries, message, 'message'), false),
    {
      row,
      name: 'content of a message',
      expected: 'a part with type and text, or a string',
      seen: listed([...new Set(contents.map((content) => (isObject(content) ? 'a part' : typeof content)))]),
      holds: contents.every(
        (content) => typeof content === 'string' || typeof fieldOf(content, 'type') === 'string',
      ),
      open: true,
    },
    {
      row,
      name: 'order of messages',
      expected: 'oldest or newest first',
      seen: roles[0] === 'user' ? 'oldest first' : 'newest first',
      holds: ['user,assistant', 'assistant,user'].includes(roles.join()),
      open: true,
    },
    {
      row: 'G',
      name: 'our client reads the messages',
      expected: 'the same texts',
      seen: read.ok ? `${clientTexts.length} messages` : describeFailure(read.error),
      holds: read.ok && JSON.stringify(clientTexts) === JSON.stringify(texts),
    },
  ];
}

/** Observations of parts of the list `all`: one message from the second on, and those with `word`. */
export function pageObservations(
  all: Exchange,
  page: Exchange,
  search: Exchange,
  word: string,
): Observation[] {
  const found = textsOf(search);
  return [
    {
      row,
      name: 'limit and offset of messages',
      expected: 'one message, the second',
      seen: `${textsOf(page).length} messages`,
      holds: JSON.stringify(textsOf(page)) === JSON.stringify(textsOf(all).slice(1, 2)),
    },
    {
      row,
      name: 'search in messages',
      expected: 'only those with the word',
      seen: `${found.length} of ${textsOf(all).length} messages`,
      holds: found.length > 0 && found.every((text) => text.includes(word)),
    },
  ];
}
