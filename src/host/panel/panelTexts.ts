import { env, l10n } from 'vscode';
import { longestPrompt } from '../../shared/panelLimits.ts';
import type { PanelTexts } from '../../shared/panelTexts.ts';

/** The page's texts in the person's language. */
export function panelTexts(): PanelTexts {
  return {
    ...roomTexts(),
    ...composerTexts(),
    ...attachmentTexts(),
    ...turnTexts(),
    ...findTexts(),
    more: l10n.t('More Actions'),
    cancel: l10n.t('Cancel'),
    close: l10n.t('Close'),
    loading: l10n.t('Loading…'),
    continueInChat: l10n.t('Continue in Chat View'),
    openInEditor: l10n.t('Open in Editor'),
    conversation: l10n.t('Conversation'),
    announceStarted: l10n.t('The answer begins.'),
    announceAnswered: l10n.t('The answer is complete.'),
    announceFailed: l10n.t('The answer failed.'),
    announceStopped: l10n.t('The answer was stopped.'),
    states: {
      sending: l10n.t('Sending…'),
      waiting: l10n.t('Waiting…'),
      streaming: l10n.t('Answering…'),
      recovering: l10n.t('Looking for the answer…'),
      answered: l10n.t('Answered'),
      interrupted: l10n.t('Interrupted'),
      stopped: l10n.t('Stopped'),
      failed: l10n.t('Failed'),
    },
    actions: {
      signIn: l10n.t('Sign In'),
      selectOperator: l10n.t('Select Operator…'),
      selectModel: l10n.t('Pick Another Model'),
      openSettings: l10n.t('Open Settings'),
      showLog: l10n.t('Show Log'),
      askAgain: l10n.t('Ask Again'),
      tryNow: l10n.t('Try Now'),
      continue: l10n.t('Continue the answer'),
      saveAudio: l10n.t('Save Audio…'),
      dropParameter: l10n.t('Leave Out Parameter'),
      wholeReplies: l10n.t('Ask for Whole Replies'),
    },
  };
}

function roomTexts() {
  return {
    newChat: l10n.t('New Chat'),
    chatrooms: l10n.t('Chatrooms'),
    searchRooms: l10n.t('Search chatrooms'),
    pinned: l10n.t('Pinned'),
    thisWorkspace: l10n.t('This workspace'),
    otherWorkspaces: l10n.t('Other workspaces'),
    found: l10n.t('Found'),
    noRooms: l10n.t('There are no chatrooms.'),
    nothingFound: l10n.t('No chatroom was found.'),
    showMore: l10n.t('Show more'),
    showLess: l10n.t('Show less'),
    rename: l10n.t('Rename'),
    newName: l10n.t('New name'),
    remove: l10n.t('Delete'),
    undo: l10n.t('Undo'),
    removed: l10n.t('“{0}” is deleted.'),
    pin: l10n.t('Pin'),
    unpin: l10n.t('Unpin'),
  };
}

function composerTexts() {
  return {
    emptyTitle: l10n.t('Ask Tachyon'),
    emptyText: l10n.t(
      'Each conversation is kept in a chatroom, which @tachyon, this panel and other windows share.',
    ),
    suggestions: [
      l10n.t('What is a chatroom?'),
      l10n.t('Write a regular expression that matches dates such as 2026-02-28'),
      l10n.t('How do I undo my last Git commit and keep its changes?'),
    ],
    prompt: l10n.t('Prompt'),
    promptPlaceholder: l10n.t('Ask anything; # attaches, / is for commands'),
    promptTooLong: l10n.t(
      'Nothing was changed: a prompt takes at most {0} characters. Open the text in an editor and attach the part that matters.',
      longestPrompt.toLocaleString(env.language),
    ),
    send: l10n.t('Send'),
    stop: l10n.t('Stop'),
    pickModel: l10n.t('Pick a model (now: {0})'),
    scrollToEnd: l10n.t('Scroll to the End'),
  };
}

function attachmentTexts() {
  return {
    attach: l10n.t('Attach… (or type #, or drop with Shift)'),
    attachments: l10n.t('Attachments'),
    detach: l10n.t('Remove {0}'),
    secretsMasked: l10n.t('Likely secrets, masked: {0}'),
    secretsSent: l10n.t('Likely secrets, sent as they are: {0}'),
    sendSecrets: l10n.t('Send as It Is'),
    maskSecrets: l10n.t('Mask'),
    attachmentTooLarge: l10n.t('Larger than 10 MB and not attached: {0}'),
    attachmentLeft: l10n.t('Not attached, since another chat was opened before it was read: {0}'),
    attachmentUnreadable: l10n.t('{0} could not be read and was not attached.'),
    dropHere: l10n.t('Drop here to attach; keep Shift pressed'),
    attached: l10n.t('Attached: {0}'),
    detached: l10n.t('Removed: {0}'),
    tokens: l10n.t('{0} tokens'),
    tokensOfLimit: l10n.t('{0} of {1} tokens'),
    promptActions: l10n.t('More Actions for the Prompt'),
    showReceipt: l10n.t('Show What Will Be Sent'),
    setParameters: l10n.t('Set Parameters…'),
    completions: l10n.t('Completions'),
    noCompletions: l10n.t('Nothing found'),
  };
}

function turnTexts() {
  return {
    you: l10n.t('You'),
    model: l10n.t('Model'),
    reasoning: l10n.t('Reasoning'),
    alternative: l10n.t('Alternative {0}'),
    copy: l10n.t('Copy'),
    copied: l10n.t('Copied'),
    copyCode: l10n.t('Copy Code'),
    insertCode: l10n.t('Insert at Cursor'),
    applyCode: l10n.t('Apply…'),
    newFile: l10n.t('New File'),
    runCode: l10n.t('Run in Terminal…'),
    askAgain: l10n.t('Ask Again'),
    forkFrom: l10n.t('Fork from Here'),
    editPrompt: l10n.t('Edit and Resend'),
    showSent: l10n.t('Show What Was Sent'),
    resend: l10n.t('Resend'),
    picture: l10n.t('Picture: {0}'),
    code: l10n.t('Code: {0}'),
    restIsPlain: l10n.t('The rest is shown as plain text, because the answer is very long.'),
  };
}

function findTexts() {
  return {
    find: l10n.t('Find in Conversation'),
    findNext: l10n.t('Next Match'),
    findPrevious: l10n.t('Previous Match'),
    matches: l10n.t('{0} of {1}'),
    noMatches: l10n.t('No results'),
  };
}
