import * as fc from 'fast-check';
import type { ArchiveRoom } from '../../../../src/chat/chatArchive.ts';
import type { FileStore } from '../../../../src/chat/journal.ts';
import { createLocalArchive, type LocalArchive } from '../../../../src/chat/localArchive.ts';

/** The archive of one window. */
export function openArchive(files: FileStore, connection = 'ollama'): LocalArchive {
  return createLocalArchive({ files, connection, kind: 'openai-compatible', writer: 'w' });
}

/** Every room of a connection. */
export async function readAll(archive: LocalArchive): Promise<ArchiveRoom[]> {
  const rooms = await Promise.all((await archive.ids()).map((id) => archive.read(id)));
  return rooms.filter((room) => room !== undefined);
}

/** A room with as little in it as can be. */
export function archiveRoom(more: Partial<ArchiveRoom> = {}): ArchiveRoom {
  return {
    id: `local_${'a'.repeat(32)}`,
    name: 'Room',
    kind: 'openai',
    created_at: '2026-01-02T03:04:05.000Z',
    updated_at: '2026-01-02T03:04:06.000Z',
    metadata: {},
    messages: [],
    ...more,
  };
}

/** One message of a room. */
export function archiveMessage(
  role: 'user' | 'assistant',
  content: string,
  id: string = crypto.randomUUID(),
) {
  return { id, created_at: '2026-01-02T03:04:05.500Z', message: { role, content } } as const;
}

const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const time = fc
  .date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2026-06-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const userContent = fc.oneof(
  text,
  fc.array(
    fc.oneof(
      fc.record({ type: fc.constant('text' as const), text }),
      fc.record({ type: fc.constant('image_url' as const), image_url: fc.record({ url: text }) }),
    ),
    { maxLength: 3 },
  ),
);
const message = fc.oneof(
  fc.record({ role: fc.constant('user' as const), content: userContent }),
  fc.record({ role: fc.constant('assistant' as const), content: text }),
  fc.record({ role: fc.constant('system' as const), content: text }),
  fc.record({ role: fc.constant('tool' as const), tool_call_id: text, content: text }),
);

/** Rooms as a connection may hold them: of this machine and of servers, with whatever a text can be. */
export const generatedRooms: fc.Arbitrary<ArchiveRoom[]> = fc.uniqueArray(
  fc.record({
    id: fc.oneof(
      fc.uuid().map((id) => `local_${id.replaceAll('-', '')}`),
      fc.string({ minLength: 1, maxLength: 30 }).map((id) => `ch_${id}`),
    ),
    name: text,
    kind: fc.constantFrom('openai', 'tachyon', 'atoma', 'openai-compatible'),
    created_at: time,
    updated_at: time,
    metadata: fc.dictionary(text, fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 }),
    messages: fc.uniqueArray(
      fc.record(
        {
          id: fc.string({ minLength: 1, maxLength: 20 }),
          created_at: time,
          user_id: text,
          model: text,
          isPartial: fc.constant(true),
          message,
        },
        { requiredKeys: ['id', 'created_at', 'message'] },
      ),
      { selector: ({ id }) => id, maxLength: 8 },
    ),
  }),
  { selector: ({ id }) => id, minLength: 200, maxLength: 200 },
);
