import { randomBytes } from 'node:crypto';
import * as chatrooms from '../../src/api/chatrooms.ts';
import { textOf } from '../../src/api/json.ts';
import { safe } from '../../src/api/safe.ts';
import { answerOf, fieldObservations, type Observation, refused, unanswered } from './observation.ts';
import { fieldOf, objectIn, objectsIn, parse } from './rawStream.ts';
import { type Exchange, NoReply } from './recorder.ts';
import { describeFailure } from './replyReading.ts';
import { turnObservations } from './roomTurns.ts';
import type { Probe, Session } from './session.ts';
import { compareShape, joinComparisons } from './shape.ts';

const row = 'A5';
const path = '/v1/llms/chatrooms';

const room = {
  id: 'string',
  name: 'string',
  operator_id: 'string',
  owner_id: 'string',
  metadata: 'object',
  created_at: 'string',
  updated_at: 'string',
};
const paginator = {
  current_page: 'number',
  items_per_page: 'number',
  total_items: 'number',
  total_pages: 'number',
};

/** The life of one chatroom. It is deleted at the end, whatever happens in between. */
export const chatroom: Probe = {
  group: 'Chatrooms',
  requests: 16,
  completions: 2,
  async run(session) {
    const name = `Tachyon conformance check ${randomBytes(6).toString('hex')}`;
    const observations: Observation[] = [];
    let id: string | undefined;
    try {
      const created = await session.send({ path, body: { name, metadata: { client: 'conformance' } } });
      id = textOf(objectIn(parse(created.text), 'chatroom')['id']);
      observations.push(...(await roomObservations(session, created, 'a new chatroom', name)));
      if (id !== undefined) {
        observations.push(...(await lifeObservations(session, id, name)));
        observations.push(...(await turnObservations(session, `${path}/${encodeURIComponent(id)}`, id)));
      }
    } catch (error) {
      if (!(error instanceof NoReply)) {
        throw error;
      }
      observations.push(unanswered(error));
    } finally {
      // Also after an interruption, and if the answer that told the id was what got lost.
      observations.push(...(await deletion(session.withoutSignal(), name, id)));
    }
    return observations;
  },
};

async function roomObservations(
  session: Session,
  reply: Exchange,
  subject: string,
  name: string,
): Promise<Observation[]> {
  if (reply.status !== 200) {
    return [refused(reply, { row, name: subject })];
  }
  const body = parse(reply.text);
  const entry = objectIn(body, 'chatroom');
  const comparison = joinComparisons([
    compareShape([body], { chatroom: 'object' }, 'reply'),
    compareShape([entry], room, 'chatroom'),
  ]);
  const read = await safe(chatrooms.rename(session.connection, 'ch_', name, session.reread(reply)));
  return [
    {
      row,
      name: subject,
      expected: 'status 200, the name as sent, an id that begins with ch_',
      seen: `status 200, ${String(entry['id'])}, ${String(entry['name'])}`,
      holds: entry['name'] === name && String(entry['id']).startsWith('ch_'),
    },
    ...fieldObservations(row, subject, comparison, false),
    {
      row: 'G',
      name: `our client reads ${subject}`,
      expected: 'the same id and name',
      seen: read.ok ? `${read.value.id}, ${read.value.name}` : describeFailure(read.error),
      holds: read.ok && read.value.id === entry['id'] && read.value.name === entry['name'],
    },
  ];
}

