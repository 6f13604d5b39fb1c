import * as vscode from 'vscode';
import { builtInPrompts } from '../../chat/quickPrompts/builtInPrompts.ts';
import { slashCommands, type SlashCommandName } from '../../shared/contributions.ts';

const slashCommandTexts: Readonly<Record<SlashCommandName, () => string>> = {
  new: () => vscode.l10n.t('Begins a new chat, with the text after it as the first prompt'),
  room: () => vscode.l10n.t('Opens a chatroom'),
  model: () => vscode.l10n.t('Picks the model of this chat'),
  parameters: () => vscode.l10n.t('Sets parameters of this chat, such as the temperature'),
  find: () => vscode.l10n.t('Finds the text after it in this chat'),
  export: () => vscode.l10n.t('Exports this chat'),
  help: () => vscode.l10n.t('Lists commands and keys'),
};

/** What a prompt of the panel can begin with, after a `/`, and what that does, in one line: commands, then quick prompts. */
export function slashTexts(): ReadonlyMap<string, string> {
  return new Map([
    ...slashCommands.map(({ name }) => [name, slashCommandTexts[name]()] as const),
    ...builtInPrompts(vscode.l10n).map(
      ({ slash, name, description }) => [slash, [name, description].filter(Boolean).join(': ')] as const,
    ),
  ]);
}

/** Commands and keys of the panel, as markdown that reads well as it is. */
export function panelHelp(): string {
  return [
    `# ${vscode.l10n.t('Chat panel: commands and keys')}`,
    `## ${vscode.l10n.t('Commands at the beginning of a prompt')}`,
    list([...slashTexts()].map(([name, text]) => [`/${name}`, text])),
    `## ${vscode.l10n.t('Keys')}`,
    vscode.l10n.t(
      'On macOS, Cmd takes the place of Ctrl. The first seven can be changed in Keyboard Shortcuts.',
    ),
    list(keys()),
    `## ${vscode.l10n.t('More')}`,
    vscode.l10n.t('Everything else is in the menu of the view and, under “Tachyon”, in the Command Palette.'),
    '',
  ].join('\n\n');
}

function keys(): [key: string, text: string][] {
  return [
    ['Ctrl+L', vscode.l10n.t('New chat')],
    ['Ctrl+/', vscode.l10n.t('Attach something')],
    ['Ctrl+.', vscode.l10n.t('Pick the model')],
    ['Ctrl+Shift+R', vscode.l10n.t('Show what will be sent')],
    ['Ctrl+Shift+L', vscode.l10n.t('Search chats')],
    ['Ctrl+F', vscode.l10n.t('Find in this chat')],
    ['Alt+F1 · Shift+Alt+F1 (Linux)', vscode.l10n.t('Lists commands and keys')],
    ['Enter', vscode.l10n.t('Send')],
    ['Shift+Enter', vscode.l10n.t('New line')],
    ['#', vscode.l10n.t('Attach something by its name')],
    [vscode.l10n.t('Up, in an empty box or its first line'), vscode.l10n.t('The prompt before')],
    ['Esc', vscode.l10n.t('Close what is open, else stop the answer')],
    ['F3 · Shift+F3', vscode.l10n.t('The next or previous place, in the box for finding')],
    [vscode.l10n.t('Up and Down, in the turns'), vscode.l10n.t('The turn before or after')],
    ['F2 · Delete', vscode.l10n.t('Rename or delete, in the list of chatrooms')],
  ];
}

function list(rows: readonly (readonly [string, string])[]): string {
  return rows.map(([key, text]) => `- \`${key}\`: ${text}`).join('\n');
}
