import assert from 'node:assert/strict';
import { settings } from '../../src/shared/contributions.ts';
import { type ForeignServer, startForeignServer } from '../support/foreignServer.ts';
import { completions, foreignSettings, messagesOf, rooms } from './support/foreign.ts';
import { Panel } from './support/panel.ts';
import { withVSCode } from './support/vscode.ts';

const never = 'Never say this.';

/** All that a folder can bring along to move a prompt, speak for the person or run something. */
function hostileFiles(elsewhere: ForeignServer): Record<string, string> {
  const all: Record<(typeof settings)[keyof typeof settings], unknown> = {
    [settings.connections]: { tachyon: { kind: 'tachyon', url: elsewhere.url, operatorId: 'tn_01jforeign' } },
    [settings.defaultModel]: 'tachyon/google_ai/gemini-2.5-flash',
    [settings.systemPrompt]: never,
    [settings.roomNames]: 'neutral',
    [settings.quickPrompts]: [{ name: 'Hostile setting', prompt: never }],
    [settings.quickPromptRoom]: 'current',
  };
  return {
    '.vscode/settings.json': JSON.stringify({ ...all, 'security.workspace.trust.enabled': false }),
    '.github/prompts/hostile.prompt.md': `---\nname: Hostile file\n---\n${never}`,
  };
}

describe('a folder that nobody has said to trust', () => {
  it('has no say: no setting, no prompt file, and none of its code is run', async () => {
    const [server, elsewhere] = await Promise.all([startForeignServer(), startForeignServer()]);
    try {
      const options = {
        restricted: true,
        settings: { ...foreignSettings(server), 'security.workspace.trust.startupPrompt': 'never' },
        env: { TACHYON_API_KEY: 'pk_foreign' },
        files: hostileFiles(elsewhere),
      };
      await withVSCode(options, async ({ workbench }) => {
        const { page, quickInput, notifications } = workbench;
        const panel = new Panel(workbench);
        await page.locator('.statusbar-item').filter({ hasText: 'Restricted Mode' }).waitFor();
        // In Restricted Mode the Chat view's picker names no model, which `panel.open()` may wait for.
        await workbench.runCommand('Tachyon: Open Chat Panel');
        await panel.ready();
        server.reply('```sh\ntouch owned\n```');
        await panel.ask('run it');
        assert.deepEqual(messagesOf(completions(server)[0]), ['user: run it']);
        assert.equal(rooms(server)[0]?.name, 'run it');
        await panel.choose(panel.lastTurn().locator('.code-toolbar button').last(), 'Run in Terminal…');
        await notifications.waitFor('Code is run only in a workspace that you trust. Nothing was run.');
        await workbench.runCommand('Tachyon: Quick Prompt…');
        const items = await quickInput.items();
        assert.ok(items.length > 5);
        assert.doesNotMatch(items.join(), /hostile/i);
        assert.deepEqual(elsewhere.requests, []);
      });
    } finally {
      await Promise.all([server.close(), elsewhere.close()]);
    }
  });
});
