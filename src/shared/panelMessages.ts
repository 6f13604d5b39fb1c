import type { PanelTexts } from './panelTexts.ts';

/** Names a chatroom in the messages: opaque to the page, checked by the host. */
export type RoomKey = string;

/** A chatroom in the list. All texts are plain and clean. */
export interface PanelRoom {
  readonly key: RoomKey;
  readonly name: string;
  /** Where it is, such as `tachyon · my-project · on this machine`. */
  readonly details: string;
  /** ISO 8601; missing where the server tells none. */
  readonly updatedAt?: string;
  readonly isPinned: boolean;
  /** It is gone from the list in so many milliseconds, unless that is undone. */
  readonly deletedIn?: number;
}

/** `here`: of this workspace. */
export interface RoomGroup {
  readonly kind: 'pinned' | 'here' | 'others' | 'found';
  readonly rooms: readonly PanelRoom[];
}

/** A chatroom whose deletion can be undone for so many milliseconds. */
export type DeletedRoom = Pick<PanelRoom, 'key' | 'name'> & { readonly deletedIn: number };

/** The list of chatrooms as it stands. */
export interface RoomListState {
  readonly groups: readonly RoomGroup[];
  /** All of this window, whether or not they are listed. */
  readonly deleted: readonly DeletedRoom[];
  /** What the list was searched for; `''`: it is not a search. */
  readonly search: string;
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  /** What could not be listed, in one sentence. */
  readonly problem?: string;
}

/**
 * How a turn stands. `sending`: nothing of the answer has come. `waiting`: it goes out again. `recovering`: the connection
 * died, and the room is read. All others are final.
 */
export type TurnState =
  | 'sending'
  | 'waiting'
  | 'streaming'
  | 'recovering'
  | 'answered'
  | 'interrupted'
  | 'stopped'
  | 'failed';

/** What a turn offers beside what every turn does. The host knows what they do. */
export type TurnAction =
  | 'signIn'
  | 'selectOperator'
  | 'selectModel'
  | 'openSettings'
  | 'showLog'
  | 'askAgain'
  | 'tryNow'
  | 'continue'
  | 'saveAudio'
  | 'dropParameter'
  | 'wholeReplies';

/** A prompt and its reply. */
export interface PanelTurn {
  /** Of this turn in its room, and the same for as long as the page lives. */
  readonly id: string;
  readonly prompt: string;
  /** Names of what was sent with it. */
  readonly attachments: readonly string[];
  /** Markdown of the model: untrusted. */
  readonly reply: string;
  /** What the model thought; markdown, untrusted. */
  readonly reasoning: string;
  readonly state: TurnState;
  /** Further answers, each whole; markdown, untrusted. */
  readonly alternatives: readonly string[];
  /** Plain sentences above the reply. */
  readonly notices: readonly string[];
  /** A plain sentence below the reply: what went wrong, or why there is a wait. */
  readonly problem?: string;
  readonly actions: readonly TurnAction[];
  /** The model that wrote it. */
  readonly model?: string;
  /** Tokens and cost, ready to show. */
  readonly usage?: string;
  /** When it was asked, ISO 8601. */
  readonly askedAt?: string;
  /** The request is kept and can be shown. */
  readonly hasRequest: boolean;
  /** The host knows the turn well enough to fork before it, or to edit it. */
  readonly canFork: boolean;
}

/** What of a turn changed. */
export type TurnPatch = Partial<Omit<PanelTurn, 'id'>>;

/** A prompt that was sent and is being edited. */
export interface PromptEdit {
  /** Id of the turn whose prompt it is. */
  readonly turn: string;
  readonly text: string;
}

/** What a prompt can bring along. `document`: a PDF and the like, which models take as a file. */
type AttachmentKind =
  | 'file'
  | 'selection'
  | 'symbol'
  | 'problems'
  | 'changes'
  | 'terminal'
  | 'image'
  | 'audio'
  | 'document';

