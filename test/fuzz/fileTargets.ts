import assert from 'node:assert/strict';
import { ArchiveError, parseArchive, writeArchive } from '../../src/chat/chatArchive.ts';
import { parseConnections } from '../../src/chat/connectionSettings.ts';
import { untranslated } from '../../src/chat/l10n.ts';
import { createLocalArchive } from '../../src/chat/localArchive.ts';
import { readFrontMatter } from '../../src/chat/quickPrompts/frontMatter.ts';
import { consentNeeds, parsePromptFile } from '../../src/chat/quickPrompts/promptFile.ts';
import { parsePrompts } from '../../src/chat/quickPrompts/promptSettings.ts';
import { parseTemplate } from '../../src/chat/quickPrompts/promptTemplate.ts';
import { cleanName } from '../../src/chat/untrusted.ts';
import { archiveMessage, archiveRoom } from '../unit/chat/support/archives.ts';
import { createMemoryFileStore } from '../unit/chat/support/memoryFileStore.ts';
import { mutateBytes, mutateJson, mutateText } from './mutate.ts';
import type { FuzzTarget } from './target.ts';

const promptFiles = [
  'Explain ${selection} in ${language}.\n',
  '---\nname: Shorten it\ndescription: "Fewer words: always"\nagent: ask\ntools: [search, { a: b }]\nmodel: tachyon/openai/gpt-4.1\ntarget: \'replace\'\nroom: own\n---\nShorten ${selection}.\n',
  '---\r\nname: &a [1, 2]\r\ndescription: *a\r\n---\r\n${input:what:About what?} ${clipboard} ${file}\r\n',
  '---\n<<: {name: x}\ndescription: |\n  many\n  lines\n...\nbody',
] as const;

const archives = [
  writeArchive([archiveRoom({ messages: [archiveMessage('user', 'p'), archiveMessage('assistant', 'r')] })]),
  writeArchive([
    archiveRoom({ id: '../../x', name: 'ä'.repeat(80), metadata: { a: { b: [1] } } }),
    archiveRoom({ messages: [archiveMessage('user', 'data:image/png;base64,AAAA')] }),
  ]),
].map((bytes) => new TextDecoder().decode(bytes));

const settings: readonly [unknown, ...unknown[]] = [
  {
    tachyon: {
      kind: 'tachyon',
      url: 'https://api.example.com/v1',
      operatorId: 'tn_1',
      headers: { 'x-a': 'b' },
    },
  },
  {
    local: {
      kind: 'openai-compatible',
      url: 'http://127.0.0.1:11434/v1',
      auth: { header: 'api-key' },
      models: { m: { name: 'M', price: { input: 1, output: 2 }, parameters: { temperature: 1 } } },
      retry: {
        strategy: 'backoff',
        backoff: { initialInterval: 5, maxInterval: 10, exponent: 2, maxElapsedTime: 50 },
      },
      timeouts: { headers: 5, silence: 6 },
      parameters: { stop: ['a'], temperature: 0.5, seed: 4 },
    },
    openai: { kind: 'openai', organization: 'o', project: 'p', stream: false },
    gone: null,
  },
];

const quickPrompts: readonly [unknown, ...unknown[]] = [
  [
    {
      name: 'a',
      prompt: 'Say ${selection}',
      description: 'd',
      target: 'editor',
      model: 'tachyon/m',
      room: 'own',
    },
  ],
  [{ name: 'a', prompt: '${input:x}' }, { name: 'a', prompt: 'p' }, 'no'],
];

/** Readers of files and settings. */
export const fileTargets: readonly FuzzTarget[] = [
  {
    name: 'prompt files',
    run(random) {
      const text = mutateText(random, promptFiles);
      const found = parsePromptFile(
        { uri: 'file:///w/a', path: `.github/prompts/${mutateText(random, ['a.prompt.md'])}`, text },
        readFrontMatter,
        untranslated,
      );
      if ('problem' in found) {
        assert.ok(found.line >= 1 && found.problem.length < 1000);
        assert.doesNotMatch(found.problem, /[\r\n\u202E]/);
      } else {
        assert.ok(!('problem' in parseTemplate(found.prompt, untranslated)));
        assert.equal(cleanName(found.name, 60), found.name);
        consentNeeds(found, untranslated);
      }
    },
  },
  {
    name: 'archives',
    async run(random) {
      const bytes = mutateBytes(random, [archives[0] ?? '', ...archives]);
      let rooms;
      try {
        rooms = parseArchive(bytes);
      } catch (error) {
        assert.ok(error instanceof ArchiveError, String(error));
        return;
      }
      const files = createMemoryFileStore();
      const archive = createLocalArchive({ files, connection: 'c', kind: 'openai', writer: 'w' });
      for (const room of rooms) await archive.write(room);
      for (const path of files.files.keys()) assert.doesNotMatch(path, /\.\.\/|^\/|\\/);
      // What was imported is exported and imported as it is.
      assert.equal(parseArchive(writeArchive(rooms)).length, rooms.length);
    },
  },
  {
    name: 'settings',
    run(random) {
      const raw = mutateJson(random, settings);
      const { connections, problems } = parseConnections(raw);
      for (const { name, url } of connections) {
        assert.match(name, /^[a-z0-9][\w.-]*$/i);
        assert.match(url, /^https?:/);
      }
      for (const { name, message } of problems) assert.ok(name.length <= 40 && message.length < 5000);
      const list = mutateJson(random, quickPrompts);
      const { prompts, problems: wrong } = parsePrompts(list, untranslated);
      for (const { name } of prompts) assert.equal(cleanName(name, 60), name);
      for (const { text } of wrong) assert.ok(text.length < 5000);
    },
  },
];
