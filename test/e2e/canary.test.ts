import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createServer, developmentOperator, type RunningServer } from '../server/server.ts';
import { createCanary, type Place, placesOf } from '../support/canary.ts';
import { lens } from './support/answers.ts';
import { browserState, filesOf, processesOf, recordWebviewMessages } from './support/canaryPlaces.ts';
import { closeEditors } from './support/closeEditors.ts';
import { logFilesEnvironment, provideLogFiles } from './support/logFiles.ts';
import { Panel } from './support/panel.ts';
import { sharedServer } from './support/sharedVSCode.ts';
import type { VSCode } from './support/vscode.ts';
import type { Workbench } from './support/workbench.ts';

/** What the extension keeps of prompts. */
const ours = {
  journal: /^profile\/user-data\/User\/workspaceStorage\/[^/]+\/tachyon\.tachyon-chat\/journal\//,
  'chatrooms on this machine':
    /^profile\/user-data\/User\/globalStorage\/tachyon\.tachyon-chat\/chatrooms\/~rooms\//,
  'typed quick prompts': /^IndexedDB tachyon\.tachyon-chat /,
};

/** Where VS Code keeps what its own Chat view shows, and the file that the person has exported. */
const theirs = {
  'conversation of the Chat view': /\/chatSessions\/[\w-]+\.jsonl /,
  'list of conversations': /^IndexedDB (?:agentSessions\.model\.cache|chat\.ChatSessionStore\.index) /,
  'prompts typed before': /^IndexedDB memento\/interactive-session /,
  export: /^workspace\/tachyon-chats\.json /,
};

/** The names of what matches each found place. Throws for a place where the canary has no business. */
function kindsOf(found: readonly string[], allowed: Readonly<Record<string, RegExp>>): string[] {
  const kinds = found.map((place) => {
    const kind = Object.entries(allowed).find(([, pattern]) => pattern.test(place))?.[0];
    assert.ok(kind !== undefined, place);
    return kind;
  });
  return [...new Set(kinds)].toSorted();
}

