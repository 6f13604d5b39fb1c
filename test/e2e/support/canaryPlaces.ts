import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import type { Place } from '../../support/canary.ts';
import type { VSCode } from './vscode.ts';

const recordMessage = 'recordWebviewMessage';

/** Hands each message between VS Code and a webview's frame to the test; it runs in every page and frame. */
function watchPorts(binding: string): void {
  const post: unknown = Reflect.get(MessagePort.prototype, 'postMessage');
  if (typeof post !== 'function') return;
  const watched = function watched(this: unknown, ...values: unknown[]): void {
    const [message] = values;
    // Workers have ports too, whose messages name no channel.
    if (typeof message === 'object' && message !== null && 'channel' in message) {
      const record: unknown = Reflect.get(globalThis, binding);
      if (typeof record === 'function') record(JSON.stringify(message));
    }
    Reflect.apply(post, this, values);
  };
  Reflect.set(MessagePort.prototype, 'postMessage', watched);
}

/** Records all messages between VS Code and the webviews that are opened from now on, in both directions. */
export async function recordWebviewMessages(context: BrowserContext): Promise<Place[]> {
  const messages: Place[] = [];
  await context.exposeFunction(recordMessage, (content: string) => {
    messages.push({ name: 'webview message', content });
  });
  await context.addInitScript(watchPorts, recordMessage);
  for (const page of context.pages()) await page.evaluate(watchPorts, recordMessage);
  return messages;
}

/** All files of the test: the profile with VS Code's logs, state and the installed package, and the workspace. */
export async function filesOf({ folder }: VSCode): Promise<Place[]> {
  const base = dirname(folder);
  const entries = await readdir(base, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    files.map(async (file) => ({
      name: relative(base, file),
      content: await readFile(file).catch(() => ''), // VS Code may just have removed it
    })),
  );
}

/** What the browser keeps for VS Code: there is its state, and in it that of extensions. */
export async function browserState({ context }: VSCode): Promise<Place[]> {
  const { cookies, origins } = await context.storageState({ indexedDB: true });
  // Playwright's types leave out the databases.
  const databases = origins.map((origin) => ({ indexedDB: undefined, ...origin }).indexedDB);
  return [
    { name: 'cookies', content: JSON.stringify(cookies) },
    ...origins.flatMap(({ localStorage }) =>
      localStorage.map(({ name, value }) => ({ name: `localStorage ${name}`, content: name + value })),
    ),
    ...databases.flatMap(records).map(({ key, content }) => ({ name: `IndexedDB ${key}`, content })),
  ];
}

/** The records in Playwright's picture of databases, each by its key. */
function records(value: unknown): { key: string; content: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const { key, keyEncoded }: { key?: unknown; keyEncoded?: unknown } = value;
  if (key === undefined && keyEncoded === undefined) return Object.values(value).flatMap(records);
  return [{ key: typeof key === 'string' ? key : '', content: JSON.stringify(value) }];
}

/** Arguments and environment of the processes that this test has started, and of theirs. Linux tells them as files. */
export async function processesOf(parent: number): Promise<Place[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const parents = new Map<number, number>();
  for (const id of ids) {
    const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
    const found = /^PPid:\s+(\d+)/m.exec(status)?.[1];
    if (found !== undefined) parents.set(Number(id), Number(found));
  }
  const descends = (id: number | undefined): boolean =>
    id !== undefined && id > 0 && (id === parent || descends(parents.get(id)));
  const places: Place[] = [];
  for (const id of [...parents.keys()].filter(descends)) {
    for (const what of ['cmdline', 'environ']) {
      const content = await readFile(`/proc/${id}/${what}`).catch(() => ''); // it may have ended
      places.push({ name: `process ${what}`, content });
    }
  }
  return places;
}
