import { splitAttachments } from './attachments/splitAttachments.ts';
import type { L10n } from './l10n.ts';
import { cleanName } from './untrusted.ts';

/** `tachyon.roomNames`. */
export type RoomNaming = 'prompt' | 'neutral';

const maxGraphemes = 60;
/** The server takes 1 to 100 characters (wire contract A5); a grapheme can have several. */
const maxLength = 100;

/** Name of a new room: the beginning of its first prompt, or a neutral one with the local time. */
export function roomName(prompt: string, naming: RoomNaming, now: Date, l10n: L10n): string {
  return (naming === 'prompt' && nameFromPrompt(prompt)) || l10n.t('Chat, {0}', localMinute(now));
}

function nameFromPrompt(prompt: string): string | undefined {
  // Asked once more, a prompt has its attachments in it.
  const line = splitAttachments(prompt)
    .prompt.split(/[\r\n\u2028\u2029]/)
    .find((candidate) => /[\p{L}\p{N}]/u.test(candidate) && !/^\s*(?:```|~~~)/.test(candidate));
  if (line === undefined) return undefined;
  const text = line.replace(/^[\s#>*`-]+/, '');
  const sentence = /^.{8,}?(?:[.!?](?=\s+[^\p{Ll}\s])|[。！？])/u.exec(text)?.[0] ?? text;
  const name = cleanName(sentence, maxGraphemes);
  if (!/[\p{L}\p{N}]/u.test(name)) return undefined;
  return name.length <= maxLength
    ? name
    : cleanName(name, Math.floor((maxGraphemes * maxLength) / name.length));
}

function localMinute(date: Date): string {
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
