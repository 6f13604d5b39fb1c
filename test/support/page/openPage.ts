import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { root } from '../../../scripts/paths.ts';
import { panelPolicy } from '../../../src/shared/panelPolicy.ts';
import { startLoopback } from '../loopback.ts';

/** A page in a real Chromium, and what it must not do. */
export interface OpenedPage {
  readonly page: Page;
  /** Address of a server that nothing in the page may reach. */
  readonly outside: string;
  /** Requests that reached it, dialogs, navigations and new windows. Empty is good. */
  readonly incidents: () => string[];
  close(): Promise<void>;
}

/** What a page is made of. */
export interface PageOptions {
  /** Script of the page, in TypeScript, by its path in the project. */
  readonly entry: string;
  /** Style sheets, by their paths in the project. */
  readonly styles?: readonly string[];
  /** Markup of the body. */
  readonly body?: string;
  /** Without the content security policy that the panel has. Default false. */
  readonly isUnprotected?: boolean;
}

/** Bundles the script and opens a page with it under the policy of the panel. */
export async function openPage(browser: Browser, options: PageOptions): Promise<OpenedPage> {
  const script = await bundle(options.entry);
  const styles = await Promise.all((options.styles ?? []).map((file) => readFile(join(root, file), 'utf8')));
  const nonce = randomBytes(16).toString('base64');
  const links = styles.map((_, i) => `<link rel="stylesheet" href="/${i}.css">`).join('');
  const html = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Page</title>${links}</head>
<body>${options.body ?? ''}<script nonce="${nonce}" src="/page.js"></script></body></html>`;
  const inside = await startLoopback((response, { url }) => {
    const style = styles[Number(/^\/(\d+)\.css$/.exec(url)?.[1] ?? -1)];
    if (url === '/') {
      if (options.isUnprotected !== true)
        response.setHeader('content-security-policy', panelPolicy(nonce, inside.url));
      response.setHeader('content-type', 'text/html; charset=utf-8').end(html);
    } else if (url === '/page.js') {
      response.setHeader('content-type', 'text/javascript; charset=utf-8').end(script);
    } else if (style !== undefined) {
      response.setHeader('content-type', 'text/css; charset=utf-8').end(style);
    } else {
      response.writeHead(404).end();
    }
  });
  // It would serve everything: what is asked of it is an incident.
  const outside = await startLoopback(
    (response) => void response.setHeader('access-control-allow-origin', '*').end(),
  );
  const context = await browser.newContext();
  const page = await context.newPage();
  const seen: string[] = [];
  await page.goto(`${inside.url}/`);
  page.on('dialog', (dialog) => {
    seen.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('framenavigated', (frame) => seen.push(`navigation: ${frame.url()}`));
  page.on('crash', () => seen.push('crash'));
  page.on('pageerror', (error) => seen.push(`error: ${error.message}`));
  context.on('page', (opened) => seen.push(`window: ${opened.url()}`));
  const served = inside.received.length;
  return {
    page,
    outside: outside.url,
    incidents: () => [
      ...seen,
      ...outside.received.map(({ url }) => `request: ${url}`),
      // A relative address leads to the page's own server.
      ...inside.received
        .slice(served)
        .flatMap(({ url }) => (url === '/favicon.ico' ? [] : [`request: ${url}`])),
    ],
    async close() {
      await context.close();
      await Promise.all([inside.stop(), outside.stop()]);
    },
  };
}

/** Bundles a script of the page, by its path in the project. */
export async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2023',
    charset: 'utf8',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}
