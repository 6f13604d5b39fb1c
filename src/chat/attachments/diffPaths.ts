/** A diff of git with the names of its files as people write them: git writes what is not ASCII as numbers. */
export function withPlainPaths(diff: string): string {
  if (!diff.includes('"')) return diff;
  let isHead = false;
  return diff
    .split('\n')
    .map((line) => {
      // Lines of the files themselves begin with a blank or a sign.
      if (line.startsWith('diff --')) isHead = true;
      else if (line.startsWith('@@')) isHead = false;
      // A name without an end is passed over at once, too.
      return isHead ? line.replace(/"((?:[^"\\]|\\.)*)("?)/g, plainPath) : line;
    })
    .join('\n');
}

/** A name of which not all can be seen, or that would end elsewhere, stays as it is. */
function plainPath(quoted: string, escaped: string, end: string): string {
  const name = end === '' ? undefined : decoded(escaped);
  return name === undefined || /[\p{C}\u2028\u2029"\\]/u.test(name) ? quoted : name;
}

/** Numbers are bytes of UTF-8; undefined: they are of something else. */
function decoded(escaped: string): string | undefined {
  try {
    const path = escaped.replaceAll('%', '%25').replace(/\\([0-3][0-7]{2})/g, (_, byte: string) => {
      return `%${Number.parseInt(byte, 8).toString(16).padStart(2, '0')}`;
    });
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
