import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { root } from '../../../../scripts/paths.ts';
import type {
  ConversationState,
  FromWebview,
  RoomListState,
  ToWebview,
} from '../../../../src/shared/panelMessages.ts';
import { panelPolicy } from '../../../../src/shared/panelPolicy.ts';
import { startLoopback } from '../../../support/loopback.ts';
import { bundle } from '../../../support/page/openPage.ts';
import type { Loopback } from '../../../support/loopback.ts';
import { texts } from './texts.ts';
import { themeCss, themeNames, themes } from './themes.ts';
import type { ThemeName } from './themes.ts';
import { aNewChat } from './turns.ts';

const noRooms: RoomListState = { groups: [], deleted: [], search: '', hasMore: false, isLoading: false };

const codicons = createRequire(import.meta.url).resolve('@vscode/codicons/dist/codicon.ttf');

/** A server that has the page under the policy of a webview. */
export interface PanelPages {
  open(options?: PanelPageOptions): Promise<PanelPage>;
  stop(): Promise<void>;
}

/** How a page is opened. */
interface PanelPageOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly conversation?: ConversationState;
  readonly list?: RoomListState;
  /** The host takes its time: the test posts the first conversation. */
  readonly isLate?: boolean;
  readonly start?: Partial<Extract<ToWebview, { type: 'start' }>>;
  /** Answers a message; what it returns is posted to the page. */
  readonly answer?: (message: FromWebview) => readonly ToWebview[];
}

/** The page of the panel with a host that is played by the test. */
export interface PanelPage {
  readonly page: Page;
  /** The composer's. */
  readonly box: Locator;
  /** All that the page sent, oldest first. */
  readonly sent: readonly FromWebview[];
  readonly post: (...messages: ToWebview[]) => Promise<void>;
  /** Waits for the next message of this type that no call has returned yet. */
  readonly take: <T extends FromWebview['type']>(type: T) => Promise<Extract<FromWebview, { type: T }>>;
  /** What the page threw, or what the policy refused. */
  readonly complaints: readonly string[];
  /** Changes the colours as VS Code does when the person picks another theme. */
  readonly setTheme: (theme: ThemeName) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Builds the page once, and serves it to a browser. */
export async function servePanelPages(browser: Browser): Promise<PanelPages> {
  const script = await bundle('src/webview/main.ts');
  const server = await startLoopback((response, { url }) => serve(url, script, response));
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-US' });
  // Keeps the browser's window open: each new one has processes of its own, which take longer than a page.
  await context.newPage();
  return {
    open: (options = {}) => openPage(context, server, options),
    async stop() {
      await context.close();
      await server.stop();
    },
  };
}

async function serve(
  url: string,
  script: string,
  response: Parameters<Parameters<typeof startLoopback>[0]>[0],
): Promise<void> {
  const { pathname, searchParams } = new URL(url, 'http://page');
  const reply = (type: string, body: string | Buffer, headers: Record<string, string> = {}): void => {
    response.writeHead(200, { 'content-type': type, ...headers }).end(body);
  };
  const theme = themeNames.find((name) => name === searchParams.get('theme')) ?? 'dark';
  switch (pathname) {
    case '/':
      reply('text/html; charset=utf-8', ...document(theme));
      return;
    case '/panel.js':
      reply('text/javascript; charset=utf-8', script);
      return;
    case '/host.js':
      reply('text/javascript; charset=utf-8', hostScript);
      return;
    case '/theme.css':
      reply('text/css', themeCss(theme));
      return;
    case '/codicon.ttf':
      reply('font/ttf', await readFile(codicons));
      return;
    case '/panel.css':
    case '/markdown.css':
      reply('text/css; charset=utf-8', await readFile(join(root, 'media', pathname), 'utf8'));
      return;
    case '/favicon.ico':
      response.writeHead(204).end();
      return;
    default:
      response.writeHead(404).end();
  }
}

/** Keeps the state as VS Code does, which outlives a page that is hidden. */
const hostScript = `globalThis.acquireVsCodeApi = () => ({
  postMessage: (message) => globalThis.toHost(message),
  getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
  setState: (state) => sessionStorage.setItem('state', JSON.stringify(state)),
});`;

function document(theme: ThemeName): [string, Record<string, string>] {
  const nonce = randomBytes(16).toString('hex');
  const policy = panelPolicy(nonce, "'self'");
  const html = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tachyon</title>
<link rel="stylesheet" href="theme.css?theme=${theme}">
<link rel="stylesheet" href="panel.css">
<script nonce="${nonce}" src="host.js"></script>
</head>
<body class="${themes[theme].kind}">
<script nonce="${nonce}" src="panel.js"></script>
</body>
</html>`;
  return [html, { 'content-security-policy': policy }];
}

async function openPage(
  context: BrowserContext,
  server: Loopback,
  options: PanelPageOptions,
): Promise<PanelPage> {
  const { theme = 'dark', width = 400, height = 720 } = options;
  const page = await context.newPage();
  await page.setViewportSize({ width, height });
  const sent: FromWebview[] = [];
  const waiting: (() => void)[] = [];
  const taken = new Set<FromWebview>();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });

  const post = async (...messages: ToWebview[]): Promise<void> => {
    if (messages.length === 0) return;
    // As JSON: Playwright's own way takes seconds for a message of thousands of objects.
    await page.evaluate((json) => {
      const list: unknown[] = JSON.parse(json);
      // As VS Code does: one event for each, before this returns.
      for (const data of list) window.dispatchEvent(new MessageEvent('message', { data }));
    }, JSON.stringify(messages));
  };
  const answers = (message: FromWebview): readonly ToWebview[] => {
    if (message.type !== 'ready') return options.answer?.(message) ?? [];
    const start = { type: 'start', texts, locale: 'en', hasChatView: true, isEditor: false } as const;
    const conversation = options.conversation ?? aNewChat();
    const firstConversation = { type: 'conversation', conversation } as const;
    return [
      { ...start, ...options.start },
      { type: 'rooms', list: options.list ?? noRooms },
      ...(options.isLate ? [] : [firstConversation]),
      ...(options.answer?.(message) ?? []),
    ];
  };
  await page.exposeFunction('toHost', async (message: FromWebview) => {
    await post(...answers(message));
    sent.push(message);
    for (const wake of waiting.splice(0)) wake();
  });
  await page.goto(`${server.url}/?theme=${theme}`);
  await page.locator('.page').waitFor();

  return {
    page,
    box: page.getByRole('textbox', { name: 'Prompt' }),
    sent,
    complaints,
    post,
    async take<T extends FromWebview['type']>(type: T) {
      const isWanted = (message: FromWebview): message is Extract<FromWebview, { type: T }> =>
        message.type === type && !taken.has(message);
      for (;;) {
        const found = sent.find(isWanted);
        if (found !== undefined) {
          taken.add(found);
          return found;
        }
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
        });
      }
    },
    setTheme: (next) =>
      page.evaluate(
        ([href, kind]) =>
          new Promise<void>((resolve) => {
            const { head, body } = window.document;
            const old = head.querySelector('link');
            const link = Object.assign(window.document.createElement('link'), { rel: 'stylesheet', href });
            link.addEventListener('load', () => {
              old?.remove();
              resolve();
            });
            old?.before(link);
            body.className = kind;
          }),
        [`theme.css?theme=${next}`, themes[next].kind] as const,
      ),
    close: () => page.close(),
  };
}
