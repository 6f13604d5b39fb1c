// A room is a folder of write-once files, `<kind>.<time>.<author>.<number>.json`:
//   room   its name and metadata; the newest that parses counts
//   gone   the room was removed, whatever another window still writes into it
//   asked  the new messages of a turn
//   part   a piece of a turn's reply, while it grows
//   reply  the whole reply; it replaces the parts
//   pack   the messages of many older turns; it replaces their files
//   past   messages of an imported room, older than all turns
// Beside the rooms stands a mark for each, `<kind>.<time>.<author>.<room>.json`, so that they are listed in order
// without looking into every folder:
//   at     when the room changed; the newest counts
//   gone   it was removed
const kinds = ['room', 'gone', 'asked', 'part', 'reply', 'pack', 'past'] as const;

/** The kind of a room's file. */
export type FileKind = (typeof kinds)[number];

/** Time and author, as they stand in a file's name: they sort by time, then author. All files of a turn share one. */
export type Stamp = `${string}.${string}`;

/** A file of a room; `time` in milliseconds since 1970. */
export interface RoomFile {
  readonly name: string;
  readonly kind: FileKind;
  readonly stamp: Stamp;
  readonly time: number;
  readonly number: number;
}

/** Says when a room changed, or that it was removed. */
export interface RoomMark {
  readonly name: string;
  readonly isGone: boolean;
  readonly stamp: Stamp;
  readonly room: string;
}

/** Whether an id is of the form that local rooms have; any other never becomes a path. */
export function isLocalRoomId(id: string): boolean {
  return /^local_[0-9a-f]{32}$/.test(id);
}

/** A new id. */
export function newLocalRoomId(): string {
  return `local_${crypto.randomUUID().replaceAll('-', '')}`;
}

/** The stamp of an author at a time in milliseconds since 1970. */
export function stampAt(time: number, author: string): Stamp {
  return `${String(time).padStart(15, '0')}.${author}`;
}

/** Milliseconds since 1970. */
export function timeOf(stamp: Stamp): number {
  return Number(stamp.slice(0, stamp.indexOf('.')));
}

/** Gives every stamp a later time than the ones before, and than `after`; `now` and `after` in milliseconds since 1970. */
export function createStamps(writer: string, now: () => number): (after: number) => Stamp {
  // A window may open the rooms of a connection more than once.
  const author = `${writer}-${crypto.randomUUID().slice(0, 8)}`;
  let last = 0;
  return (after) => {
    last = Math.max(now(), last + 1, after + 1);
    return stampAt(last, author);
  };
}

/** The name of a room's file; `number` keeps files of one kind and stamp apart. */
export function fileName(kind: FileKind, stamp: Stamp, number: number): string {
  return `${kind}.${stamp}.${number}.json`;
}

/** The name of a room's mark. */
export function markName(kind: 'at' | 'gone', stamp: Stamp, room: string): string {
  return `${kind}.${stamp}.${room}.json`;
}

/** Reads a room's file name; undefined for any other. */
export function parseFileName(name: string): RoomFile | undefined {
  const [, word, time = '', author = '', number] =
    /^([a-z]+)\.(\d{15})\.([^.]+)\.(\d+)\.json$/.exec(name) ?? [];
  const kind = kinds.find((known) => known === word);
  return kind && { name, kind, stamp: `${time}.${author}`, time: Number(time), number: Number(number) };
}

/** Reads a mark's name; undefined for any other. */
export function parseMarkName(name: string): RoomMark | undefined {
  const [, word, time = '', author = '', room = ''] =
    /^(at|gone)\.(\d{15})\.([^.]+)\.(local_[0-9a-f]{32})\.json$/.exec(name) ?? [];
  return word === undefined ? undefined : { name, isGone: word === 'gone', stamp: `${time}.${author}`, room };
}
