import { isObject, type JsonObject } from '../../src/api/json.ts';

/** What stands in an event stream, read strictly and without the tolerance of `src/api`. */
export interface RawStream {
  readonly hasBom: boolean;
  /** Which of LF, CRLF and CR end its lines. */
  readonly lineEnds: readonly string[];
  readonly comments: readonly string[];
  readonly eventNames: readonly string[];
  /** JSON objects, each the one line of data of an event. */
  readonly chunks: readonly JsonObject[];
  readonly done: boolean;
  /** Whatever is not comment, event name, JSON object or `[DONE]` on a line of its own. */
  readonly oddities: readonly string[];
}

/** Reads a body as the captures of the wire contract look: one line of data for each event, blank lines between them. */
export function readRawStream(text: string): RawStream {
  const hasBom = text.startsWith('\uFEFF');
  const body = hasBom ? text.slice(1) : text;
  const lineEnds = new Set([...body.matchAll(/\r\n|\n|\r/g)].map(([end]) => lineEndNames[end] ?? ''));
  const comments: string[] = [];
  const eventNames: string[] = [];
  const chunks: JsonObject[] = [];
  const oddities: string[] = [];
  let done = false;
  let data: string[] = [];

  function endEvent(): void {
    if (data.length > 1) {
      oddities.push(`an event of ${data.length} data lines`);
    }
    if (done && data.length > 0) {
      oddities.push('data after [DONE]');
    }
    for (const value of data) {
      const parsed = parse(value);
      if (value === '[DONE]') {
        done = true;
      } else if (isObject(parsed)) {
        chunks.push(parsed);
      } else {
        oddities.push(`the data ${value}`);
      }
    }
    data = [];
  }

  for (const line of body.split(/\r\n|\n|\r/)) {
    const [, field, value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (line === '') {
      endEvent();
    } else if (line.startsWith(':')) {
      comments.push(line);
    } else if (field === 'event') {
      eventNames.push(value);
    } else if (field === 'data') {
      data.push(value);
    } else if (field !== 'id' && field !== 'retry') {
      oddities.push(`the line ${line}`);
    }
  }
  if (data.length > 0) {
    oddities.push('no blank line after the last event');
    endEvent();
  }
  return { hasBom, lineEnds: [...lineEnds], comments, eventNames, chunks, done, oddities };
}

const lineEndNames: Readonly<Record<string, string>> = { '\r\n': 'CRLF', '\n': 'LF', '\r': 'CR' };

/** JSON as it is; `undefined` if it is none. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A field of what may be an object. */
export function fieldOf(value: unknown, field: string): unknown {
  return isObject(value) ? value[field] : undefined;
}

/** The objects of a field that should hold an array of objects. */
export function objectsIn(value: unknown, field: string): JsonObject[] {
  const list = fieldOf(value, field);
  return Array.isArray(list) ? list.filter(isObject) : [];
}

/** The object in a field, or an empty one. */
export function objectIn(value: unknown, field: string): JsonObject {
  const inner = fieldOf(value, field);
  return isObject(inner) ? inner : {};
}

/** The text of a content: a string, or parts with texts. */
export function contentText(content: unknown): string {
  if (typeof content === 'string') {
    return content;
  }
  const parts: unknown[] = Array.isArray(content) ? content : [content];
  return parts
    .map((part) => (isObject(part) && typeof part['text'] === 'string' ? part['text'] : ''))
    .join('');
}
