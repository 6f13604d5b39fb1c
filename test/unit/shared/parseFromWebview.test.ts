import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { FromWebview } from '../../../src/shared/panelMessages.ts';
import { parseFromWebview } from '../../../src/shared/parseFromWebview.ts';

const megabyte = 1024 * 1024;

/** One of each type, as the page sends them. */
const messages: readonly FromWebview[] = [
  { type: 'ready' },
  { type: 'openRoom', room: 'tachyon/ch_1' },
  { type: 'newChat' },
  { type: 'focusChanged', hasFocus: true },
  { type: 'setParameters' },
  { type: 'loadHistory' },
  { type: 'complete', query: '/' },
  { type: 'submitPrompt', text: 'p'.repeat(megabyte) },
  { type: 'stopReply' },
  { type: 'loadTurns', first: 0, count: 40 },
  { type: 'searchRooms', text: '' },
  { type: 'loadMoreRooms' },
  { type: 'renameRoom', room: 'tachyon/ch_1', name: 'n' },
  { type: 'deleteRoom', room: 'tachyon/ch_1' },
  { type: 'undoDelete', room: 'tachyon/ch_1' },
  { type: 'pinRoom', room: 'tachyon/ch_1', isPinned: false },
  { type: 'copyText', text: 'c' },
  { type: 'openLink', href: 'https://example.com' },
  { type: 'askAgain', turn: 't' },
  { type: 'forkFrom', turn: 't' },
  { type: 'editPrompt', turn: 't', text: 'p' },
  { type: 'showSent', turn: 't' },
  { type: 'runAction', turn: 't', action: 'signIn' },
  { type: 'runAction', action: 'showLog' },
  { type: 'pickModel' },
  { type: 'changeDraft', text: '' },
  { type: 'changeDraft', room: 'tachyon/ch_1', text: 'd' },
  { type: 'changeEdit', turn: 't', text: '' },
  { type: 'changeEdit', room: 'tachyon/ch_1', turn: 't', text: 'p' },
  { type: 'find', query: 'q' },
  { type: 'continueInChat' },
  { type: 'openInEditor' },
  { type: 'complete', query: '#' },
  { type: 'attach', id: 'file:///w/a.ts' },
  { type: 'pickAttachment' },
  { type: 'attachUris', uris: ['file:///w/a.ts'] },
  { type: 'attachData', name: 'a.png', mimeType: 'image/png', data: 'A'.repeat(14 * megabyte) },
  { type: 'detach', attachment: 'a' },
  { type: 'openAttachment', attachment: 'a' },
  { type: 'sendSecrets', attachment: 'a', isSent: true },
  { type: 'showReceipt', text: '' },
  { type: 'loadHistory' },
  { type: 'setParameters' },
  { type: 'useCode', action: 'apply', code: 'c', info: '', before: '' },
];

