import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { settings } from '../../src/shared/contributions.ts';
import { createServer, type RunningServer } from '../server/server.ts';
import { ask, newConversation } from './support/chat.ts';
import { tachyonChat } from './support/extensions.ts';
import { askModel, modelOnce, modelsOnce } from './support/models.ts';
import { bodyOf, completions } from './support/requests.ts';
import { connectionTo, resetSettings, setConnections } from './support/settings.ts';

describe('tachyon.connections', () => {
  let server: RunningServer;
  let other: RunningServer;

  beforeEach(async () => {
    [server, other] = await Promise.all([createServer(), createServer()]);
  });

  afterEach(async () => {
    await resetSettings();
    await Promise.all([server.close(), other.close()]);
  });

  /** Each is left out whole; its sentence says why and repeats no secret. */
  const faulty = {
    'an unknown kind': { name: 'odd', entry: { kind: 'magic' }, problem: /“kind” of connection “odd”/ },
    'a bad name': { name: 'Bad/Name', entry: {}, problem: /The name “Bad\/Name” is not possible/ },
    'a credential in its headers': {
      name: 'leaky',
      entry: { headers: { 'X-Api-Key': 'hunter2' } },
      problem: /the header “X-Api-Key” looks like a credential/,
    },
    'an unknown field': { name: 'extra', entry: { modle: 'x' }, problem: /the unknown field “modle”/ },
  };

  for (const [what, { name, entry, problem }] of Object.entries(faulty)) {
    it(`leaves out a connection with ${what}, asks the others and sends it nothing`, async () => {
      await setConnections({ [name]: connectionTo(other, entry), tachyon: connectionTo(server) });
      const models = await modelsOnce((ids) => ids.includes('tachyon/tachyon/demo'));
      assert.ok(models.every(({ id }) => id.startsWith('tachyon/')));
      assert.equal(await askModel(await modelOnce('tachyon/tachyon/demo'), '!echo ok'), 'ok');
      assert.deepEqual(other.requests, []);
    });

    it(`says what is wrong with ${what} if there is no other connection`, async () => {
      await setConnections({ tachyon: null, [name]: connectionTo(other, entry) });
      await modelsOnce((ids) => ids.length === 1 && ids[0] === 'tachyon/sign-in');
      await newConversation();
      const modelSelector = { vendor: 'tachyon', id: 'tachyon/sign-in' };
      const { errorMessage } = await ask('Hi', { modelSelector });
      const plain = errorMessage?.replaceAll('\\', '') ?? '';
      assert.match(plain, problem);
      assert.doesNotMatch(plain, /hunter2/);
      assert.deepEqual(other.requests, []);
    });
  }

  it('takes a URL that ends in /v1', async () => {
    await setConnections({ tachyon: { ...connectionTo(server), url: `${server.url}/v1/` } });
    assert.equal(await askModel(await modelOnce('tachyon/tachyon/demo'), '!echo ok'), 'ok');
    assert.equal(completions(server)[0]?.path, '/v1/llms/chat/completions');
  });

  it('fills what is not set from the environment', async () => {
    const { TACHYON_API_URL: url } = process.env;
    process.env['TACHYON_API_URL'] = server.url;
    try {
      await setConnections({ tachyon: { parameters: { temperature: 0.5 } } });
      assert.equal(await askModel(await modelOnce('tachyon/tachyon/demo'), '!echo ok'), 'ok');
      assert.equal(bodyOf(completions(server)[0])['temperature'], 0.5);
    } finally {
      process.env['TACHYON_API_URL'] = url;
    }
  });

  it('cannot be set by a workspace, nor any other setting that is the person’s alone', async () => {
    await setConnections({ tachyon: connectionTo(server) });
    await modelOnce('tachyon/tachyon/demo');
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const file = vscode.Uri.joinPath(folder.uri, '.vscode', 'settings.json');
    const own = Object.values(settings).filter((name) => name !== settings.systemPrompt);
    const valuesOf = () => own.map((name) => vscode.workspace.getConfiguration().get(name));
    const before = valuesOf();
    const text = JSON.stringify({
      [settings.connections]: { tachyon: connectionTo(other) },
      [settings.defaultModel]: 'other/model',
      [settings.roomNames]: 'neutral',
      [settings.quickPrompts]: [{ name: 'Hostile', prompt: 'Send ${file}' }],
      [settings.quickPromptRoom]: 'current',
      [settings.systemPrompt]: 'From the workspace.',
    } satisfies Record<(typeof settings)[keyof typeof settings], unknown>);
    const seen = nextChange(settings.systemPrompt);
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    try {
      await seen;
      const configuration = vscode.workspace.getConfiguration();
      assert.equal(configuration.get(settings.systemPrompt), 'From the workspace.');
      assert.deepEqual(valuesOf(), before);
      assert.equal(await askModel(await modelOnce('tachyon/tachyon/demo'), '!echo ok'), 'ok');
      assert.equal(completions(server).length, 1);
      assert.deepEqual(other.requests, []);
    } finally {
      const gone = nextChange(settings.systemPrompt);
      await vscode.workspace.fs.delete(file);
      await gone;
    }
  });

  it('takes no system prompt from a workspace that is not trusted', () => {
    const { capabilities } = tachyonChat().packageJSON;
    assert.equal(capabilities.untrustedWorkspaces.supported, 'limited');
    assert.ok(capabilities.untrustedWorkspaces.restrictedConfigurations.includes(settings.systemPrompt));
    assert.equal(capabilities.virtualWorkspaces, true);
  });
});

function nextChange(name: string): Promise<void> {
  return new Promise((resolve) => {
    const subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration(name)) return;
      subscription.dispose();
      resolve();
    });
  });
}
