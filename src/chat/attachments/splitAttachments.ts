/** A user message as it was put together: attachments, then the prompt. */
export interface SplitMessage {
  /** Headings of its attachments, such as `src/a.ts, lines 3-9`. */
  readonly names: readonly string[];
  /** The attachments as they went out; empty if there are none. */
  readonly attachments: string;
  readonly prompt: string;
}

const blockStart = /^([^\n]{1,1000}):\n(`{3,})[^\s`]+ attachment (\d{1,5}) of (\d{1,5})\n/;

/** Takes a message apart that begins with the blocks of `attachmentText`; any other is all prompt. */
export function splitAttachments(content: string): SplitMessage {
  const names: string[] = [];
  let at = 0;
  for (let count = 1; names.length < count;) {
    const [start, name, fence = '', number, total] = blockStart.exec(content.slice(at)) ?? [];
    if (names.length === 0) count = Number(total);
    if (!start || name === undefined || Number(number) !== names.length + 1 || Number(total) !== count) break;
    const close = content.indexOf(`\n${fence}`, at + start.length - 1);
    if (close === -1) break;
    names.push(name);
    const end = close + 1 + fence.length;
    const isLast = names.length === count;
    if (isLast && end === content.length) return { names, attachments: content, prompt: '' };
    if (!content.startsWith('\n\n', end)) break;
    at = end + 2;
    if (isLast) return { names, attachments: content.slice(0, end), prompt: content.slice(at) };
  }
  return { names: [], attachments: '', prompt: content };
}
