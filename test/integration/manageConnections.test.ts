import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands, settings } from '../../src/shared/contributions.ts';
import { createServer, developmentKey, type RunningServer } from '../server/server.ts';
import { type AnsweredBoxes, type BoxAnswer, escape, withBoxes } from './support/boxes.ts';
import { askModel, modelOnce, modelsOnce } from './support/models.ts';
import { resetSettings, setConnections, setUserSetting } from './support/settings.ts';
import { signIn } from './support/signIn.ts';

describe('tachyon.manageConnections', () => {
  let server: RunningServer;

  beforeEach(async () => {
    server = await createServer();
  });

  afterEach(async () => {
    await resetSettings();
    await server.close();
  });

  it('renames a connection in its place; the key, the default model and the old name go with it', async () => {
    const url = server.baseUrls.openai;
    const last = { kind: 'openai-compatible', url: server.baseUrls['openai-compatible'] };
    await setConnections({ tachyon: null, work: { kind: 'openai', url }, last });
    await signIn('work', developmentKey);
    await setUserSetting(settings.defaultModel, 'work/gpt-4o-demo');
    const { complaints } = await manage(['work', '$(edit) Rename…', 'Not a name']);
    assert.match(complaints.join(), /The name “Not a name” is not possible/);
    await manage(['work', '$(edit) Rename…', 'last']);
    assert.deepEqual(Object.keys(entries()), ['tachyon', 'work', 'last'], 'a name that is taken');
    await manage(['work', '$(edit) Rename…', 'office']);
    try {
      assert.deepEqual(entries(), { tachyon: null, office: { kind: 'openai', url }, last });
      assert.deepEqual(Object.keys(entries()), ['tachyon', 'office', 'last']);
      assert.equal(vscode.workspace.getConfiguration().get(settings.defaultModel), 'office/gpt-4o-demo');
      assert.equal(await askModel(await modelOnce('office/gpt-4o-demo'), '!echo moved'), 'moved');
      // Its chatrooms are under the old name, so no other connection may have that.
      await manage(['last', '$(edit) Rename…', 'work']);
      assert.deepEqual(Object.keys(entries()), ['tachyon', 'office', 'last']);
    } finally {
      await manage(['office', '$(trash) Remove…']);
    }
    await setConnections({
      tachyon: null,
      office: { kind: 'openai', url },
      work: { kind: 'openai', url },
      last,
    });
    const models = await modelsOnce((ids) => ids.includes('last/default') && !ids.includes('office/default'));
    assert.ok(!models.some(({ id }) => id.startsWith('work/')), 'no key is left behind');
  });

  it('never sends a key to another address, and asks for one there', async () => {
    const other = await createServer({ keys: { second_key: 'us_second' } });
    try {
      await setConnections({ tachyon: null, work: { kind: 'openai', url: server.baseUrls.openai } });
      await signIn('work', developmentKey);
      const moved = await manage(['work', '$(link) Server URL…', `${other.baseUrls.openai}/`, escape]);
      assert.deepEqual(moved.titles.slice(2, 4), ['URL of work', 'Key of work']);
      assert.equal(other.requests.length, 0);
      await manage(['work', '$(link) Server URL…', server.baseUrls.openai]);
      assert.equal(
        await askModel(await modelOnce('work/gpt-4o-demo'), '!echo back'),
        'back',
        'Escape lost no key',
      );
      const refused = await manage(['work', '$(link) Server URL…', other.baseUrls.openai, 'wrong']);
      assert.match(refused.complaints.join(), /refused the key \(401\)/);
      await manage(['work', '$(key) Key…', 'second_key']);
      assert.equal(await askModel(await modelOnce('work/gpt-4o-demo'), '!echo there'), 'there');
      assert.deepEqual(
        [...new Set(other.requests.map(({ headers }) => headers.authorization))],
        ['Bearer wrong', 'Bearer second_key'],
      );
    } finally {
      await manage(['work', '$(trash) Remove…']);
      await other.close();
    }
  });

  it('sets headers and parameters, but takes no credential for a header', async () => {
    const url = server.baseUrls['openai-compatible'];
    await setConnections({ tachyon: null, local: { kind: 'openai-compatible', url } });
    const { complaints } = await manage([
      'local',
      '$(list-flat) Headers…',
      '$(add) Add a Header…',
      'X-Api-Key',
    ]);
    assert.match(complaints.join(), /looks like a credential/);
    await manage(['local', '$(list-flat) Headers…', '$(add) Add a Header…', 'X-Team', 'blue']);
    await manage(['local', '$(settings) Default Parameters…', 'temperature', '0.5']);
    await manage(['local', '$(settings) Default Parameters…', '$(add) Another Parameter…', 'top_k', '40']);
    const entry = { kind: 'openai-compatible', url, headers: { 'X-Team': 'blue' } };
    assert.deepEqual(entries()['local'], { ...entry, parameters: { temperature: 0.5, top_k: 40 } });
    await manage(['local', '$(settings) Default Parameters…', 'temperature', '']);
    await manage(['local', '$(settings) Default Parameters…', 'top_k', '']);
    assert.deepEqual(entries()['local'], entry);
  });

  it('shows the checked models in the pickers and no others', async () => {
    const url = server.baseUrls['openai-compatible'];
    await setConnections({ tachyon: null, local: { kind: 'openai-compatible', url } });
    await modelOnce('local/demo:latest');
    const wanted = ['demo-embed:latest', 'demo:latest'];
    await manage(['local', '$(list-selection) Models Shown…'], (label) => wanted.includes(label));
    const models = await modelsOnce((ids) => ids.includes('local/demo-embed:latest') && ids.length === 3);
    assert.deepEqual(models.map(({ id }) => id).toSorted(), [
      'local/default',
      ...wanted.map((id) => `local/${id}`),
    ]);
    assert.deepEqual(entries()['local'], {
      kind: 'openai-compatible',
      url,
      models: { 'demo-think:8b': { shown: false }, 'demo-embed:latest': { shown: true } },
    });
  });

  it('hides the connection that is built in, and offers it again', async () => {
    await manage(['tachyon', '$(trash) Remove…']);
    assert.deepEqual(entries(), { tachyon: null });
    const { titles } = await manage(['$(add) Add Connection…', 'Tachyon', escape]);
    assert.deepEqual(titles.slice(0, 3), [
      'Manage Connections',
      'Add Connection',
      'Sign in to Tachyon (2/3)',
    ]);
    assert.deepEqual(entries(), { tachyon: null }, 'nothing is written before it worked');
  });
});

/** Runs the command with its boxes answered. */
function manage(answers: readonly BoxAnswer[], checked?: (label: string) => boolean): Promise<AnsweredBoxes> {
  return withBoxes(answers, () => vscode.commands.executeCommand(commands.manageConnections), checked);
}

/** The connections as they are set. */
function entries(): Readonly<Record<string, unknown>> {
  return JSON.parse(JSON.stringify(vscode.workspace.getConfiguration().get(settings.connections)));
}
