/** A JSON object nobody has looked into yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether `value` is a JSON object: neither null nor an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `value` if it is a string with something in it. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** `value` if it is a finite number. */
export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The first `length` UTF-16 units of `text`, never ending in half a character. */
export function cutText(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}

/** A copy with only the given fields, and those only if they have a value; what is no object stays as it is. */
export function pick(value: unknown, fields: readonly string[]): unknown {
  return isObject(value)
    ? withoutBlanks(Object.fromEntries(fields.map((field) => [field, value[field]])))
    : value;
}

/** A copy without the fields that are null or undefined. */
export function withoutBlanks(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== undefined && value !== null),
  );
}

/** `value` as JSON; empty for what has none, such as a nesting that is too deep to be written again. */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
}

/** The value of `text`; undefined if it is not JSON from its first character to its last. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Whether `text` is JSON from its first character to its last. */
export function isJson(text: string): boolean {
  return parseJson(text) !== undefined;
}
