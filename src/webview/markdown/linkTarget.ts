/** Where a link leads, if it may lead anywhere. */
export interface LinkTarget {
  /** As a browser reads it: ASCII, host in Punycode. */
  readonly href: string;
  /** Host, or address of a mail. */
  readonly place: string;
  /** The place is easily taken for another one, whatever the link's text says. */
  readonly isDoubtful: boolean;
}

const allowed = /^(?:https?:\/\/|mailto:)/i;
const domains = /[\p{L}\p{M}\p{N}-]+(?:\.[\p{L}\p{M}\p{N}-]+)*\.[\p{L}\p{M}\p{N}-]{2,}/gu;

/** Reads an address; undefined unless it is http, https or mailto, which is all that may be opened. */
export function readLinkTarget(href: string): LinkTarget | undefined {
  if (!allowed.test(href) || !URL.canParse(href)) return undefined;
  const url = new URL(href);
  if (url.protocol === 'mailto:') {
    return { href: url.href, place: decoded(url.pathname), isDoubtful: false };
  }
  const hasUser = url.username !== '' || url.password !== '';
  return { href: url.href, place: url.host, isDoubtful: hasUser || /(?:^|\.)xn--/.test(url.hostname) };
}

/** Whether the text names another place than the one that the link leads to, or could be taken for one. */
export function isMisleading(text: string, target: LinkTarget): boolean {
  if (target.isDoubtful) return true;
  const named = text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/([^\s/:])\/\S*/g, '$1') // paths end in names with dots too, such as `main.py`
    .toLowerCase();
  const place = target.place.toLowerCase();
  if (place.includes('@')) return named.includes('@') && !named.includes(place);
  const host = withoutWww(place.replace(/:\d+$/, ''));
  return [...named.matchAll(domains)].some(([domain]) => {
    const name = withoutWww(domain);
    return host !== name && !host.endsWith(`.${name}`);
  });
}

function withoutWww(host: string): string {
  return host.replace(/^www\./, '');
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
