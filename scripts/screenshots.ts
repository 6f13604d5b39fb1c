// npm run screenshots: takes the README's pictures in a real VS Code with an empty profile.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Panel } from '../test/e2e/support/panel.ts';
import { Workbench } from '../test/e2e/support/workbench.ts';
import type { RunningServer } from '../test/server/server.ts';
import { createServer, developmentKey } from '../test/server/server.ts';
import { exitOnSignals } from './lifetime.ts';
import { createPackage } from './packaging/vsix.ts';
import { outFolder, root } from './paths.ts';
import { createDemoFolder } from './start/demo.ts';
import { launchBrowser, quietSettings, startSession } from './vscode/session.ts';

/** They belong to the repository and do not ship in the package. */
const pictureFolder = join(root, 'media', 'readme');
const windowSize = { width: 1200, height: 800 };
const settings = {
  ...quietSettings,
  // A picture taken while something fades in shows half of it.
  'workbench.reduceMotion': 'on',
  'chat.viewSessions.enabled': false,
};

async function main(): Promise<void> {
  const vsix = join(outFolder, 'readme.vsix');
  await createPackage(vsix);
  await mkdir(pictureFolder, { recursive: true });
  const base = await mkdtemp(join(tmpdir(), 'tachyon-readme-'));
  const server = await createServer({ operators: [{ id: 'tn_demo', name: 'Demo' }] });
  try {
    const folder = join(base, 'demo');
    await createDemoFolder(folder);
    const profileFolder = join(base, 'profile');
    const env = { TACHYON_API_URL: server.url };
    const session = await startSession({ profileFolder, settings, extensions: [vsix], env });
    try {
      const browser = await launchBrowser();
      try {
        const context = await browser.newContext({ viewport: windowSize });
        const workbench = await Workbench.open(context, session.windowUrl(folder));
        try {
          await takePictures(workbench, server);
        } catch (error) {
          await workbench.screenshot(join(outFolder, 'readme-failure.png'));
          throw error;
        }
      } finally {
        await browser.close();
      }
    } finally {
      await session.server.stop();
    }
  } finally {
    await server.close();
    await rm(base, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** One visit of a new user: the first prompt, the sign-in, the answer, the model picker, the panel, the quick prompts. */
async function takePictures(workbench: Workbench, server: RunningServer): Promise<void> {
  const { chat, page, quickInput } = workbench;
  await chat.ready('Sign in to Tachyon');
  await widenChat(workbench);
  await chat.ask('@tachyon What is a chatroom?');
  await chat.pressButton('Sign In');
  await quickInput.waitForTitle('Sign In');
  await picture(workbench, 'sign-in');
  await quickInput.pick(server.url);
  await quickInput.waitForTitle('Sign in to Tachyon (2/3)');
  await quickInput.fill(developmentKey);
  await quickInput.accept();
  await chat.waitForText('is bound to one chatroom');
  await chat.waitForAnswer();
  await picture(workbench, 'answer');

  await page.locator('.interactive-input-part .model-picker-name').click();
  const models = page.locator('.action-widget .monaco-list-row');
  await models.getByText('Other Models').click();
  await models.getByText('demo-large').waitFor();
  await picture(workbench, 'models');
  await page.keyboard.press('Escape');

  const panel = new Panel(workbench);
  await workbench.runCommand('Tachyon: Open in Panel');
  await panel.waitForText('is bound to one chatroom');
  await panel.ask('And what is a turn?');
  await picture(workbench, 'panel');

  await workbench.runCommand('View: Toggle Secondary Side Bar Visibility');
  await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
  await workbench.openFile('README.md');
  await workbench.runCommand('Tachyon: Quick Prompt…');
  await quickInput.waitForTitle('Quick Prompt');
  await quickInput.waitForFirst(/^Explain Selection/);
  await quickInput.fill('What is a chatroom?');
  await quickInput.waitForFirst(/^What is a chatroom/);
  await quickInput.accept();
  await page.locator('.codelens-decoration a').filter({ hasText: 'Continue in Chat' }).first().waitFor();
  await workbench.runCommand('Tachyon: Quick Prompt…');
  await quickInput.waitForFirst(/^What is a chatroom/);
  await picture(workbench, 'quick-prompts');
}

/** Drags the border of the Chat view to the left, so that tables in an answer have room. */
async function widenChat({ page }: Workbench): Promise<void> {
  const chat = await page.locator('.part.auxiliarybar').boundingBox();
  if (chat === null) throw new Error('The Chat view is hidden.');
  const middle = chat.y + chat.height / 2;
  await page.mouse.move(chat.x - 1, middle);
  await page.mouse.down();
  await page.mouse.move(windowSize.width / 2 - 20, middle, { steps: 10 });
  await page.mouse.up();
}

async function picture({ page }: Workbench, name: string): Promise<void> {
  const path = join(pictureFolder, `${name}.png`);
  await page.mouse.move(0, 0);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  console.log(path);
}

exitOnSignals();
await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
