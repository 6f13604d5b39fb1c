import { cutText } from '../api/json.ts';
import { joinParts } from '../api/parts.ts';
import type { ArchiveRoom } from './chatArchive.ts';
import { withoutActiveContent } from './inertMarkdown.ts';
import type { L10n } from './l10n.ts';
import { isSelfContained, quoted } from './markdownSafety.ts';
import { cleanName, escapeMarkdown } from './untrusted.ts';

/**
 * A chatroom as a Markdown document for people. No message changes how another one is shown, no picture is loaded, and
 * no HTML comes alive.
 */
export function roomToMarkdown(room: ArchiveRoom, l10n: L10n): string {
  const title = escapeMarkdown(cleanName(room.name, 200)) || l10n.t('Unnamed chatroom');
  const about = l10n.t('{0} to {1} (UTC)', minuteOf(room.created_at), minuteOf(room.updated_at));
  const messages = room.messages.map(({ message, model, created_at: time }) => {
    const who = escapeMarkdown(cleanName(speaker(message.role, model, l10n), 100));
    return `## ${who} · ${minuteOf(time)}\n\n${body(message, l10n)}\n`;
  });
  return [`# ${title}\n\n${about}\n`, ...messages].join('\n');
}

/** The name of the file that a room is exported to: no path, and nothing that a file system refuses. */
export function exportFileName(name: string, extension: string): string {
  const stem = cleanName(name, 60)
    .replace(/[^\p{L}\p{M}\p{N} _-]+/gu, '-')
    .replace(/^[-\s]+|[-\s]+$/g, '');
  // Names of devices on Windows; the byte length that file systems take is 255.
  const safe = /^(?:con|prn|aux|nul|com\d|lpt\d)?$/i.test(stem) ? `chat-${stem}` : stem;
  return `${cutText(safe, 60).replace(/[-\s]+$/, '')}.${extension}`;
}

/**
 * A file's name for a room of several: `taken` are the names in the folder, in small letters, and it gets this one too.
 * Rooms may have one name, and some disks do not tell capitals apart.
 */
export function freeFileName(name: string, extension: string, taken: Set<string>): string {
  for (let number = 1; ; number += 1) {
    const found = exportFileName(number === 1 ? name : `${name.slice(0, 50)} ${number}`, extension);
    if (taken.has(found.toLowerCase())) continue;
    taken.add(found.toLowerCase());
    return found;
  }
}

function speaker(role: string, model: string | undefined, l10n: L10n): string {
  const names: Readonly<Record<string, string>> = {
    user: l10n.t('You'),
    assistant: model ?? l10n.t('Assistant'),
    system: l10n.t('System message'),
    developer: l10n.t('System message'),
    tool: l10n.t('Result of a tool'),
    function: l10n.t('Result of a tool'),
  };
  return Object.hasOwn(names, role) ? (names[role] ?? role) : role;
}

function body(message: ArchiveRoom['messages'][number]['message'], l10n: L10n): string {
  const text = joinParts(message.content) ?? '';
  const parts = Array.isArray(message.content) ? message.content : [];
  const others = parts
    .map(({ type }) => type)
    .filter((type) => type !== 'text')
    .map((type) => `_[${escapeMarkdown(type)}]_`);
  const calls = message.role === 'assistant' ? (message.tool_calls ?? []) : [];
  const called = calls.length > 0 ? [l10n.t('_Tool calls: {0}_', calls.length)] : [];
  const shown = text.trim() === '' ? [] : [contained(text)];
  return [...shown, ...others, ...called].join('\n\n') || l10n.t('_Empty_');
}

function contained(text: string): string {
  const inert = withoutActiveContent(text.replace(/\r\n?/g, '\n').replace(/^\n+|\s+$/g, ''));
  return isSelfContained(inert) ? inert : quoted(inert);
}

function minuteOf(time: string): string {
  return time.replace('T', ' ').slice(0, 16);
}
