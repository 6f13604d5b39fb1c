/** The most backslashes before an escaped character: JSON in JSON in JSON. Without a bound, a text of them costs too much. */
const mostBackslashes = 7;

const named: Readonly<Record<string, string>> = {
  '"': 'quot',
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  "'": 'apos',
};

/**
 * Finds a secret also where it is escaped: for JSON, JSON in JSON, a URL, a page or markdown. Encoders differ in what they
 * escape, so each character may stand in each of its forms. `plainOf` tells how one stands as it is.
 */
export function secretPattern(
  secret: string,
  plainOf: (character: string) => string = (character) => character,
): RegExp {
  return new RegExp(Array.from(secret, (character) => formsOf(character, plainOf(character))).join(''), 'g');
}

function formsOf(character: string, plain: string): string {
  const literal = plain.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  const code = character.codePointAt(0) ?? 0;
  const forms = [
    // Markdown escapes all of these, JSON two or three.
    /[!-/:-@[-`{-~]/.test(character) ? String.raw`\\{0,${mostBackslashes}}${literal}` : literal,
    units.map((unit) => String.raw`\\{1,${mostBackslashes}}u${hexOf(unit, 4)}`).join(''),
    [...new TextEncoder().encode(character)].map((byte) => `%(?:25){0,2}${hexOf(byte, 2)}`).join(''),
    `&#(?:[xX]0{0,4}${hexOf(code, 1)}|0{0,4}${code});`,
    ...(character in named ? [`&${named[character]};`] : []),
  ];
  return `(?:${forms.join('|')})`;
}

/** A pattern for a number in hexadecimal, in small letters or in capitals. */
function hexOf(value: number, digits: number): string {
  const text = value.toString(16).padStart(digits, '0');
  return text.replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}
