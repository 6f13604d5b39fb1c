import type { Drafts } from './drafts.ts';

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

function outgoingOf(of: string): string {
  return `outgoing:${of}`;
}
