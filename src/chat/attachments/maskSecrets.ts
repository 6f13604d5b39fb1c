import { findSecrets } from './findSecrets.ts';
import type { FoundSecret } from './secretFormats.ts';

/** The text with `…` in place of each line of a secret; it keeps its lines. `secrets`: those of {@link findSecrets}. */
export function maskSecrets(text: string, secrets: readonly FoundSecret[] = findSecrets(text)): string {
  let from = 0;
  let masked = '';
  for (const { start, end } of secrets) {
    masked += text.slice(from, start) + text.slice(start, end).replace(/\S.*/g, '…');
    from = end;
  }
  return masked + text.slice(from);
}
