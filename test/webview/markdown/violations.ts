const attributes: Readonly<Record<string, RegExp>> = {
  'a href': /^(?:https?:\/\/[^\s]+|mailto:[^\s]*)$/,
  'a title': /^(?:https?:|mailto:)/,
  'ol start': /^\d{1,9}$/,
  'li class': /^task$/,
  'p class': /^(?:math|plain-note)$/,
  'th class': /^align-(?:center|right)$/,
  'td class': /^align-(?:center|right)$/,
  'div class': /^(?:markdown|block-box|code-block|code-header|code-toolbar|table-box|plain-text)$/,
  'div tabindex': /^0$/,
  'div role': /^(?:group|toolbar)$/,
  'div aria-label': /^Code: [\w+#.-]{1,30}$/,
  'span class':
    /^(?:icon icon-(?:copy|insert|git-compare|ellipsis)|code-language|code-slice|plain-slice|(?:hljs-[a-z-]+|[a-z]+_| )+)$/,
  'span aria-hidden': /^true$/,
  'button class': /^icon-button$/,
  'button type': /^button$/,
  'button tabindex': /^(?:0|-1)$/,
  'button aria-label': /^(?:Copy|Insert|Apply|More)$/,
  'button title': /^(?:Copy|Insert|Apply|More)$/,
  'button aria-haspopup': /^menu$/,
  'button aria-expanded': /^false$/,
  'pre class': /^code-text$/,
  'pre tabindex': /^0$/,
  'pre role': /^group$/,
  'pre aria-label': /^Code: [\w+#.-]{1,30}$/,
};
const elements = new Set(
  `a blockquote br button code del div em h1 h2 h3 h4 h5 h6 hr li ol p pre s span strong table tbody td th thead tr ul`.split(
    ' ',
  ),
);
const hidden = /[\u202A-\u202E\u2066-\u2069\u{E0000}-\u{E007F}]/u;

/** What in the element no list allows. Written apart from the lists of the product. */
export function violations(root: Element): string[] {
  return [...root.querySelectorAll('*')].flatMap((element) => {
    const name = element.localName;
    const found =
      elements.has(name) && element.namespaceURI === 'http://www.w3.org/1999/xhtml' ? [] : [`<${name}>`];
    for (const { name: attribute, value } of element.attributes) {
      if (attributes[`${name} ${attribute}`]?.test(value) !== true)
        found.push(`<${name} ${attribute}="${value}">`);
      if (hidden.test(value)) found.push(`hidden characters in <${name} ${attribute}>`);
    }
    for (const node of element.childNodes) {
      if (node.nodeType !== Node.ELEMENT_NODE && node.nodeType !== Node.TEXT_NODE)
        found.push(`node ${node.nodeName}`);
      if (node instanceof Text && hidden.test(node.data)) found.push(`hidden characters in <${name}>`);
    }
    return found;
  });
}
