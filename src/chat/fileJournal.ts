import { type FileStore, type Journal, moved, oldestFirst, patched } from './journal.ts';
import { parseIndexEntry, parseTurnRecord, safeName } from './journalFiles.ts';
import { writeJson } from './jsonFile.ts';
import { keepLatest } from './keepLatest.ts';
import { createReplyFiles } from './replyFiles.ts';
import type { TurnRecord } from './turns.ts';

/** Turns whose room does not exist yet. No room's folder begins with `~` and a letter beyond f. */
const pending = '~pending';
/** One empty folder entry per prompt and turn, so that a prompt is found without reading every room. */
const prompts = '~prompts';
/** A host that was killed leaves turns that wait for a room. 30 days later nobody comes back to them, in milliseconds. */
const longestPending = 30 * 24 * 60 * 60 * 1000;
/** The rooms whose turns stay in memory: a window that is open for weeks sees many. */
const mostFolders = 8;

/**
 * A journal of write-once files: `<room>/<turn>.<sequence>.<writer>.json`, the highest valid sequence counts.
 * `writer` must be unique for each running host, so that no file has two writers.
 */
export function createFileJournal(files: FileStore, writer: string): Journal {
  // Files never change once written, so what was read once stays right. By folder: a room is read whole or not at all.
  const parsed = new Map<string, Map<string, TurnRecord | undefined>>();
  const queues = new Map<string, Promise<void>>();
  const replies = createReplyFiles(files, writer);

  /** What is known of the files beside this one, by path. */
  function parsedBeside(path: string): Map<string, TurnRecord | undefined> {
    const directory = path.slice(0, path.lastIndexOf('/'));
    const known = parsed.get(directory) ?? new Map<string, TurnRecord | undefined>();
    parsed.delete(directory);
    parsed.set(directory, known);
    keepLatest(parsed, mostFolders);
    return known;
  }

  async function versions(directory: string): Promise<Map<string, Version[]>> {
    const turns = new Map<string, Version[]>();
    for (const name of await files.list(directory)) {
      const found = /^([^.]+)\.(\d+)\.([^.]+)\.json$/.exec(name);
      if (!found) continue;
      const [, turn = '', sequence = '', by = ''] = found;
      const version = { path: `${directory}/${name}`, sequence: Number(sequence), writer: by };
      turns.set(turn, [...(turns.get(turn) ?? []), version]);
    }
    for (const list of turns.values())
      list.sort((a, b) => b.sequence - a.sequence || (a.writer < b.writer ? 1 : -1));
    return turns;
  }

  async function newest(list: readonly Version[]): Promise<TurnRecord | undefined> {
    for (const { path } of list) {
      const known = parsedBeside(path);
      const record = known.has(path) ? known.get(path) : await readRecord(path);
      if (record) return record;
    }
    return undefined;
  }

  async function readRecord(path: string): Promise<TurnRecord | undefined> {
    const bytes = await files.read(path);
    // Missing: removed by another window meanwhile, which is not a property of the file.
    if (bytes === undefined) return undefined;
    const record = parseTurnRecord(bytes);
    parsedBeside(path).set(path, record);
    return record;
  }

  async function directoryRecords(directory: string): Promise<TurnRecord[]> {
    const lists = [...(await versions(directory)).values()];
    const found = await Promise.all(lists.map(newest));
    if (found.includes(undefined)) {
      // A newer version may have replaced the ones just listed; torn files stay undefined.
      const again = await Promise.all([...(await versions(directory)).values()].map(newest));
      return oldestFirst(again.filter((record) => record !== undefined));
    }
    return oldestFirst(found.filter((record) => record !== undefined));
  }

  async function write(directory: string, record: TurnRecord, older: readonly Version[]): Promise<void> {
    const sequence = (older[0]?.sequence ?? -1) + 1;
    const path = `${directory}/${await safeName(record.turn)}.${sequence}.${writer}.json`;
    await files.writeNew(path, writeJson(record));
    parsedBeside(path).set(path, record);
    // None stays: the one before may hold a prompt that the server has by now.
    await removeAll(older);
  }

  async function removeAll(list: readonly Version[]): Promise<void> {
    await Promise.allSettled(list.map(({ path }) => files.remove(path)));
    for (const { path } of list) parsedBeside(path).delete(path);
  }

  async function indexPrompt(record: TurnRecord, room: string): Promise<void> {
    const path = `${indexOf(record.promptHash)}/${await safeName(record.turn)}.${crypto.randomUUID()}.json`;
    await files.writeNew(path, writeJson({ room }));
  }

  /** One write after the other per turn: each builds on the version before. */
  function inTurn(turn: string, work: () => Promise<void>): Promise<void> {
    const done = (queues.get(turn) ?? Promise.resolve()).catch(() => undefined).then(work);
    queues.set(turn, done);
    const forget = () => {
      if (queues.get(turn) === done) queues.delete(turn);
    };
    done.then(forget, forget);
    return done;
  }

  async function current(turn: string, room: string | undefined) {
    const directory = await directoryOf(room);
    const older = (await versions(directory)).get(await safeName(turn)) ?? [];
    return { directory, older, record: await newest(older) };
  }

  function discard(turn: string): Promise<void> {
    return inTurn(turn, async () => removeAll((await current(turn, undefined)).older));
  }

  async function pendingRecords(): Promise<TurnRecord[]> {
    const records = await directoryRecords(pending);
    await Promise.allSettled(records.filter(isOrphaned).map(({ turn }) => discard(turn)));
    return records.filter((record) => !isOrphaned(record));
  }

  return {
    begin: (record) =>
      inTurn(record.turn, async () => {
        const directory = await directoryOf(record.room);
        await write(directory, record, []);
        if (record.room !== undefined) await indexPrompt(record, record.room);
      }),
    bind: (turn, from, room) =>
      inTurn(turn, async () => {
        const { older, record } = await current(turn, from);
        if (!record) return;
        const bound = moved(record, room);
        // In this order a host that is killed leaves at least one that is found.
        await indexPrompt(bound, room);
        await write(await directoryOf(room), bound, []);
        await removeAll(older);
      }),
    update: (turn, room, patch) =>
      inTurn(turn, async () => {
        // First: a host that is killed in between leaves a turn that is looked up, and no text that nobody looks for.
        if (patch.outcome === 'answered') await replies.remove(turn).catch(() => undefined);
        const { directory, older, record } = await current(turn, room);
        if (record) await write(directory, patched(record, patch), older);
        // It was forgotten while its reply came.
        else if (patch.outcome !== undefined) await replies.remove(turn);
      }),
    discard,
    addReply: (turn, piece) => replies.add(turn, piece),
    replies: (turns) => replies.read(turns),
    records: async (room) => directoryRecords(await directoryOf(room)),
    forget: async (room) => {
      const directory = await directoryOf(room);
      for (const { turn, promptHash } of await directoryRecords(directory)) {
        await replies.remove(turn);
        const prompt = indexOf(promptHash);
        const name = await safeName(turn);
        const entries = (await files.list(prompt)).filter((entry) => entry.startsWith(`${name}.`));
        await Promise.all(entries.map((entry) => files.remove(`${prompt}/${entry}`)));
      }
      await removeAll([...(await versions(directory)).values()].flat());
    },
    find: async (promptHash, conversation) => {
      const directory = indexOf(promptHash);
      const entries = await Promise.all(
        (await files.list(directory)).map((name) => files.read(`${directory}/${name}`)),
      );
      const rooms = new Set(entries.flatMap((bytes) => (bytes && parseIndexEntry(bytes)) ?? []));
      const lists = [
        pendingRecords(),
        ...[...rooms].map(async (room) => directoryRecords(await directoryOf(room))),
      ];
      const [waiting = [], ...bound] = await Promise.all(lists);
      const known = new Set(bound.flat().map(({ turn }) => turn));
      // A host that was killed on the way into the room leaves the turn in both.
      const all = [...waiting.filter(({ turn }) => !known.has(turn)), ...bound.flat()];
      return oldestFirst(
        all.filter(
          (record) =>
            record.promptHash === promptHash &&
            (conversation === undefined || record.conversation === conversation),
        ),
      );
    },
  };
}

interface Version {
  readonly path: string;
  readonly sequence: number;
  readonly writer: string;
}

function isOrphaned({ askedAt }: TurnRecord): boolean {
  return Date.parse(askedAt) < Date.now() - longestPending;
}

function indexOf(promptHash: string): string {
  return `${prompts}/${promptHash.slice(0, 40)}`;
}

async function directoryOf(room: string | undefined): Promise<string> {
  return room === undefined ? pending : safeName(room);
}
