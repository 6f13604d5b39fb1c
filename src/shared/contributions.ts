/** Ids that stand in package.json too; a test keeps both sides equal. */
export const commands = {
  signIn: 'tachyon.signIn',
  signOut: 'tachyon.signOut',
  selectOperator: 'tachyon.selectOperator',
  manageConnections: 'tachyon.manageConnections',
  selectModel: 'tachyon.selectModel',
  openRoom: 'tachyon.openRoom',
  newChat: 'tachyon.newChat',
  openPanel: 'tachyon.openPanel',
  openInPanel: 'tachyon.openInPanel',
  openInEditor: 'tachyon.openInEditor',
  continueInChat: 'tachyon.continueInChat',
  searchChats: 'tachyon.searchChats',
  exportChat: 'tachyon.exportChat',
  importChats: 'tachyon.importChats',
  forgetLocalData: 'tachyon.forgetLocalData',
  diagnose: 'tachyon.diagnose',
  showSent: 'tachyon.showSent',
  showLog: 'tachyon.showLog',
  stop: 'tachyon.stop',
  ask: 'tachyon.ask',
  tryNow: 'tachyon.tryNow',
  dropParameter: 'tachyon.dropParameter',
  saveAudio: 'tachyon.saveAudio',
  wholeReplies: 'tachyon.wholeReplies',
  attachChats: 'tachyon.attachChats',
  acceptChange: 'tachyon.acceptChange',
  rejectChange: 'tachyon.rejectChange',
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

export const slashCommands = ['new', 'room'] as const;

/** Ids of the chat panel: its container in the side bar, the view in it, and the type of its editor tabs. */
export const panel = {
  container: 'tachyon',
  view: 'tachyon.panel',
  editor: 'tachyon.panelEditor',
} as const;

/** Scheme of the documents that show what a file becomes before a change is accepted. */
export const changeScheme = 'tachyon-change';

/** Vendor of the language model provider. */
export const modelVendor = 'tachyon';
