import { setTimeout as pause } from 'node:timers/promises';

/** Waits for what nobody tells of, and throws an Error with the message where it does not come in time. */
export async function waitUntil(
  isThere: () => Promise<boolean>,
  limitMs: number,
  message: string,
): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await isThere())) {
    if (Date.now() > deadline) throw new Error(message);
    await pause(50);
  }
}
