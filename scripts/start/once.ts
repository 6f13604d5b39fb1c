import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Workbench } from '../../test/e2e/support/workbench.ts';
import type { RunningServer } from '../../test/server/server.ts';
import { outFolder } from '../paths.ts';
import { launchBrowser, startSession } from '../vscode/session.ts';
import { createDemoFolder, demoConnection } from './demo.ts';

/** The picture that a headless run leaves. */
export const onceScreenshot = join(outFolder, 'start.png');

/**
 * Sends `@tachyon PROMPT` in the real Chat view of a VS Code with an empty profile, writes {@link onceScreenshot} and
 * returns the answer's text. Throws if no answer came.
 */
export async function answerOnce(prompt: string, vsix: string, server: RunningServer): Promise<string> {
  const base = await mkdtemp(join(tmpdir(), 'tachyon-start-'));
  try {
    const folder = join(base, 'demo');
    await createDemoFolder(folder);
    const session = await startSession({
      profileFolder: join(base, 'profile'),
      extensions: [vsix],
      ...demoConnection(server),
    });
    try {
      const browser = await launchBrowser();
      try {
        const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
        const workbench = await Workbench.open(context, session.windowUrl(folder));
        return await ask(workbench, prompt, server);
      } finally {
        await browser.close();
      }
    } finally {
      await session.server.stop();
    }
  } finally {
    await rm(base, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function ask(workbench: Workbench, prompt: string, server: RunningServer): Promise<string> {
  await mkdir(outFolder, { recursive: true });
  try {
    await workbench.chat.ready();
    const text = await workbench.chat.ask(`@tachyon ${prompt}`);
    const error = await workbench.chat.error();
    if (error !== undefined) throw new Error(`The Chat view shows an error: ${error}`);
    if (text === '') throw new Error('The answer is empty.');
    // Text alone could be the extension's own, such as a way to sign in.
    const asked = server.requests.some(({ path }) => path.endsWith('/chat/completions'));
    if (!asked) throw new Error(`The prompt did not reach the server. The Chat view shows: ${text}`);
    return text;
  } finally {
    await workbench.screenshot(onceScreenshot);
  }
}
