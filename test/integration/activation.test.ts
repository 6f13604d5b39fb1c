import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands } from '../../src/shared/contributions.ts';
import { createServer, developmentKey } from '../server/server.ts';
import { ask, newConversation } from './support/chat.ts';
import { tachyonChat } from './support/extensions.ts';
import { modelOnce } from './support/models.ts';
import { connectionTo, resetSettings, setConnections } from './support/settings.ts';
import { watchLogChannels, watchRequests } from './support/watch.ts';

// From here on, which is before VS Code activates the extension.
const isActiveAtLoad = tachyonChat().isActive;
const requests = watchRequests(process.env['TACHYON_API_URL'] ?? '');
const log = watchLogChannels();

describe('activation', () => {
  after(() => log.unwatch());

  it('sends no request and opens no output channel', async () => {
    assert.equal(isActiveAtLoad, false, 'the tests were loaded too late to watch the activation');
    await tachyonChat().activate();
    assert.deepEqual(requests, []);
    assert.deepEqual(log.channels, []);
  });

  it('asks for the models once, when VS Code asks for them', async () => {
    await modelOnce('tachyon/tachyon/demo');
    assert.deepEqual(requests, ['GET /v1/llms/models?require_agent_product=false']);
    assert.deepEqual(log.channels, ['Tachyon']);
  });

  it('registers every command', async () => {
    const registered = await vscode.commands.getCommands(true);
    for (const id of Object.values(commands)) assert.ok(registered.includes(id), id);
  });

  it('logs what failed, and no key, prompt or reply', async () => {
    const server = await createServer({ deltaPauseMs: 2 });
    try {
      await setConnections({ tachyon: connectionTo(server) });
      await modelOnce('tachyon/tachyon/demo');
      await newConversation();
      await ask('!echo the reply of umbrella');
      server.fault({ name: '429', path: '/chat/completions', body: { code: 'C', message: 'of umbrella' } });
      await ask('the prompt of umbrella');
      const lines = log.lines.join('\n');
      assert.match(lines, /Turn failed .*"rateLimited".*429/);
      assert.doesNotMatch(lines, /umbrella/);
      assert.ok(!lines.includes(developmentKey));
    } finally {
      await resetSettings();
      await server.close();
    }
  });
});
