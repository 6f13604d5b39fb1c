/** Markdown that wants to do harm: its name, and the text. `OUTSIDE` in it is an address that nothing may reach. */
export type HostileCase = readonly [name: string, markdown: string];
