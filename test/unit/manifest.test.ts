import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/paths.ts';
import { untranslated } from '../../src/chat/l10n.ts';
import { builtInPrompts } from '../../src/chat/quickPrompts/builtInPrompts.ts';
import {
  changeScheme,
  commands,
  contexts,
  modelVendor,
  panel,
  participant,
  settings,
  slashCommands,
} from '../../src/shared/contributions.ts';
import { accepts, type JsonSchema } from '../support/jsonSchema.ts';

interface Setting extends JsonSchema {
  readonly default?: unknown;
  readonly scope?: string;
  readonly description?: string;
  readonly markdownDescription?: string;
}

interface MenuRow {
  readonly command: string;
  readonly when: string;
}

interface SubmenuRow {
  readonly submenu: string;
}

interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly displayName: string;
  readonly engines: { readonly vscode: string };
  readonly scripts: Readonly<Record<string, string>>;
  readonly capabilities: {
    readonly untrustedWorkspaces: {
      readonly supported: string;
      readonly restrictedConfigurations: readonly string[];
    };
    readonly virtualWorkspaces: boolean;
  };
  readonly contributes: {
    readonly chatParticipants: readonly {
      readonly id: string;
      readonly name: string;
      readonly isSticky: boolean;
      readonly commands: readonly { readonly name: string }[];
    }[];
    readonly languageModelChatProviders: readonly { readonly vendor: string }[];
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
    }[];
    readonly submenus: readonly { readonly id: string }[];
    readonly menus: Readonly<Record<string, readonly (MenuRow | SubmenuRow)[]>> & {
      readonly commandPalette: readonly MenuRow[];
    };
    readonly keybindings: readonly (MenuRow & { readonly key: string; readonly mac?: string })[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

const text = read('package.json');
const manifest: Manifest = JSON.parse(text);
const { contributes } = manifest;
const english: Record<string, string> = JSON.parse(read('package.nls.json'));
const japanese: Record<string, string> = JSON.parse(read('package.nls.ja.json'));
const readme = read('README.md');
const properties = contributes.configuration.properties;
const hidden: readonly string[] = [
  commands.ask,
  commands.tryNow,
  commands.wholeReplies,
  commands.dropParameter,
  commands.saveAudio,
  commands.attachChats,
  commands.continueAnswer,
  commands.discardAnswer,
  commands.showWholeAnswer,
  commands.dismissAnswer,
];

function sorted(values: Iterable<string>): string[] {
  return [...values].toSorted();
}

/** The formatter aligns columns and writes emphasis with underscores. */
function plain(markdown: string): string {
  return markdown.replace(/ +/g, ' ').replaceAll('_', '*');
}

describe('the manifest', () => {
  it('names the same commands as the sources, and hides those that need an argument', () => {
    assert.deepEqual(
      sorted(contributes.commands.map(({ command }) => command)),
      sorted(Object.values(commands)),
    );
    const unlisted = contributes.menus.commandPalette.filter(({ when }) => when === 'false');
    assert.deepEqual(sorted(unlisted.map(({ command }) => command)), sorted(hidden));
    for (const { category } of contributes.commands) assert.equal(category, 'Tachyon');
  });

  it('has menus and keys for commands that are there, and few keys outside the panel', () => {
    const known: readonly string[] = Object.values(commands);
    const own: readonly string[] = Object.values(contexts);
    const rows = [...Object.values(contributes.menus).flat(), ...contributes.keybindings];
    const submenus = contributes.submenus.map(({ id }) => id);
    for (const row of rows) {
      if ('submenu' in row) {
        assert.ok(submenus.includes(row.submenu) && row.submenu in contributes.menus);
        continue;
      }
      const { command, when } = row;
      assert.ok(known.includes(command), command);
      for (const [context] of when.matchAll(/tachyon\.\w+(?=\s|$)/g))
        if (!Object.values<string>(panel).includes(context)) assert.ok(own.includes(context), when);
    }
    const places = [contexts.hasFocus, `resourceScheme == ${changeScheme} && editorFocus`];
    const outside: readonly string[] = [commands.quickPrompt, commands.stopQuickPrompt];
    for (const { command, when } of contributes.keybindings)
      if (!outside.includes(command)) assert.ok(places.includes(when), when);
    // Escape does what it always does while nothing runs.
    const escape = contributes.keybindings.find(({ key }) => key === 'escape');
    assert.ok(escape?.when.startsWith(`${contexts.quickPromptRuns} && editorTextFocus && `));
    const keys = contributes.keybindings.map(({ key }) => key);
    assert.equal(new Set(keys).size, keys.length);
    // On macOS, Ctrl with a letter moves the caret.
    for (const { key, mac } of contributes.keybindings)
      if (/^ctrl\+(?!alt)/.test(key)) assert.equal(mac, key.replace('ctrl+', 'cmd+'));
  });

  it('has each quick prompt in the menu of what it is about', () => {
    const { 'editor/context': editor, ...menus } = contributes.menus;
    assert.ok(editor?.some((row) => 'submenu' in row && row.submenu === 'tachyon.editor'));
    const about = ['tachyon.editor', 'terminal/context', 'scm/title'];
    const found = about.flatMap((menu) =>
      (menus[menu] ?? []).flatMap((row) => ('command' in row ? [`${row.command} ${row.when}`] : [])),
    );
    const places = new Map([
      ['review', 'scmProvider == git'],
      ['commitMessage', 'scmProvider == git'],
      ['askTerminal', 'terminalTextSelected'],
    ]);
    const ids = builtInPrompts(untranslated).map(({ id }) => id);
    const expected = ids.map((id) => `tachyon.${id} ${places.get(id) ?? 'editorHasSelection'}`);
    assert.deepEqual(sorted(found), sorted([...expected, `${commands.quickPrompt} editorTextFocus`]));
  });

  it('names the same settings, participant, slash commands and vendor as the sources', () => {
    assert.deepEqual(sorted(Object.keys(properties)), sorted(Object.values(settings)));
    assert.deepEqual(
      contributes.chatParticipants.map(({ id, name }) => ({ id, name })),
      [participant],
    );
    const slash = contributes.chatParticipants.flatMap((entry) => entry.commands.map(({ name }) => name));
    const inChat = slashCommands.flatMap((command) => (command.inChat ? command.name : []));
    const quick = builtInPrompts(untranslated);
    assert.deepEqual(sorted(slash), sorted([...inChat, ...quick.map((prompt) => prompt.slash)]));
    assert.deepEqual(
      contributes.languageModelChatProviders.map(({ vendor }) => vendor),
      [modelVendor],
    );
  });

  it('keeps the names that others rely on', () => {
    const { name, publisher, displayName } = manifest;
    assert.deepEqual(
      { name, publisher, displayName },
      { name: 'tachyon-chat', publisher: 'tachyon', displayName: 'Tachyon Chat' },
    );
    assert.deepEqual(participant, { id: 'tachyon.chat', name: 'tachyon' });
    assert.equal(contributes.chatParticipants[0]?.isSticky, true);
    assert.equal(modelVendor, 'tachyon');
    assert.ok(slashCommands.some((command) => command.name === 'new' && command.inChat));
    const titles = new Map(contributes.commands.map(({ command, title }) => [command, translate(title)]));
    assert.equal(titles.get('tachyon.signIn'), 'Sign In');
    assert.equal(titles.get('tachyon.signOut'), 'Sign Out');
    assert.equal(titles.get('tachyon.selectOperator'), 'Select Operator…');
    assert.equal(titles.get('tachyon.showLog'), 'Show Log');
    assert.equal(titles.get('tachyon.quickPrompt'), 'Quick Prompt…');
    for (const prompt of builtInPrompts(untranslated))
      assert.equal(titles.get(`tachyon.${prompt.id}`), prompt.name);
    for (const script of ['start', 'test', 'package', 'check', 'server']) assert.ok(manifest.scripts[script]);
  });

  it('gives each setting a default that it accepts, a description and a scope, and has under 25 of them', () => {
    assert.ok(Object.keys(properties).length < 25);
    for (const [name, setting] of Object.entries(properties)) {
      assert.ok('default' in setting, name);
      assert.ok(accepts(setting, setting.default), name);
      assert.ok(setting.description ?? setting.markdownDescription, name);
      assert.ok(['application', 'window'].includes(setting.scope ?? ''), name);
    }
    // Object settings merge with their default: only an empty one can be taken back whole.
    assert.deepEqual(properties[settings.connections]?.default, {});
  });

  it('lets no workspace move a prompt or a key elsewhere, nor speak in Restricted Mode', () => {
    const own = [settings.quickPrompts, settings.quickPromptRoom];
    for (const name of [settings.connections, settings.defaultModel, settings.roomNames, ...own]) {
      assert.equal(properties[name]?.scope, 'application', name);
    }
    const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    assert.equal(supported, 'limited');
    const fromWorkspace = Object.entries(properties).filter(([, { scope }]) => scope !== 'application');
    assert.deepEqual(sorted(restrictedConfigurations), sorted(fromWorkspace.map(([name]) => name)));
  });

  it('asks for no proposed API and for one minimum version of VS Code', () => {
    assert.doesNotMatch(text, /enabledApiProposals/);
    assert.equal(manifest.engines.vscode, '^1.110.0');
    assert.equal(manifest.capabilities.virtualWorkspaces, true);
  });

  it('has all its texts in both languages, and no other', () => {
    const used = new Set([...text.matchAll(/"%([^%"]+)%"/g)].map(([, key = '']) => key));
    assert.deepEqual(sorted(Object.keys(english)), sorted(used));
    assert.deepEqual(sorted(Object.keys(japanese)), sorted(used));
    for (const key of used) assert.notEqual(japanese[key], english[key], key);
  });

  it('is what the README tells', () => {
    const told = plain(readme);
    for (const [name, { default: value, scope, markdownDescription = '' }] of Object.entries(properties)) {
      const where = scope === 'application' ? 'user' : 'user, workspace';
      const row = `| \`${name}\` | \`${JSON.stringify(value)}\` | ${where} | ${translate(markdownDescription)} |`;
      assert.ok(told.includes(plain(row)), `missing in the README: ${row}`);
    }
    for (const { command, title } of contributes.commands) {
      if (!hidden.includes(command)) assert.ok(told.includes(`| *Tachyon: ${translate(title)}* |`), command);
    }
  });
});

function translate(placeholder: string): string {
  return english[placeholder.replaceAll('%', '')] ?? placeholder;
}
