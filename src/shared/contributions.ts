/** Commands at the answers of quick prompts; each takes the id of an answer. */
export const answerCommands = {
  stopQuickPrompt: 'tachyon.stopQuickPrompt',
  continueAnswer: 'tachyon.continueAnswer',
  discardAnswer: 'tachyon.discardAnswer',
  showWholeAnswer: 'tachyon.showWholeAnswer',
  dismissAnswer: 'tachyon.dismissAnswer',
} as const;

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
  findInChat: 'tachyon.findInChat',
  renameRoom: 'tachyon.renameRoom',
  pinRoom: 'tachyon.pinRoom',
  forkRoom: 'tachyon.forkRoom',
  deleteRoom: 'tachyon.deleteRoom',
  exportRoom: 'tachyon.exportRoom',
  attach: 'tachyon.attach',
  showReceipt: 'tachyon.showReceipt',
  pickModel: 'tachyon.pickModel',
  setParameters: 'tachyon.setParameters',
  panelHelp: 'tachyon.panelHelp',
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
  quickPrompt: 'tachyon.quickPrompt',
  explain: 'tachyon.explain',
  fix: 'tachyon.fix',
  writeTests: 'tachyon.writeTests',
  document: 'tachyon.document',
  refactor: 'tachyon.refactor',
  review: 'tachyon.review',
  commitMessage: 'tachyon.commitMessage',
  askTerminal: 'tachyon.askTerminal',
  ...answerCommands,
} as const;

export type CommandId = (typeof commands)[keyof typeof commands];

export const settings = {
  connections: 'tachyon.connections',
  defaultModel: 'tachyon.defaultModel',
  systemPrompt: 'tachyon.systemPrompt',
  roomNames: 'tachyon.roomNames',
  quickPrompts: 'tachyon.quickPrompts',
  quickPromptRoom: 'tachyon.quickPromptRoom',
} as const;

/** The chat participant's id, and its name after the `@`. */
export const participant = { id: 'tachyon.chat', name: 'tachyon' } as const;

/** What a prompt of the panel can begin with, after a `/`; `inChat`: `@tachyon` has it too. */
export const slashCommands = [
  { name: 'new', inChat: true },
  { name: 'room', inChat: true },
  { name: 'model', inChat: false },
  { name: 'parameters', inChat: false },
  { name: 'find', inChat: false },
  { name: 'export', inChat: false },
  { name: 'help', inChat: false },
] as const;

export type SlashCommandName = (typeof slashCommands)[number]['name'];

/** Ids of the chat panel: its container in the side bar, the view in it, and the type of its editor tabs. */
export const panel = {
  container: 'tachyon',
  view: 'tachyon.panel',
  editor: 'tachyon.panelEditor',
} as const;

/** Scheme of the documents that show what a file becomes before a change is accepted. */
export const changeScheme = 'tachyon-change';

/** Context keys of `when` clauses. */
export const contexts = {
  /** The page in front shows a chatroom. */
  showsRoom: 'tachyon.showsRoom',
  /** A page of the panel has the focus. */
  hasFocus: 'tachyon.panelHasFocus',
  /** A change is shown that is neither accepted nor rejected. */
  showsChange: 'tachyon.showsChange',
  /** A quick prompt runs, and can be stopped. */
  quickPromptRuns: 'tachyon.quickPromptRuns',
} as const;

/** Vendor of the language model provider. */
export const modelVendor = 'tachyon';
