import { matchingCommands } from '../../chat/panel/slashCommand.ts';
import { slashCommands } from '../../shared/contributions.ts';
import type { ToWebview } from '../../shared/panelMessages.ts';
import { slashTexts } from './panelHelp.ts';

/** The commands that the panel itself carries out, after a `/` at the beginning of a prompt. */
export const commandNames = slashCommands.map(({ name }) => name);

/** The commands and quick prompts that go on from what was typed. */
export function commandCompletions(query: string): Extract<ToWebview, { type: 'completions' }> {
  const texts = slashTexts();
  const items = matchingCommands(query, [...texts.keys()]).map((name) => ({
    id: `/${name}`,
    kind: 'command' as const,
    label: `/${name}`,
    details: texts.get(name) ?? '',
    text: `/${name} `,
  }));
  return { type: 'completions', query, items };
}
