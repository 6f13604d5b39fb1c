import { isObject } from '../api/json.ts';
import type { SentRequest } from '../api/requestTap.ts';
import type { FileStore } from './journal.ts';
import { readJson, writeJson } from './jsonFile.ts';
import { cleanName } from './untrusted.ts';

/** A turn's request as it is kept. */
export interface KeptRequest {
  readonly turn: string;
  /** ISO 8601. */
  readonly sentAt: string;
  readonly connection: string;
  /** The beginning of the prompt, as one line. */
  readonly prompt: string;
  readonly request: SentRequest;
}

/** The last request of each turn, the newest turns only. */
export interface SentRequests {
  /** Keeps a request; the turn's earlier one goes. Never rejects. */
  keep(turn: string, about: Pick<KeptRequest, 'connection' | 'prompt'>, request: SentRequest): Promise<void>;
  /** The request of a turn; undefined if it is not kept. `turn` may come from a link and is untrusted. */
  find(turn: string): Promise<KeptRequest | undefined>;
  /** Removes the requests of these turns. */
  forget(turns: readonly string[]): Promise<void>;
  /** The turns whose requests are kept. */
  turns(): Promise<ReadonlySet<string>>;
  /** At most `max` requests, newest first. */
  newest(max: number): Promise<KeptRequest[]>;
}

/** How many turns are kept, and how many bytes: requests with pictures would fill a disk. */
interface SentLimits {
  readonly turns: number;
  readonly bytes: number;
}

const usualLimits: SentLimits = { turns: 200, bytes: 64 * 1024 * 1024 };
// No folder of a chatroom begins so.
const folder = '~sent';
const promptLength = 80;

/**
 * Keeps requests as write-once files `~sent/<milliseconds>.<turn>.<bytes>.json`: what to remove can be told from their
 * names. `onError` hears what could not be written.
 */
export function createSentRequests(
  files: FileStore,
  onError: (error: unknown) => void,
  limits: SentLimits = usualLimits,
): SentRequests {
  let lastStamp = 0;
  let writes = Promise.resolve();

  async function names(): Promise<FileName[]> {
    const found = (await files.list(folder)).flatMap((name) => parseName(name) ?? []);
    return found.toSorted((a, b) => b.stamp - a.stamp);
  }

  async function write(kept: KeptRequest, stamp: number): Promise<void> {
    const bytes = writeJson(kept);
    const name = `${String(stamp).padStart(13, '0')}.${kept.turn}.${bytes.length}.json`;
    await files.writeNew(`${folder}/${name}`, bytes);
    const removed = surplus(await names(), limits);
    await Promise.allSettled(removed.map((old) => files.remove(`${folder}/${old.name}`)));
  }

  async function read({ name }: FileName): Promise<KeptRequest | undefined> {
    const bytes = await files.read(`${folder}/${name}`);
    return bytes && parseKept(bytes);
  }

  return {
    keep: (turn, { connection, prompt }, request) => {
      // Two requests may go out within a millisecond.
      lastStamp = Math.max(Date.now(), lastStamp + 1);
      const stamp = lastStamp;
      const sentAt = new Date(stamp).toISOString();
      const kept = { turn, sentAt, connection, prompt: cleanName(prompt, promptLength), request };
      // One after the other, or a turn's earlier request could be written after its later one was looked for.
      writes = writes.then(() => write(kept, stamp)).catch(onError);
      return writes;
    },
    find: async (turn) => {
      await writes;
      const name = (await names()).find((candidate) => candidate.turn === turn);
      return name && read(name);
    },
    forget: async (turns) => {
      await writes;
      const forgotten = (await names()).filter(({ turn }) => turns.includes(turn));
      await Promise.all(forgotten.map(({ name }) => files.remove(`${folder}/${name}`)));
    },
    turns: async () => new Set((await names()).map(({ turn }) => turn)),
    newest: async (max) => {
      await writes;
      const found = await Promise.all((await names()).slice(0, max).map(read));
      return found.filter((kept) => kept !== undefined);
    },
  };
}

interface FileName {
  readonly name: string;
  readonly stamp: number;
  readonly turn: string;
  readonly bytes: number;
}

function parseName(name: string): FileName | undefined {
  const found = /^(\d{13,16})\.([0-9a-f-]{36})\.(\d{1,12})\.json$/.exec(name);
  if (!found) return undefined;
  const [, stamp, turn = '', bytes] = found;
  return { name, stamp: Number(stamp), turn, bytes: Number(bytes) };
}

/** What must go: earlier requests of a turn, and the oldest over a limit. The newest one always stays. */
function surplus(newestFirst: readonly FileName[], limits: SentLimits): FileName[] {
  const turns = new Set<string>();
  let total = 0;
  return newestFirst.filter(({ turn, bytes }, index) => {
    if (turns.has(turn)) return true;
    turns.add(turn);
    total += bytes;
    return index > 0 && (turns.size > limits.turns || total > limits.bytes);
  });
}

/** Undefined for a torn file, or one of another version. */
function parseKept(bytes: Uint8Array): KeptRequest | undefined {
  const value = readJson(bytes);
  return isKept(value) ? value : undefined;
}

function isKept(value: unknown): value is KeptRequest {
  if (!isObject(value) || !isObject(value['request'])) return false;
  const { method, url, headers, body } = value['request'];
  const texts = [value['turn'], value['sentAt'], value['connection'], value['prompt'], method, url];
  return (
    texts.every((text) => typeof text === 'string') &&
    isObject(headers) &&
    Object.values(headers).every((header) => typeof header === 'string') &&
    (body === undefined || typeof body === 'string')
  );
}
