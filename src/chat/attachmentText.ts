import { cleanName } from './untrusted.ts';

/** A piece of text that a person attached to a prompt. */
export interface TextAttachment {
  /** Relative path or label, as the model shall call it. */
  readonly name: string;
  readonly text: string;
  /** VS Code's language id or the file's ending, for the code fence. */
  readonly language?: string;
  /** First line, counted from 1, if it is a part of a file. */
  readonly firstLine?: number;
}

/**
 * Attachments as they go before the prompt: each a heading and a fence that no line of it can close. The fence tells
 * which of how many it is, so that `splitAttachments` takes no prompt for one.
 */
export function attachmentText(attachments: readonly TextAttachment[]): string {
  return attachments
    .map((attachment, i) => block(attachment, `attachment ${i + 1} of ${attachments.length}`))
    .join('\n\n');
}

/** What the heading calls an attachment: one clean line. */
export function attachmentHeading({ name, text, firstLine }: TextAttachment): string {
  const cleaned = cleanName(name, 300) || 'attachment';
  if (firstLine === undefined) return cleaned;
  // A selection of whole lines ends with a line break.
  const lines = text.replace(/\r?\n$/, '').split('\n').length;
  return `${cleaned}, lines ${firstLine}-${firstLine + lines - 1}`;
}

function block(attachment: TextAttachment, place: string): string {
  const { text, language = '' } = attachment;
  let longest = 2;
  for (const [run] of text.matchAll(/`{3,}/g)) longest = Math.max(longest, run.length);
  const fence = '`'.repeat(longest + 1);
  const info = `${/^[\w+#.-]{1,40}$/.test(language) ? language : 'text'} ${place}`;
  return `${attachmentHeading(attachment)}:\n${fence}${info}\n${text}${text.endsWith('\n') ? '' : '\n'}${fence}`;
}
