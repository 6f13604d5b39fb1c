import assert from 'node:assert/strict';
import type { ListQuery } from '../../../src/api/endpoint.ts';
import type { RequestOptions } from '../../../src/api/connection.ts';
import type { ChatRoom } from '../../../src/api/wire.ts';
import { RoomListing, searchRooms } from '../../../src/host/rooms/roomListing.ts';
import { allRooms, type RoomSource } from '../../../src/host/rooms/roomSources.ts';
import { createMemoryEndpoint } from '../chat/support/memoryChatrooms.ts';

const { signal } = new AbortController();

type List = (query: ListQuery, options?: RequestOptions) => Promise<ChatRoom[]>;

function source(name: string, list: List): RoomSource {
  const { chatrooms } = createMemoryEndpoint();
  const connection = { name, kind: 'tachyon', url: 'http://127.0.0.1' } as const;
  return { connection, isLocal: false, chatrooms: { ...chatrooms, list } };
}

function rooms(count: number): ChatRoom[] {
  return Array.from({ length: count }, (_, i) => ({ id: `r${i}`, name: `r${i}`, metadata: {} }));
}

function pages(all: ChatRoom[]): List {
  return async ({ limit = 20, offset = 0 }) => all.slice(offset, offset + limit);
}

const ids = (choices: readonly { readonly room: ChatRoom }[]) => choices.map(({ room }) => room.id);

describe('the list of chatrooms of several connections', () => {
  it('tells each as it comes, whatever the others do, and asks none twice', async () => {
    const slow = Promise.withResolvers<ChatRoom[]>();
    const asked: (RequestOptions | undefined)[] = [];
    const listing = new RoomListing([
      source('slow', (_, options) => {
        asked.push(options);
        return slow.promise;
      }),
      source('broken', async () => Promise.reject(new Error('broken'))),
      source('here', async () => rooms(2)),
    ]);
    const told: unknown[] = [];
    const first = Promise.withResolvers<void>();
    const loading = listing.load(signal, () => {
      const { choices, isWaiting, failure } = listing.listed;
      told.push([ids(choices), isWaiting, failure?.connection.name]);
      if (told.length === 2) first.resolve();
    });
    await first.promise;
    slow.resolve([{ id: 's', name: 's', metadata: {} }]);
    await loading;
    assert.deepEqual(told.at(1), [['r0', 'r1'], true, 'broken']);
    assert.deepEqual(told.at(2), [['s', 'r0', 'r1'], false, 'broken']);
    assert.deepEqual(asked[0]?.retry, { strategy: 'none' });
    assert.deepEqual(asked[0]?.timeouts, { headers: 10_000, silence: 10_000 });
  });

  it('begins again where it was stopped before anything came', async () => {
    const listing = new RoomListing([source('one', async () => rooms(1))]);
    const stopped = new AbortController();
    const loading = listing.load(stopped.signal, () => assert.fail('it was stopped'));
    stopped.abort();
    await assert.rejects(loading, { name: 'AbortError' });
    assert.deepEqual([listing.listed.isWaiting, ids(listing.listed.choices)], [true, []]);
    await listing.load(signal, () => undefined);
    assert.deepEqual([listing.listed.isWaiting, ids(listing.listed.choices)], [false, ['r0']]);
  });

  it('leaves out no room although others are deleted between two pages', async () => {
    const server = rooms(230);
    const one = source('one', pages(server));
    const listing = new RoomListing([one, source('same page', async () => rooms(100))]);
    await listing.load(signal, () => undefined);
    assert.deepEqual([listing.listed.choices.length, listing.listed.hasMore], [200, true]);
    for (const id of ['r3', 'r4']) {
      server.splice(
        server.findIndex((room) => room.id === id),
        1,
      );
      listing.change(one, id, () => []);
    }
    listing.change(one, 'r5', (choice) => [{ ...choice, room: { ...choice.room, name: 'renamed' } }]);
    await listing.load(signal, () => undefined);
    await listing.load(signal, () => undefined);
    const own = listing.listed.choices.filter(({ connection }) => connection === 'one');
    assert.deepEqual(ids(own), ids(server.map((room) => ({ room }))));
    assert.equal(own[3]?.room.name, 'renamed');
    assert.deepEqual([listing.listed.choices.length, listing.listed.hasMore], [328, false]);
  });

  it('searches all of them', async () => {
    const queries: ListQuery[] = [];
    const list: List = async (query) => {
      queries.push(query);
      return rooms(1);
    };
    const told: unknown[] = [];
    const broken = source('broken', async () => Promise.reject(new Error('broken')));
    await searchRooms([source('one', list), broken, source('two', list)], 'text', signal, (found) =>
      told.push([found.choices.length, found.isWaiting, found.failure?.connection.name]),
    );
    assert.equal(told.length, 3);
    assert.deepEqual(told.at(-1), [2, false, 'broken']);
    const query = { limit: 100, offset: 0, search: 'text' };
    assert.deepEqual(queries, [query, query]);
  });
});

describe('all chatrooms, for an export', () => {
  it('go on after a connection that cannot be listed, which is told', async () => {
    const error = new Error('broken');
    const half: List = async ({ offset = 0 }) => {
      if (offset > 0) throw error;
      return rooms(100);
    };
    const found: unknown[] = [];
    const sources = [source('half', half), source('one', pages(rooms(25)))];
    for await (const each of allRooms(sources, signal))
      found.push('error' in each ? each.error : each.choice.connection);
    assert.deepEqual(found, [...Array(100).fill('half'), error, ...Array(25).fill('one')]);
  });

  it('end with their signal', async () => {
    const stopped = new AbortController();
    const list: List = async () => {
      stopped.abort();
      stopped.signal.throwIfAborted();
      return [];
    };
    const reading = allRooms([source('one', list), source('two', list)], stopped.signal);
    await assert.rejects(reading.next(), { name: 'AbortError' });
  });
});
