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
 * on. `isOnItsWay`: it may still arrive, or is shown elsewhere.
 */
export async function readDraft(
  drafts: Drafts,
  of: string,
  isOnItsWay: (prompt: string) => boolean,
): Promise<string> {
  const [typed, prompt] = await Promise.all([drafts.read(of), drafts.read(outgoingOf(of))]);
  return prompt === '' || isOnItsWay(prompt) ? typed : drafts.join(of, outgoingOf(of), prompt);
}

/**
 * Drops a prompt whose turn the journal has in a room, where it is shown: an extension host that is killed leaves the
 * prompt behind. Rejects with what reading rejects with.
 */
export async function dropArrived(drafts: Drafts, of: string, journal: Pick<Journal, 'find'>): Promise<void> {
  const time = await drafts.time(outgoingOf(of));
  if (time === undefined) return;
  const prompt = await drafts.read(outgoingOf(of));
  const records = await journal.find(await fingerprint(prompt));
  const isThere = records.some(
    ({ room, surface, askedAt }) =>
      room !== undefined && surface === 'panel' && Date.parse(askedAt) > time - longestWrite,
  );
  if (isThere) await dropOutgoing(drafts, of, prompt);
}

function outgoingOf(of: string): string {
  return `outgoing:${of}`;
}
