import { isObject } from '../../src/api/json.ts';

/**
 * Fields of an object and their types: `string`, `number`, `boolean`, `object`, `array`, `null`, several joined by `|`; a
 * `?` at the end: the field may be missing.
 */
export type Shape = Readonly<Record<string, string>>;

/** How values compare with a shape. */
export interface Comparison {
  /** Missing fields and wrong types. */
  readonly problems: readonly string[];
  /** Fields that the shape does not name. */
  readonly unknown: readonly string[];
}

/** Compares each value with the shape; what several have in common is told once. */
export function compareShape(values: readonly unknown[], shape: Shape, path: string): Comparison {
  const problems = new Set<string>();
  const unknown = new Set<string>();
  for (const value of values) {
    if (!isObject(value)) {
      problems.add(`${path} is ${typeOf(value)}`);
      continue;
    }
    for (const [name, types] of Object.entries(shape)) {
      const problem = compareField(value[name], types);
      if (problem !== undefined) {
        problems.add(`${path}.${name} is ${problem}`);
      }
    }
    for (const name of Object.keys(value)) {
      if (!Object.hasOwn(shape, name)) {
        unknown.add(`${path}.${name}`);
      }
    }
  }
  return { problems: [...problems], unknown: [...unknown] };
}

/** Joins comparisons of the parts of one thing. */
export function joinComparisons(comparisons: readonly Comparison[]): Comparison {
  return {
    problems: comparisons.flatMap(({ problems }) => problems),
    unknown: comparisons.flatMap(({ unknown }) => unknown),
  };
}

function compareField(value: unknown, types: string): string | undefined {
  if (value === undefined) {
    return types.endsWith('?') ? undefined : 'missing';
  }
  const allowed = types.replace(/\?$/, '').split('|');
  return allowed.includes(typeOf(value)) ? undefined : typeOf(value);
}

function typeOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}
