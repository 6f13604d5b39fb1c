/** SHA-256 of the text's UTF-8 bytes, in lower-case hex. */
export async function sha256Hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Identifies a prompt without keeping it. Line ends and surrounding blanks do not count: servers and editors
 * change them.
 */
export function fingerprint(text: string): Promise<string> {
  return sha256Hex(text.replace(/\r\n?/g, '\n').trim());
}
