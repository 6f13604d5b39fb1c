const reordering = /[\u202A-\u202E\u2066-\u2069]/g;
const tagCharacters = /[\u{E0000}-\u{E007F}]/gu;

/**
 * The text as it is safe to show: characters that turn the order of others round are seen as `⟦U+202E⟧`, and invisible
 * tag characters, which carry text that nobody reads, are gone.
 */
export function visibleText(text: string): string {
  return text.replace(reordering, marker).replace(tagCharacters, '');
}

function marker(character: string): string {
  return `⟦U+${character.charCodeAt(0).toString(16).toUpperCase()}⟧`;
}
