import { fingerprint } from '../fingerprint.ts';
import type { Journal } from '../journal.ts';
import type { Drafts } from './drafts.ts';

/** A turn may have begun while its prompt was still being written; in milliseconds. */
const longestWrite = 2000;

/** Keeps a prompt that is on its way until a room has it, apart from what is typed after it. */
export async function keepOutgoing(drafts: Drafts, of: string, prompt: string): Promise<void> {
  await drafts.write(outgoingOf(of), prompt);
  await drafts.sent(of, prompt);
}

/** A room has the prompt, or the composer has it again. */
export function dropOutgoing(drafts: Drafts, of: string, prompt: string): Promise<void> {
  return drafts.sent(outgoingOf(of), prompt);
}

/**
 * What belongs into a composer: the draft, and above it a prompt that did not arrive, which is part of the draft from then
 * on. `isOnItsWay`: it may still arrive, or is shown elsewhere. With a journal, one whose turn that has in a room, where it
 * is shown, is dropped: an extension host that is killed leaves it behind.
 */
export async function readDraft(
  drafts: Drafts,
  of: string,
  isOnItsWay: (prompt: string) => boolean,
  journal?: Pick<Journal, 'find'>,
): Promise<string> {
  const [typed, prompt] = await Promise.all([drafts.read(of), drafts.read(outgoingOf(of))]);
  if (prompt === '' || isOnItsWay(prompt)) return typed;
  // Of a journal that cannot be read nobody knows: better twice than not at all.
  if (!journal || !(await hasArrived(drafts, of, prompt, journal).catch(() => false)))
    return drafts.join(of, outgoingOf(of), prompt);
  await dropOutgoing(drafts, of, prompt);
  return typed;
}

async function hasArrived(
  drafts: Drafts,
  of: string,
  prompt: string,
  journal: Pick<Journal, 'find'>,
): Promise<boolean> {
  // It may be gone by now, as another page has read it too.
  const time = (await drafts.time(outgoingOf(of))) ?? Infinity;
  const records = await journal.find(await fingerprint(prompt));
  return records.some(
    ({ room, surface, askedAt }) =>
      room !== undefined && surface === 'panel' && Date.parse(askedAt) > time - longestWrite,
  );
}

function outgoingOf(of: string): string {
  return `outgoing:${of}`;
}
