/** A link to a place in a file, in a Markdown text. */
export interface LinkedPlace {
  /** Offsets of what leads there, the brackets left out. */
  readonly start: number;
  readonly end: number;
  /** With `/` between the names, not decoded twice; no scheme, and nothing that leads upwards. */
  readonly path: string;
  /** `L12` or `L12-L20`; empty: the file. */
  readonly fragment: string;
}

const longestPath = 300;

/** Names of folders may have brackets, which match. */
const link = /\]\(<?((?:[^()<>\s]|\([^()<>\s]{0,300}\)){1,400})>?\)/g;

/** The links of a text that lead to files, such as `[src/a.ts:12](src/a.ts#L12)`. */
export function linkedPlaces(markdown: string): LinkedPlace[] {
  const places: LinkedPlace[] = [];
  for (const found of markdown.matchAll(link)) {
    const [whole, target = ''] = found;
    const [, file = '', fragment = ''] = /^([^#]*)(?:#(L\d{1,9}(?:-L?\d{1,9})?))?$/.exec(target) ?? [];
    const path = pathOf(file);
    if (path === undefined) continue;
    const start = found.index + whole.indexOf(target);
    places.push({ start, end: start + target.length, path, fragment });
  }
  return places;
}

function pathOf(target: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]+:/i.test(target)) return undefined;
  let path = target;
  try {
    path = decodeURIComponent(target);
  } catch {
    // A name may hold a percent sign.
  }
  path = path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
  const isBad = path === '' || path.length > longestPath || path.startsWith('//') || /\p{C}/u.test(path);
  return isBad || path.split('/').includes('..') ? undefined : path;
}
