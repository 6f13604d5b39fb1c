import assert from 'node:assert/strict';
import { untranslated } from '../../../src/chat/l10n.ts';
import { roomName } from '../../../src/chat/roomName.ts';

const now = new Date(2026, 10, 21, 5, 20);
const name = (prompt: string) => roomName(prompt, 'prompt', now, untranslated);

describe('roomName', () => {
  const cases: [string, string][] = [
    ['What is a chatroom?', 'What is a chatroom?'],
    ['Explain this code. It fails on Windows.', 'Explain this code.'],
    ['Open src/a.ts and e.g. b.ts', 'Open src/a.ts and e.g. b.ts'],
    ['\n```ts\nlet a;\n```', 'let a;'],
    ['a.ts:\n```ts attachment 1 of 1\nlet a;\n```\n\nWhy is this slow?', 'Why is this slow?'],
    ['\n\n# Heading\nmore', 'Heading'],
    ['チャットルームとは何ですか。詳しく教えてください。', 'チャットルームとは何ですか。'],
    ['a\u202Eb\u200Bc\u0007d\te', 'abcd e'],
  ];
  for (const [prompt, expected] of cases) {
    it(`names ${JSON.stringify(prompt)}`, () => assert.equal(name(prompt), expected));
  }

  it('cuts at 60 graphemes and never over 100 code units', () => {
    assert.equal(name('x'.repeat(200)), `${'x'.repeat(59)}…`);
    for (const text of ['e\u0301'.repeat(90), 'a👩‍👩‍👧‍👦'.repeat(80), '漢'.repeat(300), `a${'🇯🇵'.repeat(80)}`]) {
      const cut = name(text);
      assert.ok(cut.length <= 100 && cut.length >= 20 && cut.isWellFormed(), `${cut.length}: ${cut}`);
      assert.ok(cut.endsWith('…'));
    }
  });

  it('is neutral where asked and where the prompt has no word', () => {
    assert.equal(roomName('secret plan', 'neutral', now, untranslated), 'Chat, 2026-11-21 05:20');
    for (const prompt of ['', '  \n', '???', '\u202E\u200B'])
      assert.equal(name(prompt), 'Chat, 2026-11-21 05:20');
  });
});
