import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { field, items } from '../support/foreignRequests.ts';
import { createServer, developmentKey, developmentOperator, type RunningServer } from '../server/server.ts';
import { attach, attached, chip, pasteFile, receiptBody } from './support/attaching.ts';
import { atOnePort } from './support/atOnePort.ts';
import { completionBodies, signIn } from './support/local.ts';
import { Panel } from './support/panel.ts';
import { sharedVSCode } from './support/sharedVSCode.ts';
import type { VSCode } from './support/vscode.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const sound = Buffer.from('RIFF....WAVEfmt ');

const env = { TACHYON_API_KEY: developmentKey };
const files = {
  '.gitignore': 'hidden.txt\n',
  'hidden.txt': 'hidden',
  'notes.md': '# Notes\n\nThe first line.\n',
  'broken.json': '{\n  "a": 1,\n  "b": \n}\n',
};

describe('attachments', () => {
  const useShared = sharedVSCode({ env, files, isRepository: true });
  const start = atOnePort(createServer);

  it('arrive at Tachyon as the receipt said, and are refused with a reason and nothing lost', async () => {
    await withLocal(async ({ workbench, folder }, server) => {
      const panel = new Panel(workbench);
      await writeFile(join(folder, 'notes.md'), '# Notes\n\nThe first line, changed.\n');
      await panel.open();
      await workbench.openFile('broken.json');
      await workbench.page.locator('.monaco-editor .view-lines').first().click();
      await workbench.page.keyboard.press('Control+A');
      await attach(panel, '#notes', 'notes.md');
      await attach(panel, '#selection', '#selection');
      await attach(panel, '#problems', '#problems', 'broken.json');
      await attach(panel, '#changes', '#changes');
      await pasteFile(panel, 'pasted.png', 'image/png', png);
      await chip(panel, 'pasted.png').waitFor();
      const told = await receiptBody(workbench, panel, '!image');
      // It stands in the box.
      await panel.composer().press('Enter');
      await panel.waitForState('answered');
      const body = completionBodies(server).at(-1);
      assert.equal(told, JSON.stringify(body));
      const parts = items(field(items(field(body, 'messages')).at(-1), 'content'));
      const text = String(field(parts[0], 'text'));
      assert.match(
        text,
        /^notes\.md:\n```markdown attachment 1 of 4\n# Notes\n\nThe first line, changed\.\n```/,
      );
      assert.match(text, /broken\.json, lines 1-\d:\n```json attachment 2 of 4\n\{\n {2}"a": 1/);
      assert.match(text, /broken\.json:4:1 error Value expected/);
      assert.match(
        text,
        /```diff attachment 4 of 4\ndiff --git a\/notes\.md[\s\S]*\+The first line, changed\./,
      );
      assert.match(text, /\n\n!image$/);
      const url = String(field(field(parts[1], 'image_url'), 'url'));
      assert.equal(url, `data:image/png;base64,${png.toString('base64')}`);
      assert.equal(await attached(panel).count(), 0);
      assert.deepEqual(await panel.lastTurn().locator('.prompt-text').innerText(), '!image');

      await workbench.runCommand('Tachyon: New Chat');
      await panel.turns().first().waitFor({ state: 'detached' });
      await pasteFile(panel, 'a.wav', 'audio/wav', sound);
      await chip(panel, 'a.wav').filter({ hasText: 'takes no files like a.wav' }).waitFor();
      await panel.composer().fill('Listen');
      await panel.composer().press('Enter');
      await panel.frame
        .getByText(/Nothing was sent/)
        .first()
        .waitFor();
      assert.equal(await panel.composer().inputValue(), 'Listen');
      await chip(panel, 'a.wav')
        .getByRole('button', { name: /^Remove/ })
        .click();
      await chip(panel, 'a.wav').waitFor({ state: 'detached' });

      await writeFile(join(folder, 'later-gone.txt'), 'here');
      const explorer = workbench.page.locator('.explorer-viewlet');
      await explorer.getByText('later-gone.txt').waitFor();
      await attach(panel, '#later', 'later-gone.txt');
      await rm(join(folder, 'later-gone.txt'));
      await panel.composer().fill('Is it there?');
      await panel.composer().press('Enter');
      await chip(panel, 'later-gone.txt').filter({ hasText: 'no longer there' }).waitFor();
      // The chip tells it before the prompt is back in its box.
      await panel.turns().first().waitFor({ state: 'detached' });
      assert.equal(await panel.composer().inputValue(), 'Is it there?');
      assert.equal(completionBodies(server).length, 1);
      await chip(panel, 'later-gone.txt')
        .getByRole('button', { name: /^Remove/ })
        .click();
      await chip(panel, 'later-gone.txt').waitFor({ state: 'detached' });

      await panel.composer().fill('#hidden');
      await panel.frame.getByText('Nothing found').waitFor();
    });
  });

  it('arrive at OpenAI as the right parts: an image, a sound and a file', async () => {
    await withLocal(async (vscode, server) => {
      const { workbench } = vscode;
      const panel = new Panel(workbench);
      await workbench.chat.ready();
      await signIn(vscode, 'openai');
      await workbench.runCommand('Tachyon: Select Model…');
      await workbench.quickInput.waitForTitle(/^Select Model$/);
      await workbench.quickInput.pick(/gpt-4o-demo(?!-)/);
      await workbench.chat.ready(/^\s*gpt-4o-demo\s*$/);
      await panel.open();
      await pasteFile(panel, 'pasted.png', 'image/png', png);
      await pasteFile(panel, 'sound.wav', 'audio/wav', sound);
      await attach(panel, '#broken', 'broken.json');
      await attached(panel).nth(2).waitFor();
      const told = await receiptBody(workbench, panel, '!image');
      // It stands in the box.
      await panel.composer().press('Enter');
      await panel.waitForState('answered');
      const [body] = completionBodies(server);
      assert.equal(told, JSON.stringify(body));
      const content = field(items(field(body, 'messages')).at(-1), 'content');
      assert.deepEqual(
        items(content).map((part) => field(part, 'type')),
        ['text', 'image_url', 'input_audio'],
      );
      assert.deepEqual(field(items(content)[2], 'input_audio'), {
        data: sound.toString('base64'),
        format: 'wav',
      });
    });
  });

  async function withLocal(use: (vscode: VSCode, server: RunningServer) => Promise<void>): Promise<void> {
    const server = await start();
    try {
      const connections = {
        tachyon: { kind: 'tachyon', url: server.url, operatorId: developmentOperator },
        openai: { kind: 'openai', url: server.baseUrls.openai },
      };
      const settings = {
        'tachyon.connections': connections,
        'tachyon.defaultModel': 'tachyon/tachyon/demo',
      };
      await useShared(settings, (vscode) => use(vscode, server));
    } finally {
      await server.close();
    }
  }
});
