import DOMPurify from 'dompurify';
import type { Config } from 'dompurify';

const common = {
  // A fragment: HTML that is written out and read again can become another one on the way.
  RETURN_DOM_FRAGMENT: true,
  ALLOW_ARIA_ATTR: false,
  ALLOW_DATA_ATTR: false,
  ALLOWED_NAMESPACES: ['http://www.w3.org/1999/xhtml'],
  ALLOWED_URI_REGEXP: /^(?:https?:\/\/|mailto:)/i,
} as const satisfies Config;

const forMarkdown = {
  ...common,
  ALLOWED_NAMESPACES: [...common.ALLOWED_NAMESPACES],
  ALLOWED_TAGS:
    `p br hr h1 h2 h3 h4 h5 h6 blockquote ul ol li pre code a em strong s table thead tbody tr th td`.split(
      ' ',
    ),
  ALLOWED_ATTR: ['href', 'title', 'start', 'class'],
  ADD_URI_SAFE_ATTR: ['start'], // or a number would have to be an address
} satisfies Config & { RETURN_DOM_FRAGMENT: true };

const forCode = {
  ...common,
  ALLOWED_NAMESPACES: [...common.ALLOWED_NAMESPACES],
  ALLOWED_TAGS: ['span'],
  ALLOWED_ATTR: ['class'],
} satisfies Config & { RETURN_DOM_FRAGMENT: true };

const markdownClass = /^(?:task|math|align-(?:center|right)|language-[\w+#.-]{1,30})$/;
const codeClass = /^(?:hljs-[a-z-]+|[a-z]+_| )+$/;

/** HTML of rendered markdown as DOM: only what the lists allow, and no class but ours. */
export function sanitiseMarkdown(html: string): DocumentFragment {
  return withClasses(DOMPurify.sanitize(html, forMarkdown), markdownClass);
}

/** HTML of highlighted code as DOM. */
export function sanitiseCode(html: string): DocumentFragment {
  return withClasses(DOMPurify.sanitize(html, forCode), codeClass);
}

function withClasses(fragment: DocumentFragment, allowed: RegExp): DocumentFragment {
  for (const element of fragment.querySelectorAll('[class]')) {
    if (!allowed.test(element.className)) element.removeAttribute('class');
  }
  return fragment;
}
