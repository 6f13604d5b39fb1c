import { cleanName } from '../untrusted.ts';

/** Of a subject and of a line of a body, in characters. */
const longestLine = 200;
/** Lines of a body. */
const mostLines = 8;
/** `Signed-off-by: …` and the like hold addresses of people. */
const trailer = /^[A-Za-z][\w-]*: .*<[^<>\s]+@[^<>\s]+>$/;

/** Messages of commits as a model is to see their style: each subject, and its body below it as `git log` sets it in. */
export function commitLog(messages: readonly string[]): string {
  return messages.flatMap((message) => entryOf(message) ?? []).join('\n');
}

function entryOf(message: string): string | undefined {
  const lines = message.trim().split(/\r?\n/);
  const subject = cleanName(lines[0] ?? '', longestLine);
  if (subject === '') return undefined;
  const body = lines.slice(1).flatMap((line) => bodyLine(line) ?? []);
  const more = body.length > mostLines ? ['    …'] : [];
  return [subject, ...body.slice(0, mostLines), ...more].join('\n');
}

function bodyLine(line: string): string | undefined {
  const text = cleanName(line, longestLine);
  return text === '' || trailer.test(text) ? undefined : `    ${text}`;
}
