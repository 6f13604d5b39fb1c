import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ForeignServer } from '../support/foreignServer.ts';
import { lens, lineWith, nameOf, onProjects, saved, selectAll } from './support/answers.ts';
import { closeEditors } from './support/closeEditors.ts';
import { projects } from './support/projects.ts';
import { Panel } from './support/panel.ts';
import { completions, messagesOf, rooms, sharedForeign } from './support/foreign.ts';

describe('quick prompts', () => {
  const withForeign = sharedForeign(onProjects);

  for (const { language, file, text, context, code, changed, documentation, tests } of projects) {
    it(`get what they need of a project in ${language}, and answer where it belongs`, async () => {
      await withForeign(async ({ workbench, folder }, server) => {
        const { page, chat, notifications } = workbench;
        const path = join(folder, file);
        // Commands are there once the extension host is.
        await chat.ready();
        await workbench.openFile(nameOf(file));
        await selectAll(workbench);

        server.reply('# What it is for\n\nIt **adds**. ![a](https://example.com/a.png)');
        await workbench.runCommand('Tachyon: Explain Selection');
        await lineWith(workbench, 'It **adds**.').waitFor();
        const explained = lastPrompt(server);
        assert.ok(explained.startsWith(context), explained);
        assert.match(explained, /Explain `[^`]+:1–\d+`/);
        await closeEditors(workbench);

        for (const title of ['Fix Selection', 'Document Selection', 'Refactor Selection']) {
          await workbench.openFile(nameOf(file));
          await selectAll(workbench);
          server.reply(`Here:\n\n\`\`\`${language.toLowerCase()}\n${code}\`\`\`\nDone.`);
          await workbench.runCommand(`Tachyon: ${title}`);
          await notifications.press('is changed when you accept this.', 'Accept');
          await workbench.tab('proposed change').waitFor({ state: 'detached' });
          const sent = lastPrompt(server);
          assert.ok(sent.startsWith(context), sent);
          if (title.startsWith('Document')) assert.match(sent, documentation);
          await saved(workbench, path, changed);
          await page.keyboard.press('Control+Z');
          await saved(workbench, path, text);
        }

        await workbench.openFile(nameOf(file));
        await selectAll(workbench);
        server.reply(`\`\`\`\n${tests.code}\`\`\`\n`);
        await workbench.runCommand('Tachyon: Write Tests for Selection');
        await lineWith(workbench, tests.seen).waitFor();
        const asked = lastPrompt(server);
        for (const part of tests.context) assert.ok(asked.includes(part), asked);
        await workbench.tab(tests.tab).waitFor();
        await closeEditors(workbench);
        assert.deepEqual(server.violations, []);
        assert.equal(rooms(server).length, 0);
      });
    });
  }

  it('review changes, write their commit message and answer in the Chat view, in its room', async () => {
    await withForeign(async ({ workbench, folder }, server) => {
      const { page, chat } = workbench;
      const [project] = projects;
      assert.ok(project);
      await writeFile(join(folder, project.file), project.changed);
      await workbench.openFile(nameOf(project.file));

      server.reply(`- [${project.file}:2](${project.file}#L2) **severe**: it is wrong.`);
      await workbench.runCommand('Tachyon: Review Changes');
      await lineWith(workbench, 'it is wrong.').waitFor();
      assert.match(lastPrompt(server), /^Uncommitted changes in workspace:\n```diff attachment 1 of 1\n/);
      await closeEditors(workbench);

      server.reply('feat: add more');
      await workbench.runCommand('Tachyon: Write Commit Message');
      await page.keyboard.press('Control+Shift+g');
      await page.locator('.scm-view .scm-editor .view-line').filter({ hasText: 'feat: add more' }).waitFor();
      const sent = lastPrompt(server);
      assert.match(sent, /attachment 1 of 2\n/);
      assert.match(sent, /Last commits:\n```text attachment 2 of 2\ninitial: begin\n```/);

      await workbench.openFile(nameOf(project.file));
      await selectAll(workbench);
      await chat.ready();
      const first = await chat.ask('@tachyon /explain only the types');
      assert.match(first, /Reply 1 to/);
      assert.match(lastPrompt(server), /attachment 1 of 1\n[^]*only the types$/);
      const second = await chat.ask('@tachyon /review');
      assert.match(second, /Reply 2 to/);
      assert.equal(rooms(server).length, 1);
      assert.deepEqual(server.violations, []);
    });
  });

  it('can be typed, come first in the list then, and go on in the panel with what was said', async () => {
    await withForeign(async ({ workbench }, server) => {
      const { page, quickInput, chat } = workbench;
      await chat.ready();
      await workbench.openFile('add.py');
      await selectAll(workbench);
      await page.keyboard.press('Control+Alt+q');
      await quickInput.waitForTitle('Quick Prompt');
      await quickInput.fill('expl');
      await quickInput.waitForFirst(/^\s*Explain Selection/);
      await quickInput.fill('Broken');
      await quickInput.waitForFirst(/^\s*broken/);
      await quickInput.accept();
      assert.deepEqual(await workbench.notifications.buttons('broken.prompt.md, line 2'), ['Open File']);
      await quickInput.fill('Why does it?');
      await quickInput.waitForFirst(/Why does it\?\s*Ask/);
      server.reply('Because it adds.');
      await quickInput.accept();
      await lineWith(workbench, 'Because it adds.').waitFor();
      assert.match(lastPrompt(server), /Why does it\?\n\nThis is about `tool\/add\.py:1–2`\.$/);
      await lens(workbench, 'Continue in Chat').click();
      const panel = new Panel(workbench);
      await panel.ready();
      await panel.turns().filter({ hasText: 'Because it adds.' }).waitFor();
      assert.equal(completions(server).length, 1);
      await panel.ask('And then?');
      const messages = messagesOf(completions(server).at(-1));
      assert.equal(messages.at(-2), 'assistant: Because it adds.');
      assert.equal(messages.at(-1), 'user: And then?');
      assert.equal(rooms(server).length, 1);
      await closeEditors(workbench);
      await workbench.openFile('add.py');
      await selectAll(workbench);
      await panel.composer().fill('/expl');
      await panel.frame.getByRole('option', { name: '/explain' }).waitFor();
      await panel.composer().press('Tab');
      await panel.composer().pressSequentially('in short');
      await panel.composer().press('Enter');
      await panel.waitForText('Explain tool/add.py:1–2');
      await panel.waitForState('answered');
      assert.match(lastPrompt(server), /attachment 1 of 1\n[^]*Explain `tool\/add\.py:1–2`[^]*in short$/);
      await closeEditors(workbench);
    });
  });

  it('say what to do where there is nothing to ask about, and send nothing', async () => {
    await withForeign(async ({ workbench }, server) => {
      const { notifications, page, quickInput, chat } = workbench;
      await chat.ready();
      await workbench.runCommand('Tachyon: Explain Selection');
      await notifications.waitFor('Nothing is selected; select the code');
      await page.keyboard.press('Control+Alt+q');
      await quickInput.waitForTitle('Quick Prompt');
      const items = await quickInput.items();
      assert.ok(items.some((item) => item.startsWith('Explain Selection')));
      assert.ok(items.some((item) => item.includes('broken.prompt.md, line')));
      await quickInput.pick('Greet');
      await notifications.waitFor('No text editor is open; open the file');
      assert.equal(completions(server).length, 0);
    });
  });
});

function lastPrompt(server: ForeignServer): string {
  return (messagesOf(completions(server).at(-1)).at(-1) ?? '').replace(/^user: /, '');
}
