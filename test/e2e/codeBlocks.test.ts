import assert from 'node:assert/strict';
import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sharedForeign } from './support/foreign.ts';
import { Panel } from './support/panel.ts';
import { waitUntil } from './support/waitUntil.ts';
import type { Workbench } from './support/workbench.ts';

const text = 'const limit = 10;\r\n\r\nfunction add(x, y) {\r\n  return x + y;\r\n}\r\n';
const changed = text.replace('x + y', 'x + y + limit');
const code = 'function add(x, y) {\n  return x + y + limit;\n}\n';

function block(info: string, content: string): string {
  return `Here:\n\n\`\`\`${info}\n${content}\`\`\`\n`;
}

/** Saves what is in front, and waits until the disk has it. */
async function saved(workbench: Workbench, file: string, expected: string): Promise<void> {
  await workbench.page.keyboard.press('Control+S');
  await workbench.page.locator('.part.editor .tab.active:not(.dirty)').waitFor();
  assert.equal(await readFile(file, 'utf8'), expected);
}

describe('blocks of code in the panel', () => {
  const withForeign = sharedForeign();

  it('are inserted, applied to files that are there or not, and run, each once the person has said yes', async () => {
    await withForeign(async ({ workbench, folder }, server) => {
      const { page, notifications } = workbench;
      const panel = new Panel(workbench);
      const [file, made, ran] = ['windows.js', 'made.js', 'ran.txt'].map((name) => join(folder, name));
      assert.ok(file !== undefined && made !== undefined && ran !== undefined);
      await writeFile(file, text);
      await panel.open();

      server.reply(block('js:windows.js', code));
      await panel.ask('change it');
      await panel.press(panel.lastTurn(), 'Insert at Cursor');
      assert.deepEqual(await notifications.buttons('No text editor is open'), ['New File']);

      // A file with carriage returns that is not saved.
      await workbench.openFile('windows.js');
      const editor = page.locator('.part.editor .monaco-editor');
      await editor.first().click();
      await page.keyboard.press('Control+Home');
      await page.keyboard.type('// typed ');
      await workbench.tab('windows.js').and(page.locator('.dirty')).waitFor();
      const proposed = workbench.tab('proposed change');
      await panel.press(panel.lastTurn(), 'Apply…');
      await proposed.waitFor();
      await notifications.press('windows.js is changed when you accept this.', 'Reject');
      await proposed.waitFor({ state: 'detached' });
      assert.equal(await readFile(file, 'utf8'), text);
      await panel.press(panel.lastTurn(), 'Apply…');
      await proposed.waitFor();
      await page
        .locator('.part.editor')
        .getByRole('button', { name: /^Accept Proposed Change/ })
        .click();
      await proposed.waitFor({ state: 'detached' });
      const line = page.locator('.part.editor .view-line').filter({ hasText: /y\s\+\slimit/ });
      await line.waitFor();
      assert.equal(await readFile(file, 'utf8'), text);
      await editor.click();
      await saved(workbench, file, `// typed ${changed}`);
      await page.keyboard.press('Control+Z');
      await line.waitFor({ state: 'detached' });
      await saved(workbench, file, `// typed ${text}`);

      server.reply(block('js title="made.js"', code));
      await panel.ask('make it');
      await panel.press(panel.lastTurn(), 'Apply…');
      await proposed.waitFor();
      await page.locator('.part.editor .monaco-editor.modified-in-monaco-diff-editor').click();
      await assert.rejects(access(made));
      await page.keyboard.press('Control+Enter');
      await proposed.waitFor({ state: 'detached' });
      await workbench.tab('made.js').waitFor();
      assert.equal(await readFile(made, 'utf8'), code);

      server.reply(block('sh', `$ echo one > '${ran}'\u202E\n$ echo two >> '${ran}'\n`));
      await panel.ask('run it');
      const dialog = page.locator('.monaco-dialog-box');
      for (const answer of ['Cancel', 'Run']) {
        await panel.choose(panel.lastTurn().locator('.code-toolbar button').last(), 'Run in Terminal…');
        for (const shown of [`echo one > '${ran}'`, `echo two >> '${ran}'`]) {
          await dialog.getByText(shown).waitFor();
        }
        await assert.rejects(access(ran));
        await dialog.getByRole('button', { name: answer, exact: true }).click();
        await dialog.waitFor({ state: 'detached' });
      }
      await untilHolds(ran, 'one\ntwo\n');
      await workbench.runCommand('Terminal: Kill All Terminals');
      await page.locator('.terminal-wrapper').first().waitFor({ state: 'detached' });
    });
  });
});

/** A shell takes its time to start, and tells nobody when it has written. */
async function untilHolds(file: string, expected: string): Promise<void> {
  const holds = async () => (await readFile(file, 'utf8').catch(() => '')) === expected;
  await waitUntil(holds, 30_000, 'The file was not written.');
}