describe('a key and a prompt that occur nowhere else', () => {
  const useVSCode = sharedServer({ env: logFilesEnvironment });
  const key = createCanary('pk_"', '"\\/+&=');
  const prompt = createCanary('!echo カナリア "', '" <b>&amp;');
  let server: RunningServer;
  let local: RunningServer;

  before(provideLogFiles);

  beforeEach(async () => {
    server = await createServer({ keys: { [key.text]: 'us_canary' } });
    local = await createServer();
  });

  afterEach(() => Promise.all([server.close(), local.close()]));

  /** Signs in to the connection of the settings. */
  async function signIn(workbench: Workbench): Promise<void> {
    const { quickInput } = workbench;
    await workbench.runCommand('Tachyon: Sign In');
    await quickInput.waitForTitle('Sign In');
    await quickInput.pick(/^tachyon/);
    await quickInput.waitForTitle('(2/3)');
    await quickInput.fill(key.text);
    await quickInput.accept();
    await quickInput.waitUntilClosed();
  }

  /** Its answer, which quotes it, is closed again. */
  async function askQuickPrompt(workbench: Workbench): Promise<void> {
    const { quickInput } = workbench;
    await workbench.runCommand('Tachyon: Quick Prompt…');
    await quickInput.waitForTitle('Quick Prompt');
    await quickInput.fill(prompt.text);
    await quickInput.waitForFirst(/Ask/);
    await quickInput.accept();
    await lens(workbench, 'Continue in Chat').waitFor();
    await closeEditors(workbench);
  }

  /** The server refuses the next prompt and repeats the key in its error. */
  function echoKey(): void {
    const forms = [key.text, `Bearer ${key.text}`, encodeURIComponent(key.text), JSON.stringify(key.text)];
    const body = { code: key.text, message: `Not a key: ${forms.join(' ')}` };
    server.fault({ name: '401', path: 'completions', body, headers: { 'x-request-id': key.text } });
  }

  it('stay where they belong: sign in, errors, quick prompt, export, diagnosis, reload, forget', async () => {
    const connections = {
      tachyon: { kind: 'tachyon', url: server.url, operatorId: developmentOperator },
      local: { kind: 'openai-compatible', url: local.baseUrls['openai-compatible'] },
    };
    await useVSCode({ 'tachyon.connections': connections }, async (vscode) => {
      const { workbench, folder, context } = vscode;
      const { chat, quickInput, notifications } = workbench;
      const messages = await recordWebviewMessages(context);
      const search = async (): Promise<{ keys: string[]; prompts: string[] }> => {
        const places = await placesIn(vscode, messages);
        return { keys: placesOf(key, places), prompts: placesOf(prompt, places) };
      };
      const panel = new Panel(workbench);

      await chat.ready();
      await signIn(workbench);
      await chat.selectModel('demo-large');
      await chat.ask(`@tachyon ${prompt.text}`);
      echoKey();
      await chat.send(`@tachyon ${prompt.text} refused`);
      await chat.waitForAnswer();
      assert.match((await chat.error()) ?? '', /refused the key \(401\).*\*\*\*/s);
      await chat.selectModel('demo:latest');
      await chat.ask(`@tachyon ${prompt.text}`);
      await panel.open();
      await panel.ask(prompt.text);
      echoKey();
      await panel.send(`${prompt.text} refused`);
      await panel.waitForState('failed');
      await askQuickPrompt(workbench);
      await workbench.runCommand('Tachyon: Export Chat…');
      await quickInput.pick('All chatrooms');
      await quickInput.waitForTitle('Export As');
      await quickInput.pick('JSON');
      await quickInput.waitForTitle('Export Chat');
      await quickInput.waitForValue(folder);
      await quickInput.accept();
      await notifications.waitFor(/chatrooms were exported/);
      await workbench.runCommand('Tachyon: Diagnose Connection');
      await quickInput.waitForTitle('Diagnose a connection');
      await quickInput.pick('tachyon');
      await notifications.press('Diagnosis of tachyon: no problem found.', 'Save Capture…');
      await quickInput.waitForTitle('Save Capture');
      await quickInput.waitForValue(folder);
      await quickInput.accept();
      await quickInput.waitUntilClosed();
      await vscode.reloadSaved();

      // A search that finds nothing must be able to find something.
      const planted = join(folder, 'planted.txt');
      await writeFile(planted, Buffer.from(`Basic ${key.text}`).toString('base64'));
      assert.deepEqual((await search()).keys.map(bare), ['workspace/planted.txt']);
      await rm(planted);

      const kept = await search();
      assert.deepEqual(kept.keys, []);
      const all = { ...ours, ...theirs, panel: /^webview message / };
      assert.deepEqual(kindsOf(kept.prompts, all), Object.keys(all).toSorted());

      // This VS Code keeps keys for as long as a window is open.
      await signIn(workbench);
      await workbench.runCommand('Tachyon: Forget Local Data…');
      const dialog = workbench.page.locator('.monaco-dialog-box');
      assert.match(await dialog.innerText(), /Keys: 1/);
      await dialog.getByRole('button', { name: 'Forget Data and Keys' }).click();
      await notifications.waitFor('The local data of Tachyon Chat is deleted.');
      messages.splice(0);
      const left = await search();
      assert.deepEqual(left.keys, []);
      assert.deepEqual(kindsOf(left.prompts, theirs), Object.keys(theirs).toSorted());
      await workbench.runCommand('Tachyon: Forget Local Data…');
      assert.match(await dialog.innerText(), /Chatrooms on this machine: 0 files[^]*Keys: 0/);
    });
    assertWire();
  });

  /** The key went to its own server, in one header. */
  function assertWire(): void {
    const places = server.requests.flatMap(({ path, query, headers, body }) => {
      const { authorization, ...others } = headers;
      return [
        { name: 'authorization', content: authorization ?? '' },
        { name: 'the rest of a request', content: JSON.stringify([path, String(query), others, body]) },
      ];
    });
    assert.deepEqual([...new Set(placesOf(key, places).map(bare))], ['authorization']);
    const elsewhere = local.requests.map(({ path, query, headers, body }) => ({
      name: path,
      content: JSON.stringify([path, String(query), headers, body]),
    }));
    assert.ok(elsewhere.length > 0);
    assert.deepEqual(placesOf(key, elsewhere), []);
  }
});

/** Files, the browser's state, processes, what the server printed, and messages of webviews. */
async function placesIn(vscode: VSCode, messages: readonly Place[]): Promise<Place[]> {
  const places = [
    ...(await filesOf(vscode)),
    ...(await browserState(vscode)),
    ...(await processesOf(process.pid)),
    { name: 'output of VS Code', content: vscode.session.server.output() },
    ...messages,
  ];
  // Each kind of place is there to be searched.
  for (const wanted of [
    /\/extensions\/tachyon\.tachyon-chat-[^/]*\/dist\/extension\.cjs$/,
    /\/User\/settings\.json$/,
    /\/logs\/.*Tachyon\.log$/,
    /\/logs\/.*\/remoteexthost\.log$/,
    /^workspace\/tachyon-capture\.json$/,
    /^IndexedDB tachyon\.tachyon-chat$/,
    /^IndexedDB \/.*window\.log$/,
    /^process cmdline$/,
  ]) {
    assert.ok(
      places.some(({ name, content }) => wanted.test(name) && content.length > 0),
      String(wanted),
    );
  }
  return places;
}

/** The name of a found place without the form. */
function bare(found: string): string {
  return found.replace(/ \([^()]*\)$/, '');
}
