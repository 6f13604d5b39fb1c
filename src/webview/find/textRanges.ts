const inline = new Set([
  'A',
  'B',
  'CODE',
  'DEL',
  'EM',
  'I',
  'MARK',
  'S',
  'SPAN',
  'STRONG',
  'SUB',
  'SUP',
  'U',
]);

/** Where the words are below an element, in any case and across inline markup. */
export function textRanges(root: Element, query: string): Range[] {
  if (query === '') return [];
  const nodes: { readonly node: Text; readonly start: number }[] = [];
  let text = '';
  let block: Element | null = null;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!(node instanceof Text)) continue;
    // Words of a button or a note are not words of the model.
    if (node.parentElement?.closest('button, .plain-note') !== null) continue;
    const owner = blockOf(node, root);
    // Blocks do not flow into each other: `a</p><p>b` is not `ab`.
    if (block !== null && owner !== block) text += '\n';
    block = owner;
    nodes.push({ node, start: text.length });
    text += node.data;
  }
  const words = new RegExp(query.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`), 'giu');
  const ranges: Range[] = [];
  let at = 0;
  for (const { index, 0: match } of text.matchAll(words)) {
    // The places come in their order: looked for from the beginning, many of them in a long text would take minutes.
    while ((nodes[at + 1]?.start ?? Infinity) <= index) at += 1;
    ranges.push(...rangeOf(nodes, at, index, index + match.length));
  }
  return ranges;
}

function blockOf(node: Text, root: Element): Element {
  let owner = node.parentElement ?? root;
  while (owner !== root && inline.has(owner.tagName) && owner.parentElement !== null)
    owner = owner.parentElement;
  return owner;
}

/** The place `from` is in the node with the number `at`. */
function rangeOf(
  nodes: readonly { readonly node: Text; readonly start: number }[],
  at: number,
  from: number,
  to: number,
): Range[] {
  let end = at;
  while ((nodes[end + 1]?.start ?? Infinity) < to) end += 1;
  const [first, last] = [nodes[at], nodes[end]];
  if (first === undefined || last === undefined) return [];
  const range = document.createRange();
  range.setStart(first.node, Math.min(from - first.start, first.node.length));
  range.setEnd(last.node, Math.min(to - last.start, last.node.length));
  return [range];
}
