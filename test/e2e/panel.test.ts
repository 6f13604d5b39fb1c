import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Session } from '../../scripts/vscode/session.ts';
import { completions, messagesOf, rooms, sharedForeign } from './support/foreign.ts';
import { Panel } from './support/panel.ts';
import { waitUntil } from './support/waitUntil.ts';

/** A deletion can be undone for ten seconds. */
const deletionLimitMs = 25_000;
/** Another window is told within five seconds; a busy machine takes longer. */
const otherWindowLimitMs = 30_000;

/** Waits until a draft is on the disk: a reload kills the extension host at once. */
async function waitForDraft({ profile }: Session): Promise<void> {
  const storage = join(profile.userData, 'User', 'workspaceStorage');
  const isStored = async () =>
    (await readdir(storage, { recursive: true })).some((file) => /~drafts.[^/]+\.json$/.test(file));
  await waitUntil(isStored, otherWindowLimitMs, 'No draft was stored.');
}

describe('the chat panel', () => {
  const withForeign = sharedForeign();

  it('answers, stops, forks, and goes on in the Chat view and back', async () => {
    await withForeign(async ({ workbench }, server) => {
      const { chat } = workbench;
      const panel = new Panel(workbench);
      await panel.open();
      server.reply('The **first** answer.');
      assert.equal(await panel.ask('one'), 'The first answer.');
      assert.equal(await panel.name().innerText(), 'one');

      server.hold('Half of the second');
      await panel.send('two');
      await panel.waitForText('Half of the second');
      await panel.frame.getByRole('button', { name: 'Stop', exact: true }).click();
      await panel.waitForState('stopped');
      assert.equal(await panel.reply(), 'Half of the second');
      assert.deepEqual(messagesOf(completions(server).at(-1)), ['user: two']);
      assert.equal(rooms(server).length, 1);

      await panel.press(panel.turns().first(), 'Fork from Here');
      await panel.turns().nth(1).waitFor({ state: 'detached' });
      server.reply('In the fork.');
      assert.equal(await panel.ask('three'), 'In the fork.');
      assert.equal(rooms(server).length, 2);
      assert.deepEqual(messagesOf(completions(server).at(-1)), [
        'user: one',
        'assistant: The **first** answer.',
        'user: three',
      ]);

      await panel.press(panel.lastTurn(), 'Edit and Resend');
      const edited = panel.frame.locator('.prompt-edit');
      await edited.fill('three, edited');
      server.reply('Edited.');
      await edited.press('Enter');
      await panel.waitForText('Edited.');
      assert.deepEqual(await panel.prompts(), ['one', 'three, edited']);

      await panel.choose(panel.menu(), 'Continue in Chat View');
      await chat.waitForText('Edited.');
      assert.match(await chat.waitForAnswer(), /one[\s\S]*The first answer[\s\S]*three, edited/);
      server.reply('Said in the Chat view.');
      await chat.ask('@tachyon four');
      // The server keeps no more than the last message of a request.
      assert.deepEqual(messagesOf(completions(server).at(-1)), [
        'user: one',
        'assistant: The **first** answer.',
        'user: four',
      ]);
      await workbench.runCommand('Tachyon: Open in Panel');
      await panel.ready();
      await panel.waitForText('Said in the Chat view.');
      assert.deepEqual(await panel.prompts(), ['one', 'three, edited', 'four']);

      server.reply('In the panel again.');
      await panel.ask('five');
      await chat.open();
      server.reply('Six.');
      await chat.ask('@tachyon six');
      assert.match(await chat.responseText(), /1 turn was added to this chatroom elsewhere/);
      await chat.pressButton('Show in Panel');
      await panel.ready();
      await panel.waitForText('Six.');
      assert.deepEqual(server.violations, []);
    });
  });

  it('is in step with another window: turns, names, and deletions that were not undone', async () => {
    await withForeign(async ({ workbench, openWindow }, server) => {
      const panel = new Panel(workbench);
      await panel.open();
      server.reply('Answer one.');
      await panel.ask('shared');
      const other = new Panel(await openWindow('.'));
      await other.open();
      await other.openList();
      await other.room('shared').click();
      await other.waitForText('Answer one.');

      server.hold('Still coming');
      await panel.send('from the first window');
      await other
        .turns()
        .filter({ hasText: 'from the first window' })
        .waitFor({ timeout: otherWindowLimitMs });
      await panel.waitForText('Still coming');
      await panel.frame.getByRole('button', { name: 'Stop', exact: true }).click();
      await other.waitForState('stopped', otherWindowLimitMs);

      await panel.choose(panel.menu(), 'Rename');
      await panel.frame.locator('.header input').fill('A better name');
      await panel.frame.locator('.header input').press('Enter');
      await other.name().filter({ hasText: 'A better name' }).waitFor({ timeout: otherWindowLimitMs });

      await panel.openList();
      await panel.room('A better name').click({ button: 'right' });
      await panel.frame.getByRole('menuitem', { name: 'Delete' }).click();
      // The list covers a narrow page: a click on the row takes the deletion back.
      await panel.frame.locator('.room-option.is-deleted').click();
      await panel.frame.locator('.room-option.is-deleted').waitFor({ state: 'detached' });
      assert.equal(rooms(server).length, 1);

      await panel.room('A better name').click({ button: 'right' });
      await panel.frame.getByRole('menuitem', { name: 'Delete' }).click();
      await panel.room('A better name').waitFor({ state: 'detached', timeout: deletionLimitMs });
      await other.frame
        .getByText('This chatroom was deleted.')
        .first()
        .waitFor({ timeout: otherWindowLimitMs });
      assert.equal(rooms(server).length, 0);
      assert.deepEqual(await other.prompts(), ['shared', 'from the first window']);
      server.reply('In a new room.');
      await other.ask('goes on');
      assert.deepEqual(messagesOf(completions(server).at(-1)).slice(0, 2), [
        'user: shared',
        'assistant: Answer one.',
      ]);
      assert.deepEqual(await other.prompts(), ['shared', 'from the first window', 'goes on']);
    });
  });

  it('has the whole answer and the draft after a reload in mid-answer, and an editor of its own', async () => {
    await withForeign(async ({ workbench, session, context }, server) => {
      const panel = new Panel(workbench);
      await panel.open();
      server.hold('The beginning of');
      await panel.send('reloaded');
      await panel.waitForText('The beginning of');
      await panel.composer().fill('typed meanwhile');
      await panel.composer().blur();
      await waitForDraft(session);
      const loaded = workbench.page.waitForEvent('load');
      await workbench.runCommand('Developer: Reload Window');
      await loaded;
      rooms(server)
        .at(-1)
        ?.messages.push({ id: 'msg_late', role: 'assistant', text: 'The beginning of it, and its **end**.' });
      await workbench.ready();
      await panel.ready();
      await panel.waitForText('and its end.');
      await panel.waitForState('answered');
      assert.equal(await panel.composer().inputValue(), 'typed meanwhile');
      assert.equal(completions(server).length, 1);

      await workbench.runCommand('Tachyon: Open Panel in Editor');
      const tab = workbench.tab('reloaded');
      await tab.waitFor();
      assert.equal(context.pages().length, 1);
    });
  });
});
