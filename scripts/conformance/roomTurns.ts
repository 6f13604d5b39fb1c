import * as chatrooms from '../../src/api/chatrooms.ts';
import type { Observation } from './observation.ts';
import { contentText, objectIn, objectsIn, parse, readRawStream } from './rawStream.ts';
import type { Exchange } from './recorder.ts';
import { collect } from './replyReading.ts';
import { listObservations, pageObservations, storedObservations, textsOf } from './roomMessages.ts';
import { ask, type Session } from './session.ts';
import { contentOfStream } from './streamChecks.ts';
import { roomStream } from './streamFacts.ts';
import { streamObservations, streamRequest } from './streamProbes.ts';
import { wholeObservations } from './wholeProbes.ts';

/** A word that a model can only know from the first turn. */
const secretWord = 'marigold';
const firstPrompt = `Remember the word ${secretWord} and answer with OK.`;
const carried = ['My lucky number is 17.', 'Noted.'] as const;
const secondPrompt = 'Which word?';
/** Enough for the models that think first. */
const limit = 128;

/** Two turns in a chatroom, the first streamed, the second whole, and what is stored of them. */
export async function turnObservations(session: Session, ofRoom: string, id: string): Promise<Observation[]> {
  const { connection, facts } = session;
  const messages = (query: string): Promise<Exchange> => session.send({ path: `${ofRoom}/messages${query}` });
  const everything = '?limit=50&offset=0&search=';
  const completions = `${ofRoom}/chat/completions`;

  const empty = await messages(everything);
  const withoutQuery = await messages('');
  const stranger = await session.send({
    path: `/v1/llms/chatrooms/ch_00000000000000000000000000/messages${everything}`,
  });
  const firstRequest = streamRequest(session, completions, firstPrompt);
  const first = await session.send({
    ...firstRequest,
    body: { ...firstRequest.body, [facts.limitField]: limit },
  });
  const stored = await messages(everything);
  const turns = [
    { role: 'user', content: carried[0] },
    { role: 'assistant', content: carried[1] },
    { role: 'user', content: secondPrompt },
  ];
  const body = ask(session, secondPrompt, { messages: turns, [facts.limitField]: limit });
  const second = await session.send({ path: completions, body });
  const storedLater = await messages(everything);
  const page = await messages('?limit=1&offset=1&search=');
  const search = await messages(`?limit=50&offset=0&search=${secretWord}`);

  const answer = contentOfStream(readRawStream(first.text)).text;
  return [
    ...listObservations(empty, withoutQuery, stranger),
    ...(await streamObservations(session, first, roomStream, (options) =>
      collect(chatrooms.streamChatCompletion(connection, id, { messages: [] }, options)),
    )),
    ...(await wholeObservations(
      session,
      second,
      'B4',
      (options) => chatrooms.createChatCompletion(connection, id, { messages: [] }, options),
      limit,
    )),
    ...(first.status === 200 && second.status === 200
      ? [
          ...(await storedObservations(session, stored, firstPrompt, answer)),
          ...memoryObservations(second, storedLater),
          ...pageObservations(storedLater, page, search, secretWord),
        ]
      : [unanswered]),
  ].map((observation) => ({ ...observation, group: 'Turns in the chatroom' }));
}

const unanswered: Observation = {
  row: 'A5',
  name: 'what is stored of a turn',
  expected: 'prompt and answer',
  seen: 'not both turns were answered',
  holds: undefined,
};

function memoryObservations(second: Exchange, stored: Exchange): Observation[] {
  const [choice] = objectsIn(parse(second.text), 'choices');
  const answer = contentText(objectIn(choice, 'message')['content']);
  const knows = answer.toLowerCase().includes(secretWord);
  const texts = textsOf(stored);
  const kept = carried.filter((text) => texts.includes(text)).length;
  return [
    {
      row: 'B2',
      name: 'the server keeps the history',
      expected: 'the second turn knows the first',
      seen: knows ? 'it knows' : `it does not: ${answer.slice(0, 100)}`,
      holds: knows ? true : answer === '' ? undefined : false,
    },
    {
      row: 'B2',
      name: 'messages carried along with a turn',
      expected: 'all stored, or none',
      seen: ['not stored', 'stored in part', 'stored'][kept] ?? '',
      holds: kept !== 1 && texts.includes(secondPrompt),
      open: true,
    },
  ];
}
