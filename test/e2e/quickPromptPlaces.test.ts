import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lens, lineWith, nameOf, onProjects, saved, selectAll } from './support/answers.ts';
import { closeEditors } from './support/closeEditors.ts';
import { completions, messagesOf, rooms, sharedForeign } from './support/foreign.ts';
import { waitForKeptState } from './support/keptState.ts';
import { Panel } from './support/panel.ts';
import { projects } from './support/projects.ts';

describe('answers of quick prompts', () => {
  const withForeign = sharedForeign(onProjects);

  it('go in at the cursor, into the terminal, the clipboard, the panel and a room of their own', async () => {
    await withForeign(async ({ workbench, folder }, server) => {
      const { page, quickInput, notifications, chat } = workbench;
      const pick = async (name: string, reply: string) => {
        server.reply(reply);
        await page.keyboard.press('Control+Alt+q');
        await quickInput.waitForTitle('Quick Prompt');
        // What is typed is offered as a question, too; without it the rows move while the files are read.
        await quickInput.fill(name);
        const rows = page.locator('.quick-input-list .monaco-list-row').filter({ hasText: name });
        await rows.filter({ hasNotText: 'Ask' }).first().click();
      };
      const [project] = projects;
      assert.ok(project);
      const path = join(folder, project.file);
      const before = await readFile(path, 'utf8');
      await chat.ready();
      await workbench.openFile(nameOf(project.file));
      await selectAll(workbench);
      await page.keyboard.press('ArrowRight');
      await pick('Put Here', '```ts\nadd(1, 2);\nadd(2, 3);\n```');
      await lineWith(workbench, 'add(2, 3);').waitFor();
      await lens(workbench, 'Discard Answer').waitFor();
      await saved(workbench, path, `${before}add(1, 2);\r\nadd(2, 3);`);
      await page.keyboard.press('Control+Z');
      await saved(workbench, path, before);

      await pick('Command', '```sh\necho typed\n```');
      await notifications.waitFor('The answer stands in the terminal. Nothing was run.');
      await page.locator('.terminal-wrapper.active .xterm').waitFor();
      // What is typed goes on into the editor.
      await page.locator('.part.editor .monaco-editor.focused').waitFor();
      await workbench.runCommand('View: Toggle Panel Visibility');
      await pick('Greet', 'Good day');
      assert.deepEqual(await notifications.buttons('The answer was copied.'), ['Continue in Chat']);

      await pick('Aside', 'It is **there**.');
      const panel = new Panel(workbench);
      await panel.ready();
      await panel.turns().filter({ hasText: 'It is there.' }).waitFor();
      for (const text of ['One more', 'Two more']) {
        await pick('Chatty', text);
        await lineWith(workbench, text).waitFor();
        await lens(workbench, 'Continue in Chat').waitFor();
      }
      assert.deepEqual(
        rooms(server).map(({ name }) => name),
        ['Aside', 'Quick prompts'],
      );
      assert.deepEqual(server.violations, []);
      await closeEditors(workbench);
    });
  });

  it('go on in the Chat view from the panel, in a room that is made then', async () => {
    await withForeign(async ({ workbench }, server) => {
      const { page, chat } = workbench;
      await chat.ready();
      await workbench.openFile('add.py');
      await selectAll(workbench);
      server.reply('It adds ![a](https://example.com/a.png)');
      await workbench.runCommand('Tachyon: Explain Selection');
      await lineWith(workbench, 'It adds [a](').waitFor();
      // The place, and not the whole prompt.
      await lineWith(workbench, '> `tool/add.py:1–2`').waitFor();
      await lens(workbench, 'Continue in Chat').click();
      await new Panel(workbench).turns().filter({ hasText: 'It adds' }).waitFor();
      assert.equal(rooms(server).length, 0);
      await workbench.runCommand('Tachyon: Continue in Chat View');
      await page.locator('.interactive-session').filter({ hasText: 'It adds' }).first().waitFor();
      await chat.waitForAnswer();
      await chat.ask('@tachyon And then?');
      const messages = messagesOf(completions(server).at(-1));
      assert.match(messages.at(-2) ?? '', /^assistant: It adds/);
      assert.equal(rooms(server).length, 1);
      await closeEditors(workbench);
    });
  });

  it('are stopped by Escape, the status bar, the notification, and when their window closes, which the next one tells', async () => {
    await withForeign(async ({ workbench }, server) => {
      const { page, chat, notifications } = workbench;
      await chat.ready();
      const stops = [
        () => page.keyboard.press('Escape'),
        () => page.locator('.statusbar-item').filter({ hasText: 'Explain Selection' }).first().click(),
        () => page.locator('.notification-toast').getByRole('button', { name: 'Cancel' }).first().click(),
      ];
      for (const [count, stop] of stops.entries()) {
        await workbench.openFile('add.py');
        await selectAll(workbench);
        server.hold(`Half ${count}`);
        await workbench.runCommand('Tachyon: Explain Selection');
        await lineWith(workbench, `Half ${count}`).waitFor();
        await stop();
        const ended = await completions(server).at(-1)?.closed;
        assert.equal(ended?.early, true);
        await lineWith(workbench, '> The answer is not whole.').waitFor();
        await lens(workbench, 'Continue in Chat').waitFor();
        await closeEditors(workbench);
      }
      await workbench.openFile('add.py');
      server.hold('```py\nhalf = 1\nand');
      await workbench.askQuickPrompt('Put Here');
      await lineWith(workbench, 'half = 1').waitFor();
      await waitForKeptState(page, '"unfinishedAnswers":[{"name":"Put Here"');
      await page.goto('about:blank');
      assert.equal((await completions(server).at(-1)?.closed)?.early, true);
      await page.goBack();
      await workbench.ready();
      const told = await notifications.waitFor('may not be whole');
      assert.match(told, /“Put Here” was written into tool\/add\.py/);
      await notifications.press('may not be whole', 'Show');
      await closeEditors(workbench);
    });
  });
});
