import { isObject } from './json.ts';

/**
 * The text of a message's content: a string, a part, or an array of both (wire contract B3, B4). Parts that hold no
 * text count as nothing; `undefined` if there is no content at all.
 */
export function joinParts(content: unknown): string | undefined {
  if (typeof content === 'string') {
    return content;
  }
  if (Array.isArray(content)) {
    return content.map(partText).join('');
  }
  return isObject(content) ? partText(content) : undefined;
}

function partText(part: unknown): string {
  if (typeof part === 'string') {
    return part;
  }
  if (!isObject(part)) {
    return '';
  }
  const type = part['type'] ?? 'text';
  const text = part['text'];
  return (type === 'text' || type === 'output_text') && typeof text === 'string' ? text : '';
}
