import { matchingCommands } from '../../chat/panel/slashCommand.ts';
import { slashCommands } from '../../shared/contributions.ts';
import type { ToWebview } from '../../shared/panelMessages.ts';
import { slashCommandText } from './panelHelp.ts';

/** What a prompt of the panel can begin with. */
export const commandNames = slashCommands.map(({ name }) => name);

/** The commands that go on from what was typed. */
export function commandCompletions(query: string): Extract<ToWebview, { type: 'completions' }> {
  const items = matchingCommands(query, commandNames).map((name) => ({
    id: `/${name}`,
    kind: 'command' as const,
    label: `/${name}`,
    details: slashCommandText(name),
    text: `/${name} `,
  }));
  return { type: 'completions', query, items };
}
