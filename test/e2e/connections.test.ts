import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createServer, developmentKey, type RunningServer } from '../server/server.ts';
import { field } from '../support/foreignRequests.ts';
import { startLoopback } from '../support/loopback.ts';
import { startOllamaLike } from '../support/ollamaLike.ts';
import { completionBodies } from './support/local.ts';
import { openPickerWith } from './support/modelPicker.ts';
import { sharedServer } from './support/sharedVSCode.ts';
import type { VSCode } from './support/vscode.ts';

/** The user's settings as they stand in the file. */
async function settingsOf({ session }: VSCode): Promise<string> {
  return readFile(join(session.profile.userData, 'User', 'settings.json'), 'utf8');
}

describe('connections', () => {
  const useVSCode = sharedServer();

  describe('a new user', () => {
    let server: RunningServer;

    beforeEach(async () => {
      server = await createServer();
    });

    afterEach(() => server.close());

    it('without any key finds a local server, and the first prompt is answered from there', async () => {
      const local = await startOllamaLike(server.baseUrls['openai-compatible'], ['demo:latest']);
      try {
        await useVSCode({}, async (vscode) => {
          const { chat, quickInput } = vscode.workbench;
          await chat.ready('Sign in to Tachyon');
          await chat.ask('@tachyon !echo from home');
          await chat.pressButton('Use a Local Model');
          await quickInput.waitForTitle('A Local Server');
          // The one that is there has the focus.
          await vscode.workbench.page
            .locator('.quick-input-list .monaco-list-row.focused')
            .filter({ hasText: 'demo:latest, demo-think:8b' })
            .waitFor();
          const items = await quickInput.items();
          for (const name of ['Ollama', 'LM Studio', 'llama.cpp', 'vLLM', 'Another address']) {
            assert.ok(
              items.some((item) => item.includes(name)),
              name,
            );
          }
          await quickInput.accept();
          await chat.waitForText('from home');
          await chat.waitForText(/demo:latest · ollama/);
          assert.match(
            await settingsOf(vscode),
            new RegExp(`"url": "http://127\\.0\\.0\\.1:${local.port}/v1"`),
          );
        });
      } finally {
        await local.stop();
      }
    });

    it('adds a server that needs no key by its URL, also without /v1 behind it', async () => {
      await useVSCode({}, async (vscode) => {
        const { chat, quickInput } = vscode.workbench;
        await chat.ready('Sign in to Tachyon');
        await chat.ask('@tachyon !echo no key');
        await chat.pressButton('Sign In');
        await quickInput.waitForTitle('Sign In');
        await quickInput.pick('Other (OpenAI-compatible)');
        await quickInput.waitForTitle('Other (OpenAI-compatible)');
        await quickInput.fill(server.baseUrls['openai-compatible']);
        await quickInput.accept();
        await quickInput.waitForTitle('Sign in to local (2/2)');
        await quickInput.accept();
        await chat.waitForText('no key');
        await chat.waitForText(/demo:latest · local/);
      });
    });

    it('signs in to OpenAI with a key alone', async () => {
      const settings = { 'tachyon.connections': { openai: { kind: 'openai', url: server.baseUrls.openai } } };
      await useVSCode(settings, async (vscode) => {
        const { chat, quickInput } = vscode.workbench;
        await chat.ready('Sign in to Tachyon');
        await chat.ask('@tachyon !echo paid');
        await chat.pressButton('Sign In');
        await quickInput.pick(/^openai/);
        await quickInput.fill(developmentKey);
        await quickInput.accept();
        await chat.waitForText('paid');
        await chat.waitForText(/· openai ·/);
        assert.doesNotMatch(await settingsOf(vscode), new RegExp(developmentKey));
      });
    });
  });

  describe('a model that is still being loaded', () => {
    it('is shown as such in the picker, and a prompt waits for it and says so', async () => {
      let isLoaded = false;
      const server = await startLoopback((response, { url }) => {
        if (url === '/v1/models') {
          const model = { id: 'big.gguf', object: 'model', owned_by: 'llamacpp', meta: isLoaded ? {} : null };
          response.setHeader('content-type', 'application/json');
          response.end(JSON.stringify({ object: 'list', data: [model] }));
        } else if (isLoaded) {
          const choices = [{ index: 0, delta: { content: 'Here I am.' }, finish_reason: 'stop' }];
          response.setHeader('content-type', 'text/event-stream');
          response.end(`data: ${JSON.stringify({ choices })}\n\ndata: [DONE]\n\n`);
        } else {
          const error = { code: 503, message: 'Loading model', type: 'unavailable_error' };
          response.writeHead(503, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
        }
      });
      try {
        const connections = { tachyon: null, llama: { kind: 'openai-compatible', url: `${server.url}/v1` } };
        await useVSCode({ 'tachyon.connections': connections }, async ({ workbench }) => {
          const { chat, page } = workbench;
          await chat.ready();
          await openPickerWith(page, 'llama, loading…');
          await page.keyboard.press('Escape');
          await chat.send('@tachyon Are you there?');
          await chat.waitForText(/The model of “llama” is still being loaded; trying again in \d+ s\./);
          isLoaded = true;
          await chat.pressButton('Try Now');
          await chat.waitForText('Here I am.');
        });
      } finally {
        await server.stop();
      }
    });
  });

  describe('Manage Connections', () => {
    let server: RunningServer;

    beforeEach(async () => {
      server = await createServer();
    });

    afterEach(() => server.close());

    it('tests, changes, renames and removes a connection by keyboard, and its conversation goes on', async () => {
      const settings = {
        'tachyon.connections': {
          tachyon: null,
          local: { kind: 'openai-compatible', url: server.baseUrls['openai-compatible'] },
        },
      };
      await useVSCode(settings, async (vscode) => {
        const { workbench } = vscode;
        const { chat, quickInput, notifications } = workbench;
        const choose = async (title: string, typed: string) => {
          await quickInput.waitForTitle(title);
          await quickInput.fill(typed);
          await quickInput.accept();
        };
        await chat.ready();
        await chat.ask('@tachyon !echo one');

        await workbench.runCommand('Tachyon: Manage Connections…');
        await choose('Manage Connections', 'local');
        await choose('local', 'Test');
        await notifications.waitFor(/local works: 2 models for chat, and demo:latest began to answer after/);
        await choose('local', 'Default Parameters');
        await choose('Default Parameters of local', 'temperature');
        await quickInput.waitForTitle('local: temperature');
        await quickInput.fill('3');
        await quickInput.accept();
        assert.match(await quickInput.validationMessage(), /“temperature” must be a number from 0 to 2/);
        await choose('local: temperature', '0.25');
        await quickInput.waitForTitle('Default Parameters of local');
        await quickInput.cancel();
        await choose('local', 'Rename');
        await choose('Rename local', 'home');
        await quickInput.waitForTitle(/^home$/);
        await quickInput.cancel();
        await quickInput.waitForTitle('Manage Connections');
        await quickInput.cancel();
        await quickInput.waitUntilClosed();

        await chat.ready();
        await chat.ask('@tachyon !echo two');
        await chat.waitForText(/· home ·/);
        const body = completionBodies(server).at(-1);
        assert.equal(field(body, 'temperature'), 0.25);
        assert.deepEqual(field(body, 'messages'), [
          { role: 'user', content: '!echo one' },
          { role: 'assistant', content: 'one' },
          { role: 'user', content: '!echo two' },
        ]);
        assert.doesNotMatch(await chat.responseText(), /new chatroom/);

        await workbench.runCommand('Tachyon: Manage Connections…');
        await choose('Manage Connections', 'home');
        await choose('home', 'Remove');
        await workbench.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Remove' }).click();
        await quickInput.waitForTitle('Manage Connections');
        await quickInput.cancel();
        assert.doesNotMatch(await settingsOf(vscode), /"home"|"local"/);
      });
    });
  });

  describe('Select Model', () => {
    it('makes one the default and opens the Chat view with it, also one that is usually left out', async () => {
      const server = await createServer();
      try {
        const settings = {
          'tachyon.connections': {
            tachyon: null,
            local: { kind: 'openai-compatible', url: server.baseUrls['openai-compatible'] },
          },
        };
        await useVSCode(settings, async (vscode) => {
          const { chat, quickInput, notifications } = vscode.workbench;
          await chat.ready();
          await vscode.workbench.runCommand('Tachyon: Select Model…');
          await quickInput.waitForTitle(/^Select Model$/);
          await quickInput.pick('demo-think:8b');
          await notifications.waitFor(/local\/demo-think:8b is the default model now/);
          await chat.ready('demo-think:8b');
          await vscode.workbench.runCommand('Tachyon: Select Model…');
          await quickInput.waitForTitle(/^Select Model$/);
          await quickInput.pick('All models');
          await quickInput.waitForTitle('Select Model (all models)');
          await quickInput.pick('demo-embed:latest');
          await chat.ready('demo-embed:latest');
          const text = await settingsOf(vscode);
          assert.match(text, /"tachyon\.defaultModel": "local\/demo-embed:latest"/);
          assert.match(text, /"demo-embed:latest": \{\s*"shown": true\s*\}/);
        });
      } finally {
        await server.close();
      }
    });
  });
});
