import type {
  Completion,
  PanelAttachment,
  PanelContext,
  PanelTurn,
  RoomListState,
} from '../../../../src/shared/panelMessages.ts';
import { aRoom, aTurn } from './turns.ts';

const markdown = `## Two ways

A chatroom is **stored**, and a *window* only shows it. See [the documents](https://example.com/docs).

| Door | Where |
|---|---|
| \`@tachyon\` | the Chat view |
| the panel | the side bar |

- [x] kept
- [ ] forgotten

\`\`\`ts
export const room = await chatrooms.create({ name: 'Example with a rather long line that scrolls' });
\`\`\`

1. first
2. second

> A quotation.`;

/** A conversation in which each state of a turn, and each part it can have, shows once. */
export const allStates: readonly PanelTurn[] = [
  aTurn({
    id: 'answered',
    prompt: 'What is the difference between a chatroom and a window?',
    attachments: ['src/chat/ask.ts', 'screenshot.png'],
    notices: ['2 turns were added in another window.'],
    reasoning: 'They ask about *rooms*.',
    reply: markdown,
    usage: '1,204 tokens · $0.003',
  }),
  aTurn({
    id: 'alternatives',
    prompt: 'Name a colour',
    reply: 'Blue.',
    alternatives: ['Green.', 'A rather *dark* red.'],
  }),
  aTurn({ id: 'long', prompt: Array.from({ length: 30 }, (_, i) => `line ${i + 1} of a log`).join('\n') }),
  aTurn({
    id: 'interrupted',
    prompt: 'And how is it kept?',
    reply: 'On the server, and',
    state: 'interrupted',
    problem: 'The connection was cut. What had come is kept.',
    actions: ['askAgain'],
  }),
  aTurn({ id: 'stopped', prompt: 'Tell me everything', reply: 'In the beginning', state: 'stopped' }),
  aTurn({
    id: 'failed',
    prompt: 'Once more',
    reply: '',
    state: 'failed',
    problem: 'The key was refused by tachyon. Sign in with another one.',
    actions: ['signIn', 'showLog'],
  }),
  aTurn({ id: 'recovering', prompt: 'Is it there?', reply: 'It', state: 'recovering' }),
  aTurn({
    id: 'waiting',
    prompt: 'Now?',
    reply: '',
    state: 'waiting',
    problem: 'The server is busy: the prompt goes out again in 20 seconds.',
    actions: ['tryNow'],
  }),
  aTurn({ id: 'sending', prompt: 'Hello', reply: '', state: 'sending' }),
  aTurn({ id: 'streaming', prompt: 'Please go on', reply: 'It goes on with **some', state: 'streaming' }),
];

/** A list with every kind of group and of row. */
export const allRooms: RoomListState = {
  groups: [
    { kind: 'pinned', rooms: [aRoom({ key: 'p', name: 'Release plan', isPinned: true })] },
    {
      kind: 'here',
      rooms: [
        aRoom({ key: 'room-1', name: 'Chatrooms and windows' }),
        aRoom({ key: 'd', name: 'An experiment', deletedIn: 600_000 }),
        aRoom({
          key: 'l',
          name: 'A name that is so long that it never fits into the list, however wide that is',
        }),
      ],
    },
    {
      kind: 'others',
      rooms: [aRoom({ key: 'o', name: 'Notes', details: 'openai · other-project · on this machine' })],
    },
  ],
  deleted: [{ key: 'd', name: 'An experiment', deletedIn: 600_000 }],
  search: '',
  hasMore: true,
  isLoading: false,
  problem: 'The chatrooms of atoma could not be listed.',
};

/** An attachment; what is not given is as for a small file. */
export function anAttachment(
  attachment: Partial<PanelAttachment> & { readonly id: string },
): PanelAttachment {
  return {
    kind: 'file',
    name: `${attachment.id}.ts`,
    details: `src/${attachment.id}.ts`,
    size: '120 tokens',
    secrets: 0,
    sendsSecrets: false,
    ...attachment,
  };
}

/** One attachment of each kind and state. */
export const allAttachments: readonly PanelAttachment[] = [
  anAttachment({ id: 'ask', size: '1,204 tokens' }),
  anAttachment({ id: 'cut', name: 'a-log-with-a-rather-long-name.txt', cut: '2,310 lines are left out.' }),
  anAttachment({ id: 'selection', kind: 'selection', name: 'ask.ts:10–24' }),
  anAttachment({ id: 'masked', name: '.env.example', secrets: 2 }),
  anAttachment({ id: 'sent', name: 'notes.md', secrets: 1, sendsSecrets: true }),
  anAttachment({ id: 'gone', name: 'deleted.ts', problem: 'src/deleted.ts is not there any more.' }),
  anAttachment({ id: 'symbol', kind: 'symbol', name: 'createPage' }),
  anAttachment({ id: 'problems', kind: 'problems', name: '3 problems' }),
  anAttachment({ id: 'changes', kind: 'changes', name: 'Changes' }),
  anAttachment({ id: 'terminal', kind: 'terminal', name: 'Terminal' }),
  anAttachment({ id: 'image', kind: 'image', name: 'screenshot.png', size: '214 KB' }),
  anAttachment({ id: 'audio', kind: 'audio', name: 'question.wav', size: '1.2 MB' }),
  anAttachment({ id: 'document', kind: 'document', name: 'paper.pdf', size: '3 MB' }),
];

/** What the next request holds. */
export function aContext(
  attachments: readonly PanelAttachment[],
  context: Partial<PanelContext> = {},
): PanelContext {
  return { attachments, tokens: 12_400, limit: 128_000, summary: 'About a tenth is used.', ...context };
}

/** An answer to what is typed, with rows that fit and one that does not. */
export const someCompletions: readonly Completion[] = [
  { id: 'selection', kind: 'selection', label: '#selection', details: 'ask.ts:10–24' },
  { id: 'file-1', kind: 'file', label: 'ask.ts', details: 'src/chat' },
  {
    id: 'file-2',
    kind: 'file',
    label: 'a-file-with-a-name-that-is-longer-than-the-panel-is-wide.test.ts',
    details: 'test/unit/a/folder/that/is/deep',
  },
  { id: 'symbol', kind: 'symbol', label: 'ask', details: 'src/chat/ask.ts' },
  { id: 'editors', kind: 'editors', label: '#editors', details: '4 files' },
];