/** Something that goes out with the next prompt. All texts are plain, clean and without secrets. */
export interface PanelAttachment {
  readonly id: string;
  readonly kind: AttachmentKind;
  readonly name: string;
  /** Where it is from, such as a path with lines; may be empty. */
  readonly details: string;
  /** How much goes out, such as `1,204 tokens`. */
  readonly size: string;
  /** What of it stays behind, in one sentence. */
  readonly cut?: string;
  /** Why it cannot go out, in one sentence: the prompt waits until it is taken away. */
  readonly problem?: string;
  /** How many likely secrets are in it. */
  readonly secrets: number;
  /** They go out as they are; otherwise masked. */
  readonly sendsSecrets: boolean;
}

/** What the next request holds, beside the prompt that is being typed. */
export interface PanelContext {
  readonly attachments: readonly PanelAttachment[];
  /** Estimated tokens of the conversation and the attachments. */
  readonly tokens: number;
  /** Of the model's window; missing where it is not known. */
  readonly limit?: number;
  /** The same in words, with the rule by which attachments are cut if any is. */
  readonly summary: string;
}

/** Something that can be attached, or a command, while it is typed. */
export interface Completion {
  /** Opaque to the page. */
  readonly id: string;
  readonly kind: AttachmentKind | 'command' | 'editors';
  readonly label: string;
  readonly details: string;
  /** Goes into the box in place of what was typed; missing: nothing does, and the item is chosen by its id. */
  readonly text?: string;
}

/** What a block of code can be used for. */
export type CodeAction = 'insert' | 'apply' | 'newFile' | 'run';

/** The room that is shown, or a new one that no prompt has made yet (`room` is missing). */
export interface ConversationState {
  readonly room?: RoomKey;
  readonly name: string;
  /** Connection and, if any, workspace. */
  readonly details: string;
  /** How many turns it has. */
  readonly count: number;
  /** Index of the first of `turns`. */
  readonly first: number;
  /** Consecutive turns, the last ones of the room. */
  readonly turns: readonly PanelTurn[];
  /** Text of the composer as it was left. */
  readonly draft: string;
  /** The prompt that was being edited when the page was left. */
  readonly edit?: PromptEdit;
  /** The model that the next prompt goes to, as the picker shows it. */
  readonly model: string;
  /** What this room sets for its model, such as `temperature 0.2`; empty for nothing. */
  readonly parameters: string;
  /** Tokens and cost of the whole room, ready to show; empty while nothing is known. */
  readonly usage: string;
  readonly isLoading: boolean;
  /** Why it cannot be shown or no longer be used, in one sentence. */
  readonly problem?: string;
  readonly problemActions: readonly TurnAction[];
}

/** What stands above a conversation. */
export type ConversationHeader = Omit<ConversationState, 'turns' | 'first' | 'draft' | 'edit'>;

/** Where the words of a search in the conversation are. */
export interface FindResult {
  /** Index of the turn. */
  readonly turn: number;
  readonly part: 'prompt' | 'reply';
  /** Which occurrence in that part, from 0. */
  readonly occurrence: number;
}

/** What the host tells the page. Text comes in pieces of a frame at least. */
export type ToWebview =
  /** The answer to `ready`, before all others. */
  | {
      readonly type: 'start';
      readonly texts: PanelTexts;
      readonly locale: string;
      /** The Chat view can be opened. */
      readonly hasChatView: boolean;
      /** An editor tab, and not a view. */
      readonly isEditor: boolean;
    }
  | { readonly type: 'rooms'; readonly list: RoomListState }
  /** Everything of the conversation anew: another room, or the same after a change elsewhere. */
  | { readonly type: 'conversation'; readonly conversation: ConversationState }
  /** The answer to `loadTurns`. */
  | { readonly type: 'turns'; readonly first: number; readonly turns: readonly PanelTurn[] }
  /** Name, model, count and problem; without the turns. */
  | {
      readonly type: 'header';
      readonly header: Partial<ConversationHeader>;
    }
  /** A turn at the end. */
  | { readonly type: 'turnAdded'; readonly index: number; readonly turn: PanelTurn }
  | { readonly type: 'textDelta'; readonly turn: string; readonly text: string }
  | { readonly type: 'reasoningDelta'; readonly turn: string; readonly text: string }
  /** `reply` is in it only if it is another than the pieces made. */
  | { readonly type: 'turnChanged'; readonly turn: string; readonly patch: TurnPatch }
  | {
      readonly type: 'found';
      readonly query: string;
      readonly results: readonly FindResult[];
      readonly isCut: boolean;
    }
  /** Attachments and what they take, whenever that changes. */
  | { readonly type: 'context'; readonly context: PanelContext }
  /** The answer to `complete`. */
  | { readonly type: 'completions'; readonly query: string; readonly items: readonly Completion[] }
  /** The answer to `loadHistory`: prompts of the room and of this window, the newest last. */
  | { readonly type: 'history'; readonly prompts: readonly string[] }
  /** Puts the text into the composer, whose own text goes to the host as a draft first. */
  | { readonly type: 'compose'; readonly text: string }
  /** The page says what is typed with `showReceipt`: the host's draft may be older. */
  | { readonly type: 'askReceipt' }
  /** Opens the search in the conversation with this text; an empty one leaves the box as it is. */
  | { readonly type: 'openFind'; readonly text: string }
  | { readonly type: 'focus' }
  /** Said by the page to screen readers and shown for some seconds. */
  | { readonly type: 'notice'; readonly text: string };

