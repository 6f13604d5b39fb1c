/** The HTML of both where they begin to differ; undefined: they are equal. Boxes do not count. */
export function differences(one: Element, other: Element): string | undefined {
  const [first, second] = [blocksOf(one), blocksOf(other)];
  const at = first.findIndex((html, i) => html !== second[i]);
  if (at < 0 && first.length === second.length) return undefined;
  const place = at < 0 ? first.length : at;
  return `block ${place}:\n${first[place] ?? '(none)'}\n${second[place] ?? '(none)'}`;
}

function blocksOf(root: Element): string[] {
  return [...root.children].flatMap((child) =>
    child.className === 'block-box' ? blocksOf(child) : [child.outerHTML],
  );
}
