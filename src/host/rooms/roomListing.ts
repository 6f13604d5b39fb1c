import type { Connection, RequestOptions } from '../../api/connection.ts';
import type { ListQuery } from '../../api/endpoint.ts';
import type { ChatRoom } from '../../api/wire.ts';
import type { RoomChoice } from '../../chat/roomChoices.ts';
import { pageSize, type RoomSource } from './roomSources.ts';

/** What is listed so far. */
export interface ListedRooms {
  readonly choices: readonly RoomChoice[];
  /** Some source may have more. */
  readonly hasMore: boolean;
  /** Some source has not answered yet. */
  readonly isWaiting: boolean;
  /** The first thing that went wrong, with its connection. */
  readonly failure?: Failure;
}

interface Failure {
  readonly connection: Connection;
  readonly error: unknown;
}

/** Somebody waits for this list. Times in milliseconds. */
const quick: RequestOptions = {
  retry: { strategy: 'none' },
  timeouts: { headers: 10_000, silence: 10_000 },
};

/** The chatrooms of several sources, page by page; each is told as it comes, so that a slow server holds up no other. */
export class RoomListing {
  readonly #rooms: ReadonlyMap<RoomSource, RoomChoice[]>;
  readonly #waiting: Set<RoomSource>;
  readonly #rest = new Set<RoomSource>();
  #failure: Failure | undefined;

  constructor(sources: readonly RoomSource[]) {
    this.#rooms = new Map(sources.map((source) => [source, []]));
    this.#waiting = new Set(sources);
  }

  get listed(): ListedRooms {
    return {
      choices: [...this.#rooms.values()].flat(),
      hasMore: this.#rest.size > 0,
      isWaiting: this.#waiting.size > 0,
      ...(this.#failure && { failure: this.#failure }),
    };
  }

  /**
   * The first page of the sources that have not answered, else the next one of those that may have more. Calls `tell`
   * after each. Rejects only with an `AbortError`; what had come by then stays.
   */
  async load(signal: AbortSignal, tell: () => void): Promise<void> {
    const asked = [...(this.#waiting.size > 0 ? this.#waiting : this.#rest)];
    await askAll(
      asked,
      // As many as are listed: those that were deleted meanwhile count no more.
      (source) => ({ limit: pageSize, offset: this.#roomsOf(source).length }),
      signal,
      (source, found) => {
        this.#waiting.delete(source);
        this.#rest.delete(source);
        if ('error' in found) this.#failure ??= { connection: source.connection, error: found.error };
        else this.#add(source, found.rooms);
        tell();
      },
    );
  }

  /** Puts others in the place of a room; none: it is gone. */
  change(source: RoomSource, id: string, changed: (choice: RoomChoice) => readonly RoomChoice[]): void {
    const rooms = this.#roomsOf(source);
    const others = rooms.flatMap((choice) => (choice.room.id === id ? changed(choice) : choice));
    rooms.splice(0, rooms.length, ...others);
  }

  #add(source: RoomSource, found: readonly ChatRoom[]): void {
    const rooms = this.#roomsOf(source);
    const known = new Set(rooms.map(({ room }) => room.id));
    const fresh = found.filter(({ id }) => !known.has(id));
    rooms.push(...fresh.map((room) => choiceOf(source, room)));
    // A server that ignores `offset` gives the same page for ever.
    if (found.length >= pageSize && fresh.length > 0) this.#rest.add(source);
  }

  #roomsOf(source: RoomSource): RoomChoice[] {
    return this.#rooms.get(source) ?? [];
  }
}

/** One page of what is found in every source. Calls `tell` after each with all so far. Rejects only with an `AbortError`. */
export async function searchRooms(
  sources: readonly RoomSource[],
  search: string,
  signal: AbortSignal,
  tell: (found: ListedRooms) => void,
): Promise<void> {
  const bySource = new Map<RoomSource, readonly RoomChoice[]>();
  let failure: Failure | undefined;
  await askAll(
    sources,
    () => ({ limit: pageSize, offset: 0, search }),
    signal,
    (source, found) => {
      if ('error' in found) failure ??= { connection: source.connection, error: found.error };
      bySource.set(source, 'error' in found ? [] : found.rooms.map((room) => choiceOf(source, room)));
      tell({
        choices: sources.flatMap((asked) => bySource.get(asked) ?? []),
        hasMore: false,
        isWaiting: bySource.size < sources.length,
        ...(failure && { failure }),
      });
    },
  );
}

type Found = { readonly rooms: readonly ChatRoom[] } | { readonly error: unknown };

async function askAll(
  sources: readonly RoomSource[],
  queryOf: (source: RoomSource) => ListQuery,
  signal: AbortSignal,
  tell: (source: RoomSource, found: Found) => void,
): Promise<void> {
  await Promise.all(
    sources.map(async (source) => {
      const found = await source.chatrooms.list(queryOf(source), { ...quick, signal }).then(
        (rooms): Found => ({ rooms }),
        (error: unknown): Found => ({ error }),
      );
      if (!signal.aborted) tell(source, found);
    }),
  );
  signal.throwIfAborted();
}

function choiceOf({ connection, isLocal }: RoomSource, room: ChatRoom): RoomChoice {
  return { connection: connection.name, room, isLocal };
}
