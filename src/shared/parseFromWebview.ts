import {
  largestFile,
  longestBefore,
  longestName,
  longestPrompt,
  longestQuery,
  mostUris,
} from './panelLimits.ts';
import type { CodeAction, FromWebview, TurnAction } from './panelMessages.ts';

/** An answer can be as long as this, and all of it can be copied. */
const longestCopy = 32 * 1024 * 1024;
/** A key holds a connection and an id of a server, percent-encoded. */
const longestKey = 700;
const longestId = 300;
const longestLink = 8192;
/** The largest file as base64, which takes 4 characters for 3 bytes. */
const longestData = 1.4 * largestFile;
/** More turns than any page shows at once. */
const mostTurns = 500;
const mostInRoom = 10_000_000;

const actions: Readonly<Record<TurnAction, true>> = {
  signIn: true,
  selectOperator: true,
  selectModel: true,
  openSettings: true,
  showLog: true,
  askAgain: true,
  tryNow: true,
  continue: true,
  saveAudio: true,
  dropParameter: true,
  wholeReplies: true,
};

const codeActions: Readonly<Record<CodeAction, true>> = {
  insert: true,
  apply: true,
  newFile: true,
  run: true,
};

type Fields = Readonly<Record<string, unknown>>;
type Parsers = { readonly [T in FromWebview['type']]: (fields: Fields) => FromWebview | undefined };

/** One parser for each message: a missing one is a type error. */
const parsers: Parsers = {
  ready: () => ({ type: 'ready' }),
  focusChanged: ({ hasFocus }) =>
    typeof hasFocus === 'boolean' ? { type: 'focusChanged', hasFocus } : undefined,
  newChat: () => ({ type: 'newChat' }),
  stopReply: () => ({ type: 'stopReply' }),
  loadMoreRooms: () => ({ type: 'loadMoreRooms' }),
  pickModel: () => ({ type: 'pickModel' }),
  continueInChat: () => ({ type: 'continueInChat' }),
  openInEditor: () => ({ type: 'openInEditor' }),
  pickAttachment: () => ({ type: 'pickAttachment' }),
  loadHistory: () => ({ type: 'loadHistory' }),
  setParameters: () => ({ type: 'setParameters' }),
  complete: ({ query }) => (isText(query, longestQuery) ? { type: 'complete', query } : undefined),
  attach: ({ id }) => (isText(id, longestLink) ? { type: 'attach', id } : undefined),
  attachUris: ({ uris }) =>
    Array.isArray(uris) && uris.length <= mostUris && uris.every((uri) => isText(uri, longestLink))
      ? { type: 'attachUris', uris }
      : undefined,
  attachData: ({ name, mimeType, data }) =>
    isText(name, longestName) && isText(mimeType, longestName) && isText(data, longestData, 0)
      ? { type: 'attachData', name, mimeType, data }
      : undefined,
  detach: ({ attachment }) => (isText(attachment, longestId) ? { type: 'detach', attachment } : undefined),
  openAttachment: ({ attachment }) =>
    isText(attachment, longestId) ? { type: 'openAttachment', attachment } : undefined,
  sendSecrets: ({ attachment, isSent }) =>
    isText(attachment, longestId) && typeof isSent === 'boolean'
      ? { type: 'sendSecrets', attachment, isSent }
      : undefined,
  showReceipt: ({ text }) => (isText(text, longestPrompt, 0) ? { type: 'showReceipt', text } : undefined),
  useCode: ({ action, code, info, before }) =>
    isCodeAction(action) &&
    isText(code, longestCopy) &&
    isText(info, longestName, 0) &&
    isText(before, longestBefore, 0)
      ? { type: 'useCode', action, code, info, before }
      : undefined,
  openRoom: ({ room }) => (isText(room, longestKey) ? { type: 'openRoom', room } : undefined),
  deleteRoom: ({ room }) => (isText(room, longestKey) ? { type: 'deleteRoom', room } : undefined),
  undoDelete: ({ room }) => (isText(room, longestKey) ? { type: 'undoDelete', room } : undefined),
  renameRoom: ({ room, name }) =>
    isText(room, longestKey) && isText(name, longestName) ? { type: 'renameRoom', room, name } : undefined,
  pinRoom: ({ room, isPinned }) =>
    isText(room, longestKey) && typeof isPinned === 'boolean'
      ? { type: 'pinRoom', room, isPinned }
      : undefined,
  submitPrompt: ({ text }) => (isText(text, longestPrompt) ? { type: 'submitPrompt', text } : undefined),
  loadTurns: ({ first, count }) =>
    isCount(first, mostInRoom) && isCount(count, mostTurns) ? { type: 'loadTurns', first, count } : undefined,
  searchRooms: ({ text }) => (isText(text, longestName, 0) ? { type: 'searchRooms', text } : undefined),
  find: ({ query }) => (isText(query, longestName, 0) ? { type: 'find', query } : undefined),
  copyText: ({ text }) => (isText(text, longestCopy) ? { type: 'copyText', text } : undefined),
  openLink: ({ href }) => (isText(href, longestLink) ? { type: 'openLink', href } : undefined),
  askAgain: ({ turn }) => (isText(turn, longestId) ? { type: 'askAgain', turn } : undefined),
  forkFrom: ({ turn }) => (isText(turn, longestId) ? { type: 'forkFrom', turn } : undefined),
  showSent: ({ turn }) => (isText(turn, longestId) ? { type: 'showSent', turn } : undefined),
  editPrompt: ({ turn, text }) =>
    isText(turn, longestId) && isText(text, longestPrompt) ? { type: 'editPrompt', turn, text } : undefined,
  runAction: ({ turn, action }) => {
    if (!isAction(action)) return undefined;
    if (turn === undefined) return { type: 'runAction', action };
    return isText(turn, longestId) ? { type: 'runAction', turn, action } : undefined;
  },
  changeDraft: ({ room, text }) => {
    if (!isText(text, longestPrompt, 0)) return undefined;
    if (room === undefined) return { type: 'changeDraft', text };
    return isText(room, longestKey) ? { type: 'changeDraft', room, text } : undefined;
  },
  changeEdit: ({ room, turn, text }) => {
    if (!isText(turn, longestId) || !isText(text, longestPrompt, 0)) return undefined;
    if (room === undefined) return { type: 'changeEdit', turn, text };
    return isText(room, longestKey) ? { type: 'changeEdit', room, turn, text } : undefined;
  },
};

/**
 * The page's message with nothing but the fields of its type; undefined for everything else. The page shows what models
 * and servers write, so its messages are untrusted.
 */
export function parseFromWebview(value: unknown): FromWebview | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const fields: Fields = { ...value };
  const { type } = fields;
  return isType(type) ? parsers[type](fields) : undefined;
}

function isType(type: unknown): type is FromWebview['type'] {
  return typeof type === 'string' && Object.hasOwn(parsers, type);
}

function isAction(action: unknown): action is TurnAction {
  return typeof action === 'string' && Object.hasOwn(actions, action);
}

function isCodeAction(action: unknown): action is CodeAction {
  return typeof action === 'string' && Object.hasOwn(codeActions, action);
}

function isText(value: unknown, longest: number, shortest = 1): value is string {
  return typeof value === 'string' && value.length >= shortest && value.length <= longest;
}

function isCount(value: unknown, most: number): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= most;
}
