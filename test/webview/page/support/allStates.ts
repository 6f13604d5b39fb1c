import type { PanelTurn, RoomListState } from '../../../../src/shared/panelMessages.ts';
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
