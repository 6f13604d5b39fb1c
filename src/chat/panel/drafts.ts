import { isObject } from '../../api/json.ts';
import { sha256Hex } from '../fingerprint.ts';
import type { FileStore } from '../journal.ts';
import { readJson, writeJson } from '../jsonFile.ts';

/** What stands in a composer and was not sent. */
export interface Drafts {
  /** Empty if there is none. */
  read(of: string): Promise<string>;
  /** When the newest was written, in milliseconds since 1970; undefined if there is none. */
  time(of: string): Promise<number | undefined>;
  /** An empty text removes the draft. One write after the other; the last one counts. */
  write(of: string, text: string): Promise<void>;
  /** Removes the draft if it is this text, which was sent; what was written after it stays. */
  sent(of: string, text: string): Promise<void>;
  /** Puts another draft above this one, if that still is this text; the other one is gone then. Returns the whole. */
  join(of: string, other: string, text: string): Promise<string>;
}

/** Whose draft it is where no room exists yet. */
export const draftOfNewChat = 'new';

const folder = '~drafts';
/** Nobody comes back for an older one; in milliseconds. */
const longestKept = 90 * 24 * 60 * 60 * 1000;

/**
 * Keeps drafts as write-once files, `~drafts/<of>.<milliseconds since 1970>.<writer>.json`; the newest that parses
 * counts. `of` is any text.
 */
export function createDrafts(files: FileStore, writer: string, now: () => number = Date.now): Drafts {
  let last = 0;
  let writes = Promise.resolve();

  async function versions(of: string): Promise<{ own: Version[]; old: Version[] }> {
    const name = await nameOf(of);
    const all = (await files.list(folder)).flatMap((file) => parseVersion(file) ?? []);
    const own = all.filter((version) => version.name === name).toSorted((a, b) => b.time - a.time);
    return { own, old: all.filter(({ time }) => time < now() - longestKept) };
  }

  async function writeNow(of: string, text: string): Promise<void> {
    const { own, old } = await versions(of);
    if (text !== '') {
      // Later than what another window wrote, whose clock may be ahead.
      last = Math.max(now(), last + 1, (own[0]?.time ?? 0) + 1);
      const path = `${folder}/${await nameOf(of)}.${last}.${writer}.json`;
      await files.writeNew(path, writeJson({ text }));
    }
    await Promise.allSettled([...own, ...old].map(({ path }) => files.remove(path)));
  }

  async function readNow(of: string): Promise<string> {
    for (const { path } of (await versions(of)).own) {
      const text = parseText(await files.read(path));
      if (text !== undefined) return text;
    }
    return '';
  }

  function inTurn(work: () => Promise<void>): Promise<void> {
    const done = writes.then(work);
    writes = done.catch(() => undefined);
    return done;
  }

  return {
    read: async (of) => {
      await writes;
      return readNow(of);
    },
    time: async (of) => {
      await writes;
      return (await versions(of)).own[0]?.time;
    },
    write: (of, text) => inTurn(() => writeNow(of, text)),
    sent: (of, text) =>
      inTurn(async () => {
        if ((await readNow(of)) === text) await writeNow(of, '');
      }),
    join: async (of, other, text) => {
      let whole = '';
      await inTurn(async () => {
        whole = await readNow(of);
        if ((await readNow(other)) !== text) return;
        if (whole !== text) whole = whole === '' ? text : `${text}\n\n${whole}`;
        await writeNow(of, whole);
        await writeNow(other, '');
      });
      return whole;
    },
  };
}

interface Version {
  readonly path: string;
  readonly name: string;
  readonly time: number;
}

function parseVersion(file: string): Version | undefined {
  const [, name = '', time = ''] = /^([0-9a-f]{40})\.(\d+)\.[^.]+\.json$/.exec(file) ?? [];
  return name === '' ? undefined : { path: `${folder}/${file}`, name, time: Number(time) };
}

async function nameOf(of: string): Promise<string> {
  return (await sha256Hex(of)).slice(0, 40);
}

/** Undefined for a missing or torn file. */
function parseText(bytes: Uint8Array | undefined): string | undefined {
  const value = bytes && readJson(bytes);
  return isObject(value) && typeof value['text'] === 'string' ? value['text'] : undefined;
}
