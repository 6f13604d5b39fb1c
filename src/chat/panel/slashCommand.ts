/** A prompt that is a command, and what stands after its name. */
export interface SlashCommand<N extends string> {
  readonly name: N;
  readonly text: string;
}

/** Reads a prompt as one of the commands, in any case; undefined: it is a prompt like any other. */
export function readSlashCommand<N extends string>(
  prompt: string,
  names: readonly N[],
): SlashCommand<N> | undefined {
  const [, word, text = ''] = /^\s*\/([a-z]+)(?:\s([\s\S]*))?$/i.exec(prompt) ?? [];
  const name = names.find((known) => known === word?.toLowerCase());
  return name === undefined ? undefined : { name, text: text.trim() };
}

/** The commands that begin like what was typed, from `/` on. */
export function matchingCommands<N extends string>(query: string, names: readonly N[]): N[] {
  const typed = query.slice(1).toLowerCase();
  return query.startsWith('/') ? names.filter((name) => name.startsWith(typed)) : [];
}
