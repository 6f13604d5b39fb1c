// npm run screenshots: writes pictures of the Chat view, one per theme, to out/screenshots.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Workbench } from '../test/e2e/support/workbench.ts';
import { createServer } from '../test/server/server.ts';
import { createPackage } from './packaging/vsix.ts';
import { outFolder } from './paths.ts';
import { createDemoFolder, demoConnection } from './start/demo.ts';
import { launchBrowser, startSession } from './vscode/session.ts';

const themes = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'high-contrast': 'Default High Contrast',
};

async function takeScreenshot(name: string, theme: string, vsix: string): Promise<void> {
  const base = await mkdtemp(join(tmpdir(), 'tachyon-screenshots-'));
  const server = await createServer();
  const { settings, env } = demoConnection(server);
  await createDemoFolder(join(base, 'demo'));
  const session = await startSession({
    profileFolder: join(base, 'profile'),
    settings: { ...settings, 'workbench.colorTheme': theme },
    extensions: [vsix],
    env,
  });
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const workbench = await Workbench.open(context, session.windowUrl(join(base, 'demo')));
    await workbench.chat.ready();
    await workbench.chat.ask('@tachyon What is a chatroom?');
    await workbench.screenshot(join(outFolder, 'screenshots', `chat-view-${name}.png`));
  } finally {
    await browser.close();
    await session.server.stop();
    await server.close();
    await rm(base, { recursive: true, force: true, maxRetries: 3 });
  }
}

const vsix = join(outFolder, 'tachyon-chat.vsix');
await createPackage(vsix);
await mkdir(join(outFolder, 'screenshots'), { recursive: true });
for (const [name, theme] of Object.entries(themes)) await takeScreenshot(name, theme, vsix);