/** What the page asks for. All of it is checked by `parseFromWebview`. */
export type FromWebview =
  | { readonly type: 'ready' }
  /** The page has the focus, or has lost it: keys are for the one that has it, commands for the one that had it last. */
  | { readonly type: 'focusChanged'; readonly hasFocus: boolean }
  | { readonly type: 'openRoom'; readonly room: RoomKey }
  | { readonly type: 'newChat' }
  | { readonly type: 'submitPrompt'; readonly text: string }
  | { readonly type: 'stopReply' }
  | { readonly type: 'loadTurns'; readonly first: number; readonly count: number }
  | { readonly type: 'searchRooms'; readonly text: string }
  | { readonly type: 'loadMoreRooms' }
  | { readonly type: 'renameRoom'; readonly room: RoomKey; readonly name: string }
  | { readonly type: 'deleteRoom'; readonly room: RoomKey }
  | { readonly type: 'undoDelete'; readonly room: RoomKey }
  | { readonly type: 'pinRoom'; readonly room: RoomKey; readonly isPinned: boolean }
  | { readonly type: 'copyText'; readonly text: string }
  | { readonly type: 'openLink'; readonly href: string }
  | { readonly type: 'askAgain'; readonly turn: string }
  | { readonly type: 'forkFrom'; readonly turn: string }
  | { readonly type: 'editPrompt'; readonly turn: string; readonly text: string }
  | { readonly type: 'showSent'; readonly turn: string }
  | { readonly type: 'runAction'; readonly turn?: string; readonly action: TurnAction }
  | { readonly type: 'pickModel' }
  | { readonly type: 'changeDraft'; readonly room?: RoomKey; readonly text: string }
  /** An empty text: the prompt is no longer edited. */
  | {
      readonly type: 'changeEdit';
      readonly room?: RoomKey;
      readonly turn: string;
      readonly text: string;
    }
  | { readonly type: 'find'; readonly query: string }
  /** `query`: what stands before the caret from `#` or from `/` at the beginning, that character included. */
  | { readonly type: 'complete'; readonly query: string }
  /** Attaches a completion by its id. */
  | { readonly type: 'attach'; readonly id: string }
  /** Lets the person choose what to attach. */
  | { readonly type: 'pickAttachment' }
  /** Dropped from the explorer or from an editor's tab. */
  | { readonly type: 'attachUris'; readonly uris: readonly string[] }
  /** Pasted or dropped; `data` is base64. */
  | { readonly type: 'attachData'; readonly name: string; readonly mimeType: string; readonly data: string }
  | { readonly type: 'detach'; readonly attachment: string }
  | { readonly type: 'openAttachment'; readonly attachment: string }
  | { readonly type: 'sendSecrets'; readonly attachment: string; readonly isSent: boolean }
  /** Shows exactly what would go out with this text. */
  | { readonly type: 'showReceipt'; readonly text: string }
  | { readonly type: 'loadHistory' }
  | { readonly type: 'setParameters' }
  /** `info`: what stands after the three backticks; `before`: the end of the text above the block. */
  | {
      readonly type: 'useCode';
      readonly action: CodeAction;
      readonly code: string;
      readonly info: string;
      readonly before: string;
    }
  | { readonly type: 'continueInChat' }
  | { readonly type: 'openInEditor' };
