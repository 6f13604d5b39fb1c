/** The Content Security Policy of the panel's page. `source`: where its styles and fonts come from. */
export function panelPolicy(nonce: string, source: string): string {
  return [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${source}`,
    `font-src ${source}`,
    `require-trusted-types-for 'script'`,
    'trusted-types dompurify',
    `form-action 'none'`,
    `base-uri 'none'`,
  ].join('; ');
}
