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

/** Attachments as they go before the prompt: each a heading and a fence that no line of it can close. */
export function attachmentText(attachments: readonly TextAttachment[]): string {
  return attachments.map(block).join('\n\n');
}

function block({ name, text, language, firstLine }: TextAttachment): string {
  const lines = text.split('\n').length;
  const heading = firstLine === undefined ? name : `${name}, lines ${firstLine}-${firstLine + lines - 1}`;
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${heading}:\n${fence}${language ?? ''}\n${text}${text.endsWith('\n') ? '' : '\n'}${fence}`;
}
