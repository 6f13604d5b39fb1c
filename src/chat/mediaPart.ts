import type { ContentPart } from '../api/wireRequest.ts';

/** MIME types by the endings of the files that models take besides text. */
const mimeTypes: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  pdf: 'application/pdf',
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
};
const audioFormats: Readonly<Record<string, 'wav' | 'mp3'>> = {
  'audio/wav': 'wav',
  'audio/x-wav': 'wav',
  'audio/mpeg': 'mp3',
  'audio/mp3': 'mp3',
};

/** The MIME type of an image, PDF or sound by its file name; undefined for any other file. */
export function mediaType(fileName: string): string | undefined {
  const ending = /\.([a-z0-9]+)$/i.exec(fileName)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(mimeTypes, ending) ? mimeTypes[ending] : undefined;
}

/** Bytes as the part of a message that fits their type; whether an API takes it is the API's to say. */
export function mediaPart(mimeType: string, bytes: Uint8Array, fileName: string): ContentPart {
  return encodedPart(mimeType, toBase64(bytes), fileName);
}

/** The same for bytes that are base64 already. */
export function encodedPart(mimeType: string, data: string, fileName: string): ContentPart {
  if (mimeType.startsWith('image/')) {
    return { type: 'image_url', image_url: { url: `data:${mimeType};base64,${data}` } };
  }
  const format = Object.hasOwn(audioFormats, mimeType) ? audioFormats[mimeType] : undefined;
  if (format !== undefined) return { type: 'input_audio', input_audio: { data, format } };
  return { type: 'file', file: { filename: fileName, file_data: `data:${mimeType};base64,${data}` } };
}

/** Bytes as base64. */
export function toBase64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  // In slices: a spread of a whole image would overflow the call stack.
  for (let at = 0; at < bytes.length; at += 8192) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  }
  return btoa(pieces.join(''));
}
