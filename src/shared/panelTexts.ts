import type { TurnAction, TurnState } from './panelMessages.ts';

/** Texts of the page in the person's language; `{0}` is filled in by the page. */
export interface PanelTexts {
  readonly newChat: string;
  readonly chatrooms: string;
  readonly searchRooms: string;
  readonly pinned: string;
  readonly thisWorkspace: string;
  readonly otherWorkspaces: string;
  readonly found: string;
  readonly noRooms: string;
  readonly nothingFound: string;
  readonly showMore: string;
  /** Folds a long prompt again. */
  readonly showLess: string;
  readonly loading: string;
  readonly rename: string;
  readonly newName: string;
  readonly remove: string;
  readonly undo: string;
  /** `{0}`: the name of the chatroom. */
  readonly removed: string;
  readonly pin: string;
  readonly unpin: string;
  readonly emptyTitle: string;
  readonly emptyText: string;
  readonly suggestions: readonly string[];
  readonly prompt: string;
  readonly promptPlaceholder: string;
  /** Why a text is not taken into a box for prompts, or not sent. */
  readonly promptTooLong: string;
  readonly attach: string;
  readonly attachments: string;
  /** `{0}`: the name of the attachment. */
  readonly detach: string;
  /** `{0}`: a number of likely secrets, which are masked. */
  readonly secretsMasked: string;
  readonly secretsSent: string;
  readonly sendSecrets: string;
  readonly maskSecrets: string;
  /** `{0}`: names of files that are larger than 10 MB. */
  readonly attachmentTooLarge: string;
  /** `{0}`: the name of something that cannot be read, such as a folder. */
  readonly attachmentUnreadable: string;
  /** `{0}`: names of files that were being read when another chat was opened. */
  readonly attachmentLeft: string;
  readonly dropHere: string;
  /** `{0}`: the name of what was attached; said to screen readers, as is `detached`. */
  readonly attached: string;
  readonly detached: string;
  /** `{0}`: estimated tokens of the next request. */
  readonly tokens: string;
  /** `{0}` of the `{1}` tokens of the model's window. */
  readonly tokensOfLimit: string;
  /** Of the menu beside the button that sends, where the composer is narrow. */
  readonly promptActions: string;
  readonly showReceipt: string;
  readonly setParameters: string;
  readonly completions: string;
  readonly noCompletions: string;
  readonly send: string;
  readonly stop: string;
  /** `{0}`: the model. */
  readonly pickModel: string;
  readonly you: string;
  readonly model: string;
  readonly reasoning: string;
  /** `{0}`: its number. */
  readonly alternative: string;
  readonly copy: string;
  readonly copied: string;
  readonly copyCode: string;
  readonly insertCode: string;
  readonly applyCode: string;
  readonly newFile: string;
  readonly runCode: string;
  readonly askAgain: string;
  readonly forkFrom: string;
  readonly editPrompt: string;
  readonly showSent: string;
  readonly resend: string;
  readonly cancel: string;
  readonly more: string;
  readonly find: string;
  readonly findNext: string;
  readonly findPrevious: string;
  readonly close: string;
  /** `{0}` of `{1}`. */
  readonly matches: string;
  readonly noMatches: string;
  readonly continueInChat: string;
  readonly openInEditor: string;
  readonly scrollToEnd: string;
  readonly conversation: string;
  readonly states: Readonly<Record<TurnState, string>>;
  readonly actions: Readonly<Record<TurnAction, string>>;
  /** Said once to screen readers: the answer begins, is complete, failed, was stopped. */
  readonly announceStarted: string;
  readonly announceAnswered: string;
  readonly announceFailed: string;
  readonly announceStopped: string;
  /** Stands in place of a picture that is not loaded; `{0}`: its description. */
  readonly picture: string;
  /** `{0}`: the language of a code block. */
  readonly code: string;
  /** Below an answer of which the end is not rendered. */
  readonly restIsPlain: string;
}
