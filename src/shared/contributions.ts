/** Ids that stand in package.json too; a test keeps both sides equal. */
export const commands = {
  signIn: 'tachyon.signIn',
  signOut: 'tachyon.signOut',
  selectOperator: 'tachyon.selectOperator',
  showLog: 'tachyon.showLog',
  stop: 'tachyon.stop',
  ask: 'tachyon.ask',
  tryNow: 'tachyon.tryNow',
  dropParameter: 'tachyon.dropParameter',
  saveAudio: 'tachyon.saveAudio',
  attachChats: 'tachyon.attachChats',
} as const;

export type CommandId = (typeof commands)[keyof typeof commands];

export const settings = {
  connections: 'tachyon.connections',
  defaultModel: 'tachyon.defaultModel',
  systemPrompt: 'tachyon.systemPrompt',
  roomNames: 'tachyon.roomNames',
} as const;

/** The chat participant's id, and its name after the `@`. */
export const participant = { id: 'tachyon.chat', name: 'tachyon' } as const;

export const slashCommands = ['new'] as const;

/** Vendor of the language model provider. */
export const modelVendor = 'tachyon';
