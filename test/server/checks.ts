import { badRequest } from './httpError.ts';

/** Throws a 400 that names the field if the value breaks the contract. `path` is '' for the body itself. */
export type Check = (value: unknown, path: string) => void;

interface Range {
  readonly min?: number;
  readonly max?: number;
}

function wrongType(path: string, expected: string): never {
  throw badRequest(`${path === '' ? 'body' : path} must be ${expected}`);
}

/** A string of at most `maxLength` characters. */
export function text(maxLength = Infinity): Check {
  return (value, path) => {
    if (typeof value !== 'string') wrongType(path, 'a string');
    if (value.length > maxLength) throw badRequest(`${path} must have at most ${maxLength} characters`);
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
    if (value < min || value > max) throw badRequest(`${path} must be between ${min} and ${max}`);
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
      wrongType(path, allowed.map((item) => `"${item}"`).join(' or '));
    }
  };
}

/** An array of at least `minLength` items that pass `item`. */
export function arrayOf(item: Check, minLength = 0): Check {
  return (value, path) => {
    if (!Array.isArray(value)) wrongType(path, 'an array');
    if (value.length < minLength) throw badRequest(`${path} must have at least ${minLength} item(s)`);
    value.forEach((entry, index) => item(entry, `${path}[${index}]`));
  };
}

/** A string, or an array whose items pass `item`. */
export function textOrArrayOf(item: Check): Check {
  const isArray = arrayOf(item);
  return (value, path) => {
    if (typeof value === 'string') return;
    if (!Array.isArray(value)) wrongType(path, 'a string or an array');
    isArray(value, path);
  };
}

/** An object with the required fields, perhaps the optional ones (null counts as absent), and no other. */
export function object(required: Record<string, Check>, optional: Record<string, Check> = {}): Check {
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) wrongType(path, 'an object');
    const prefix = path === '' ? '' : `${path}.`;
    const fields = new Map<string, unknown>(Object.entries(value));
    for (const name of Object.keys(required)) {
      if (!fields.has(name)) throw badRequest(`missing field ${prefix}${name}`);
    }
    for (const [name, field] of fields) {
      const isRequired = Object.hasOwn(required, name);
      const check = isRequired ? required[name] : Object.hasOwn(optional, name) ? optional[name] : undefined;
      if (check === undefined) throw badRequest(`unknown field ${prefix}${name}`);
      if (isRequired || field !== null) check(field, prefix + name);
    }
  };
}
