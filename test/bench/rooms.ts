import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChatroomOperations } from '../../src/api/endpoint.ts';
import type { ChatCompletionChunk } from '../../src/api/wire.ts';
import { boundedMap } from '../../src/chat/boundedMap.ts';
import { createLocalChatrooms } from '../../src/chat/localChatrooms.ts';
import { readOpenedRoom } from '../../src/chat/openedRoom.ts';
import { type BenchRow, measure } from './measure.ts';
import { createNodeFileStore } from './nodeFileStore.ts';

const roomCount = 10_000;
const turnCount = 5_000;
const answer = `${'An answer of some length, with words as in any other. '.repeat(20)}\n`;

async function* reply(): AsyncGenerator<ChatCompletionChunk> {
  yield { model: 'bench', choices: [{ index: 0, delta: { content: answer }, finish_reason: 'stop' }] };
}

/** A window that has just been opened: nothing is in its memory. */
function openWindow(root: string): ChatroomOperations {
  const files = createNodeFileStore(root);
  return createLocalChatrooms({ files, streamChatCompletion: reply, connection: 'bench', writer: 'bench' });
}

async function ask(rooms: ChatroomOperations, id: string, content: string): Promise<void> {
  for await (const _ of rooms.streamChatCompletion(id, { messages: [{ role: 'user', content }] }));
}

/** Makes the rooms as a person does, turn by turn. */
async function fill(root: string): Promise<string> {
  const rooms = openWindow(root);
  const numbers = Array.from({ length: roomCount }, (_, i) => i);
  await boundedMap(numbers, 16, async (number) => {
    const { id } = await rooms.create({ name: `Room ${number}`, metadata: { workspace: 'bench' } });
    await ask(rooms, id, `What is ${number} in words?`);
  });
  const { id } = await rooms.create({ name: 'The long one' });
  for (let turn = 0; turn < turnCount; turn += 1) await ask(rooms, id, `Question ${turn}`);
  return id;
}

/** Local chatrooms on this machine's disk: 10,000 of them, and one of 5,000 turns. */
export async function benchRooms(): Promise<BenchRow[]> {
  const root = await mkdtemp(join(tmpdir(), 'tachyon-bench-'));
  try {
    const long = await fill(root);
    return await measureAll(root, long);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function measureAll(root: string, long: string): Promise<BenchRow[]> {
  const [connection = ''] = await readdir(join(root, '~rooms'));
  const folder = join(root, '~rooms', connection);
  const readFolder = async (name: string) => {
    const path = join(folder, name);
    for (const file of await readdir(path)) await readFile(join(path, file));
  };
  const page = async () => {
    const ids = (await readdir(folder)).filter((name) => name.startsWith('local_'));
    for (const id of ids.slice(0, 20)) await readFolder(id);
  };
  const names = async () => {
    for (const id of (await readdir(folder)).filter((name) => name.startsWith('local_'))) {
      const [head = ''] = (await readdir(join(folder, id))).filter((name) => name.startsWith('room.'));
      await readFile(join(folder, id, head));
    }
  };
  const everything = async () => {
    for (const id of (await readdir(folder)).filter((name) => name.startsWith('local_')))
      await readFolder(id);
  };
  const warm = openWindow(root);
  return [
    await measure({
      name: 'list 20 of 10,000 rooms',
      runs: 5,
      work: () => openWindow(root).list({}),
      floor: page,
    }),
    await measure({
      name: 'list rooms 9,900 to 9,999',
      runs: 5,
      work: () => openWindow(root).list({ limit: 100, offset: 9_900 }),
      floor: page,
    }),
    await measure({
      name: 'find the oldest room by its name',
      runs: 3,
      work: () => openWindow(root).list({ limit: 1, search: 'room 0' }),
      floor: names,
    }),
    await measure({
      name: 'search all texts for what is nowhere',
      runs: 1,
      work: () => warm.list({ search: 'nowhere at all' }),
      floor: everything,
    }),
    await measure({
      name: 'open the room of 5,000 turns',
      runs: 5,
      work: () => readOpenedRoom(openWindow(root), long),
      floor: () => readFolder(long),
    }),
    await measure({
      name: 'ask in the room of 5,000 turns',
      runs: 5,
      work: () => ask(openWindow(root), long, 'And now?'),
      floor: () => readFolder(long),
    }),
    await measure({
      name: 'list its first page',
      runs: 5,
      work: () => openWindow(root).listMessages(long, { limit: 100 }),
      floor: () => readFolder(long),
    }),
  ];
}
