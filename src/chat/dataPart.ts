import type { ContentPart } from '../api/wireRequest.ts';
import { mediaPart } from './mediaPart.ts';

/**
 * Data of a message, by its MIME type, as the part that holds it: text as text, all else as a picture, sound or file.
 * `undefined` for what is no content: VS Code's own agent marks messages with data of a type without a slash.
 */
export function dataPart(mimeType: string, bytes: Uint8Array): ContentPart | undefined {
  const type = mimeType.toLowerCase().split(';', 1)[0]?.trim() ?? '';
  if (!type.includes('/')) return undefined;
  if (/^text\/|[/+](?:json|xml|yaml)$/.test(type)) {
    return { type: 'text', text: new TextDecoder().decode(bytes) };
  }
  return mediaPart(type, bytes, type === 'application/pdf' ? 'document.pdf' : 'attachment');
}