const refused: readonly (readonly [string, unknown])[] = [
  ['nothing', undefined],
  ['null', null],
  ['a focus that is neither', { type: 'focusChanged', hasFocus: 'true' }],
  ['a text', 'ready'],
  ['a list', [{ type: 'ready' }]],
  ['no type', {}],
  ['a type of no message', { type: 'eval', code: '1' }],
  ['a type of every object', { type: 'constructor' }],
  ['a type that is no text', { type: ['ready'] }],
  ['an empty prompt', { type: 'submitPrompt', text: '' }],
  ['a prompt over a megabyte', { type: 'submitPrompt', text: 'p'.repeat(megabyte + 1) }],
  ['a prompt that is an object', { type: 'submitPrompt', text: { toString: () => 'p' } }],
  ['a draft over a megabyte', { type: 'changeDraft', text: 'p'.repeat(megabyte + 1) }],
  ['a draft of a room that is a number', { type: 'changeDraft', room: 1, text: 'd' }],
  ['a draft of an edit without a turn', { type: 'changeEdit', text: 'p' }],
  ['a draft of an edit over a megabyte', { type: 'changeEdit', turn: 't', text: 'p'.repeat(megabyte + 1) }],
  ['a draft of an edit of a room that is a number', { type: 'changeEdit', room: 1, turn: 't', text: 'p' }],
  ['an edit without a turn', { type: 'editPrompt', text: 'p' }],
  ['an edit over a megabyte', { type: 'editPrompt', turn: 't', text: 'p'.repeat(megabyte + 1) }],
  ['a room of an endless name', { type: 'openRoom', room: 'r'.repeat(701) }],
  ['a room without a name', { type: 'deleteRoom', room: '' }],
  ['a new name over 200', { type: 'renameRoom', room: 'r', name: 'n'.repeat(201) }],
  ['an empty new name', { type: 'renameRoom', room: 'r', name: '' }],
  ['a search over 200', { type: 'searchRooms', text: 's'.repeat(201) }],
  ['a pin that is no truth', { type: 'pinRoom', room: 'r', isPinned: 1 }],
  ['turns before the first', { type: 'loadTurns', first: -1, count: 1 }],
  ['half a turn', { type: 'loadTurns', first: 0.5, count: 1 }],
  ['turns from nowhere', { type: 'loadTurns', first: Number.NaN, count: 1 }],
  ['too many turns', { type: 'loadTurns', first: 0, count: 501 }],
  ['endless turns', { type: 'loadTurns', first: 0, count: Number.POSITIVE_INFINITY }],
  ['a link of 9,000 characters', { type: 'openLink', href: `https://${'x'.repeat(9000)}` }],
  ['an unknown action', { type: 'runAction', turn: 't', action: 'runCommand' }],
  ['an action of every object', { type: 'runAction', turn: 't', action: 'toString' }],
  ['an action of a turn that is a list', { type: 'runAction', turn: [], action: 'signIn' }],
  ['an empty query', { type: 'complete', query: '' }],
  ['a query of a page', { type: 'complete', query: `#${'x'.repeat(300)}` }],
  ['an item without an id', { type: 'attach' }],
  ['addresses that are one text', { type: 'attachUris', uris: 'file:///w/a.ts' }],
  ['an address that is an object', { type: 'attachUris', uris: [{ fsPath: '/etc/passwd' }] }],
  ['an endless address', { type: 'attachUris', uris: [`file:///${'x'.repeat(8192)}`] }],
  [
    'more addresses than anyone drops',
    { type: 'attachUris', uris: Array.from({ length: 101 }, () => 'file:///w') },
  ],
  ['data without a type', { type: 'attachData', name: 'a', mimeType: '', data: 'A' }],
  ['data of an endless name', { type: 'attachData', name: 'n'.repeat(201), mimeType: 'a/b', data: 'A' }],
  ['data that is no text', { type: 'attachData', name: 'a', mimeType: 'a/b', data: [65] }],
  [
    'data over 10 MB',
    { type: 'attachData', name: 'a', mimeType: 'a/b', data: 'A'.repeat(14 * megabyte + 1) },
  ],
  ['a removal of nothing', { type: 'detach', attachment: '' }],
  ['an attachment of an endless id', { type: 'openAttachment', attachment: 'a'.repeat(301) }],
  ['secrets that are sent by a text', { type: 'sendSecrets', attachment: 'a', isSent: 'yes' }],
  ['a receipt over a megabyte', { type: 'showReceipt', text: 'p'.repeat(megabyte + 1) }],
  ['an unknown use of code', { type: 'useCode', action: 'eval', code: 'c', info: '', before: '' }],
  ['no code', { type: 'useCode', action: 'run', code: '', info: '', before: '' }],
  [
    'code after all of an answer',
    { type: 'useCode', action: 'run', code: 'c', info: '', before: 'b'.repeat(2001) },
  ],
  ['a copy of more than an answer', { type: 'copyText', text: 'c'.repeat(32 * megabyte + 1) }],
];

describe('messages of the page', () => {
  for (const message of messages) {
    it(`are taken: ${message.type}`, () => {
      assert.deepEqual(parseFromWebview(message), message);
    });
  }

  for (const [name, value] of refused) {
    it(`are refused: ${name}`, () => {
      assert.equal(parseFromWebview(value), undefined);
    });
  }

  it('keep nothing but the fields of their type', () => {
    const room = { type: 'openRoom', room: 'r', command: 'workbench.action.terminal.sendSequence' };
    assert.deepEqual(parseFromWebview(room), { type: 'openRoom', room: 'r' });
  });

  it('never throw, whatever is sent, and are messages of the union or nothing', () => {
    const types = messages.map(({ type }) => type);
    const fields = ['room', 'text', 'name', 'turn', 'action', 'first', 'count', 'isPinned', 'href', 'query'];
    const attachmentFields = [
      'id',
      'uris',
      'mimeType',
      'data',
      'attachment',
      'isSent',
      'code',
      'info',
      'before',
    ];
    const anything = fc.oneof(
      fc.anything(),
      fc
        .record({
          type: fc.constantFrom(...types),
          fields: fc.dictionary(fc.constantFrom(...fields, ...attachmentFields), fc.anything()),
        })
        .map(({ type, fields: more }) => ({ ...more, type })),
    );
    fc.assert(
      fc.property(anything, (value) => {
        const parsed = parseFromWebview(value);
        if (parsed === undefined) return true;
        // What is taken is taken again, and is the same.
        assert.deepEqual(parseFromWebview(parsed), parsed);
        return types.includes(parsed.type);
      }),
      { numRuns: 500 },
    );
  });
});