async function lifeObservations(session: Session, id: string, name: string): Promise<Observation[]> {
  const newName = `${name} renamed`;
  const ofRoom = `${path}/${encodeURIComponent(id)}`;
  const patch = (changed: string): Promise<Exchange> =>
    session.send({ method: 'PATCH', path: ofRoom, body: { name: changed } });
  const renamed = await patch(newName);
  const tooLong = await patch('x'.repeat(101));
  const found = await session.send({
    path: `${path}?limit=5&offset=0&search=${encodeURIComponent(newName)}`,
  });
  const all = await session.send({ path });
  const rooms = objectsIn(parse(found.text), 'chatrooms');
  const others = rooms.filter((entry) => entry['id'] !== id).length;
  return [
    ...(await roomObservations(session, renamed, 'a renamed chatroom', newName)),
    {
      row,
      name: 'a name of 101 characters',
      expected: 'refused with 400 or 422',
      seen: answerOf(tooLong),
      holds: tooLong.status === 400 || tooLong.status === 422,
    },
    found.status === 200
      ? {
          row,
          name: 'search in the list of chatrooms',
          expected: 'the one chatroom of that name',
          seen: rooms.length === others ? 'not found' : `found, with ${others} others`,
          holds: rooms.length === 1 && others === 0,
        }
      : refused(found, { row, name: 'search in the list of chatrooms' }),
    ...(await listObservations(session, all, id)),
  ];
}

async function listObservations(session: Session, reply: Exchange, id: string): Promise<Observation[]> {
  const name = 'the list of chatrooms';
  if (reply.status !== 200) {
    return [refused(reply, { row, name })];
  }
  const body = parse(reply.text);
  const rooms = objectsIn(body, 'chatrooms');
  const comparison = joinComparisons([
    compareShape([body], { chatrooms: 'array', paginator: 'object' }, 'reply'),
    compareShape(rooms, room, 'chatroom'),
    compareShape([objectIn(body, 'paginator')], paginator, 'paginator'),
  ]);
  const size = fieldOf(objectIn(body, 'paginator'), 'items_per_page');
  const read = await safe(chatrooms.list(session.connection, {}, session.reread(reply)));
  return [
    {
      row,
      name,
      expected: 'pages of 20 if nothing else is asked for',
      seen: `${rooms.length} chatrooms, pages of ${String(size)}`,
      holds: size === 20 && rooms.length <= 20,
    },
    ...fieldObservations(row, name, comparison, false),
    {
      row,
      name: 'order of the chatrooms',
      expected: 'the last changed one first or last',
      seen: rooms[0]?.['id'] === id ? 'last changed first' : 'another one first',
      holds: rooms[0]?.['id'] === id || rooms.at(-1)?.['id'] === id || rooms.length === 20,
      open: true,
    },
    {
      row: 'G',
      name: `our client reads ${name}`,
      expected: `${rooms.length} chatrooms`,
      seen: read.ok ? `${read.value.length} chatrooms` : describeFailure(read.error),
      holds: read.ok && read.value.length === rooms.length,
    },
  ];
}

/** Deletes the chatroom, also one whose id is not known, and says so if that failed. */
async function deletion(session: Session, name: string, known: string | undefined): Promise<Observation[]> {
  const observation = { row, name: 'a deleted chatroom', expected: 'status 204, then 404' };
  const byHand = `the chatroom "${name}" may still be there: delete it by hand`;
  try {
    const id = known ?? (await findByName(session, name));
    if (id === undefined) {
      return [];
    }
    const ofRoom = `${path}/${encodeURIComponent(id)}`;
    const deleted = await session.send({ method: 'DELETE', path: ofRoom });
    const after = await session.send({ path: `${ofRoom}/messages?limit=1&offset=0&search=` });
    const seen = `status ${deleted.status}, then ${after.status}`;
    const isGone = after.status === 404 || after.status === 400;
    return [
      {
        ...observation,
        seen: isGone ? seen : `${seen}; ${byHand}`,
        holds: deleted.status === 204 && after.status === 404,
      },
    ];
  } catch (error) {
    return [{ ...observation, seen: `${describeFailure(error)}; ${byHand}`, holds: false }];
  }
}

async function findByName(session: Session, name: string): Promise<string | undefined> {
  const list = await session.send({ path: `${path}?limit=5&offset=0&search=${encodeURIComponent(name)}` });
  const rooms = objectsIn(parse(list.text), 'chatrooms');
  return textOf(rooms.find((entry) => String(entry['name']).startsWith(name))?.['id']);
}
