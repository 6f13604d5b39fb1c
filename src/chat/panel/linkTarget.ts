const schemes: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

/** The address that a link of a model leads to, as it is opened; undefined for what is never opened. */
export function linkTarget(href: string): string | undefined {
  if (!URL.canParse(href)) return undefined;
  const { protocol, href: address } = new URL(href);
  return schemes.has(protocol) ? address : undefined;
}
