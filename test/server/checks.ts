import { badRequest } from './httpError.ts';

/** Throws a 400 that names the field if the value breaks the contract. `path` is '' for the body itself. */
export type Check = (value: unknown, path: string) => void;

interface Range {
  readonly min?: number;
  readonly max?: number;
}

function wrongType(path: string, expected: string): never {
  throw badRequest(`${path === '' ? 'body' : path} must be ${expected}`, {
    param: path,
    code: 'invalid_type',
  });
}

function wrongValue(path: string, rule: string): never {
  throw badRequest(`${path} must ${rule}`, { param: path, code: 'invalid_value' });
}

function missing(path: string): never {
  throw badRequest(`missing field ${path}`, { param: path, code: 'missing_required_parameter' });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

/** A string of at most `maxLength` characters. */
export function text(maxLength = Infinity): Check {
  return (value, path) => {
    if (typeof value !== 'string') wrongType(path, 'a string');
    if (value.length > maxLength) wrongValue(path, `have at most ${maxLength} characters`);
  };
}

/** A string that matches; `expected` says in words what. */
export function matching(pattern: RegExp, expected: string): Check {
  return (value, path) => {
    if (typeof value !== 'string') wrongType(path, 'a string');
    if (!pattern.test(value)) wrongValue(path, `be ${expected}`);
  };
}

/** A boolean. */
export const flag: Check = (value, path) => {
  if (typeof value !== 'boolean') wrongType(path, 'a boolean');
};

/** Any JSON value. */
export const anything: Check = () => undefined;

/** A number between `min` and `max`, both included. */
export function number({ min = -Infinity, max = Infinity }: Range = {}): Check {
  return (value, path) => {
    if (typeof value !== 'number') wrongType(path, 'a number');
    if (value < min || value > max) wrongValue(path, `be between ${min} and ${max}`);
  };
}

/** An int32 between `min` and `max`. */
export function integer({ min = -(2 ** 31), max = 2 ** 31 - 1 }: Range = {}): Check {
  const inRange = number({ min, max });
  return (value, path) => {
    if (!Number.isInteger(value)) wrongType(path, 'an integer');
    inRange(value, path);
  };
}

/** One of the given strings. */
export function oneOf(...allowed: readonly string[]): Check {
  return (value, path) => {
    if (typeof value !== 'string' || !allowed.includes(value)) {
      wrongValue(path, `be ${allowed.map((item) => `"${item}"`).join(' or ')}`);
    }
  };
}

/** An array of `minLength` to `maxLength` items that pass `item`. */
export function arrayOf(item: Check, minLength = 0, maxLength = Infinity): Check {
  return (value, path) => {
    if (!Array.isArray(value)) wrongType(path, 'an array');
    if (value.length < minLength) wrongValue(path, `have at least ${minLength} item(s)`);
    if (value.length > maxLength) wrongValue(path, `have at most ${maxLength} item(s)`);
    value.forEach((entry, index) => item(entry, `${path}[${index}]`));
  };
}

/** A string, or an array of `minLength` to `maxLength` items that pass `item`. */
export function textOrArrayOf(item: Check, minLength = 0, maxLength = Infinity): Check {
  const isArray = arrayOf(item, minLength, maxLength);
  return (value, path) => {
    if (typeof value === 'string') return;
    if (!Array.isArray(value)) wrongType(path, 'a string or an array');
    isArray(value, path);
  };
}

/** A string that passes `strings`, or anything else that passes `others`. */
export function stringOr(strings: Check, others: Check): Check {
  return (value, path) => {
    const check = typeof value === 'string' ? strings : others;
    check(value, path);
  };
}

/** An object with names of any kind whose values pass `item`. */
export function recordOf(item: Check, maxEntries = Infinity, maxNameLength = Infinity): Check {
  return (value, path) => {
    if (!isObject(value)) wrongType(path, 'an object');
    const entries = Object.entries(value);
    if (entries.length > maxEntries) wrongValue(path, `have at most ${maxEntries} entries`);
    for (const [name, entry] of entries) {
      if (name.length > maxNameLength) wrongValue(path, `have names of at most ${maxNameLength} characters`);
      item(entry, join(path, name));
    }
  };
}

/**
 * An object with the required fields, perhaps the optional ones (null counts as absent), and no other, unless
 * unknown fields are `ignored`.
 */
export function object(
  required: Record<string, Check>,
  optional: Record<string, Check> = {},
  unknownFields: 'refused' | 'ignored' = 'refused',
): Check {
  return (value, path) => {
    if (!isObject(value)) wrongType(path, 'an object');
    const fields = new Map<string, unknown>(Object.entries(value));
    for (const name of Object.keys(required)) {
      if (!fields.has(name)) missing(join(path, name));
    }
    for (const [name, field] of fields) {
      const isRequired = Object.hasOwn(required, name);
      const check = isRequired ? required[name] : Object.hasOwn(optional, name) ? optional[name] : undefined;
      const place = join(path, name);
      if (check !== undefined && (isRequired || field !== null)) check(field, place);
      if (check === undefined && unknownFields === 'refused') {
        throw badRequest(`unknown field ${place}`, { param: place, code: 'unknown_parameter' });
      }
    }
  };
}

/** An object whose field `field` names its kind; the check of that kind need not list the field. */
export function variant(
  field: string,
  kinds: Readonly<
    Record<string, readonly [required: Record<string, Check>, optional?: Record<string, Check>]>
  >,
): Check {
  const known = oneOf(...Object.keys(kinds));
  const checks = new Map(
    Object.entries(kinds).map(([name, [required, optional]]) => [
      name,
      object({ [field]: known, ...required }, optional),
    ]),
  );
  return (value, path) => {
    if (!isObject(value)) wrongType(path, 'an object');
    const kind: unknown = new Map<string, unknown>(Object.entries(value)).get(field);
    if (kind === undefined) missing(join(path, field));
    known(kind, join(path, field));
    if (typeof kind === 'string') checks.get(kind)?.(value, path);
  };
}
