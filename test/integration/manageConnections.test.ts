import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands, settings } from '../../src/shared/contributions.ts';
import { createServer, developmentKey, type RunningServer } from '../server/server.ts';
import { startLoopback } from '../support/loopback.ts';
import { type AnsweredBoxes, type BoxAnswer, escape, listWith, withBoxes } from './support/boxes.ts';
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
      // Buttons of old answers hold the old name.
      await vscode.commands.executeCommand(commands.wholeReplies, 'work');
      assert.deepEqual(entries(), { tachyon: null, office: { kind: 'openai', url, stream: false }, last });
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

  it('switches how requests go out, and back', async () => {
    const url = server.baseUrls['openai-compatible'];
    const entry = { kind: 'openai-compatible', url };
    await setConnections({ tachyon: null, local: entry });
    const wholeReplies = '$(output) Whole Replies';
    await manage(['local', wholeReplies]);
    assert.deepEqual(entries()['local'], { ...entry, stream: false });
    await manage(['local', wholeReplies]);
    assert.deepEqual(entries()['local'], entry);
    const howTheKeyGoes = '$(shield) How the Key Goes Out…';
    const { complaints } = await manage(['local', howTheKeyGoes, 'In a Header…', 'no header']);
    assert.match(complaints.join(), /not the name of an HTTP header/);
    await manage(['local', howTheKeyGoes, 'In a Header…', 'api-key']);
    assert.deepEqual(entries()['local'], { ...entry, auth: { header: 'api-key' } });
    await manage(['local', howTheKeyGoes, 'Not at All']);
    assert.deepEqual(entries()['local'], { ...entry, auth: 'none' });
    await manage(['local', howTheKeyGoes, 'As a Bearer Token']);
    assert.deepEqual(entries()['local'], entry);
  });

  it('keeps a stored key where none is typed at the next sign-in', async () => {
    const url = server.baseUrls['openai-compatible'];
    await setConnections({ tachyon: null, local: { kind: 'openai-compatible', url } });
    const keys = () => server.requests.flatMap(({ headers }) => headers.authorization ?? []);
    try {
      await signIn('local', 'a-secret-key');
      const before = keys().length;
      await signIn('local', '');
      assert.ok(keys().length > before, 'it is tried again');
      assert.deepEqual([...new Set(keys())], ['Bearer a-secret-key']);
    } finally {
      await manage(['local', '$(trash) Remove…']);
    }
  });

  it('asks before a key goes over plain http', async () => {
    // Nobody’s address, and nothing is sent to it.
    const url = 'http://192.0.2.1:1/v1';
    const asked: string[] = [];
    const refused = await withBoxes(
      ['$(add) Add Connection…', 'Other (OpenAI-compatible)…', url, 'a-secret-key'],
      () => {
        Object.assign(vscode.window, {
          showWarningMessage: (text: string) => Promise.resolve(void asked.push(text)),
        });
        return vscode.commands.executeCommand(commands.manageConnections);
      },
    );
    assert.deepEqual(asked, ['Send the key of local over plain http to 192.0.2.1:1?']);
    assert.match(refused.complaints.join(), /was not sent over plain http/);
    const entry = { kind: 'openai-compatible', url, auth: 'none' };
    await setConnections({ tachyon: null, far: entry });
    await manage(['far', '$(unlock) Key over Plain http']);
    assert.deepEqual(entries()['far'], { ...entry, allowHttp: true });
    await manage(['far', '$(unlock) Key over Plain http']);
    assert.deepEqual(entries()['far'], entry);
  });

  it('calls a server without a list of models working', async () => {
    const chunk = { choices: [{ index: 0, delta: { content: 'OK' }, finish_reason: 'stop' }] };
    const bare = await startLoopback((response, { url }) => {
      if (url?.endsWith('/models')) response.writeHead(404).end();
      else
        response
          .writeHead(200, { 'content-type': 'text/event-stream' })
          .end(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`);
    });
    const { showInformationMessage } = vscode.window;
    const told: string[] = [];
    try {
      Object.assign(vscode.window, {
        showInformationMessage: (text: string) => Promise.resolve(void told.push(text)),
      });
      await setConnections({ tachyon: null, bare: { kind: 'openai-compatible', url: `${bare.url}/v1` } });
      await manage(['bare', '$(beaker) Test']);
      assert.match(told.join(), /^bare works: it lists no models, and bare began to answer after/);
    } finally {
      Object.assign(vscode.window, { showInformationMessage });
      await bare.stop();
    }
  });

  it('offers the known models of a server that cannot be asked', async () => {
    const stopped = await createServer();
    const entry = { kind: 'openai-compatible', url: stopped.baseUrls['openai-compatible'] };
    await setConnections({ tachyon: null, local: entry });
    await modelOnce('local/demo:latest');
    await stopped.close();
    // A change of the settings asks anew.
    await setConnections({ tachyon: null, local: { ...entry, stream: false } });
    const labels = await listWith(/^\$\(warning\)/, () =>
      vscode.commands.executeCommand(commands.selectModel),
    );
    assert.ok(labels.includes('demo:latest'), labels.join());
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
