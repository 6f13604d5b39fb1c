import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitUntil } from './waitUntil.ts';

const saveLimitMs = 20_000;
/** Both ways in which a session's file tells how a request stands: in a whole request, and as a later change. */
const statePattern = /"modelState"(?::|\],"v":)\{"value":(\d+)/g;
const pendingState = '0';

/**
 * Waits until VS Code has written the conversation that ends with `prompt`, answer included. It does so up to a second
 * after the answer is whole; a page that is reloaded before loses the last turns, which is VS Code's own doing.
 */
export async function waitForSavedChat(userData: string, prompt: string): Promise<void> {
  await waitUntil(
    () => isSaved(userData, prompt),
    saveLimitMs,
    `VS Code did not save the answer to: ${prompt}`,
  );
}

async function isSaved(userData: string, prompt: string): Promise<boolean> {
  const text = JSON.stringify(prompt).slice(1, -1);
  const folders = join(userData, 'User', '*', '**', '*hatSessions', '*.jsonl');
  for await (const file of glob(folders)) {
    const session = await readFile(file, 'utf8');
    if (!session.includes(text)) continue;
    const states = [...session.matchAll(statePattern)].map((match) => match[1]);
    if (states.length > 0 && states.at(-1) !== pendingState) return true;
  }
  return false;
}
