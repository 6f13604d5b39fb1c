import assert from 'node:assert/strict';
import type { ChatCompletionMessage } from '../../../src/api/wireRequest.ts';
import { untranslated } from '../../../src/chat/l10n.ts';
import { exportFileName, freeFileName, roomToMarkdown } from '../../../src/chat/markdownExport.ts';
import { isSelfContained, quoted } from '../../../src/chat/markdownSafety.ts';
import { archiveMessage, archiveRoom } from './support/archives.ts';

describe('the Markdown export', () => {
  it('is readable and names the models', () => {
    const call: ChatCompletionMessage = {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }],
    };
    const picture: ChatCompletionMessage = {
      role: 'user',
      content: [
        { type: 'text', text: 'See' },
        { type: 'image_url', image_url: { url: 'data:,' } },
      ],
    };
    const messages = [
      archiveMessage('user', 'What?\r\n'),
      { ...archiveMessage('assistant', '```js\nlet a;\n```'), model: 'gpt-5' },
      { ...archiveMessage('user', ''), message: picture },
      { ...archiveMessage('user', ''), message: call },
      archiveMessage('assistant', ' '),
    ];
    const at = '2026-01-02 03:04';
    assert.equal(
      roomToMarkdown(archiveRoom({ name: 'A *room*\u202e', messages }), untranslated),
      [
        `# A \\*room\\*\n\n${at} to ${at} (UTC)\n`,
        `## You · ${at}\n\nWhat?\n`,
        `## gpt-5 · ${at}\n\n\`\`\`js\nlet a;\n\`\`\`\n`,
        `## You · ${at}\n\nSee\n\n_[image\\_url]_\n`,
        `## Assistant · ${at}\n\n_Tool calls: 1_\n`,
        `## Assistant · ${at}\n\n_Empty_\n`,
      ].join('\n'),
    );
    assert.match(roomToMarkdown(archiveRoom({ name: '\u200b' }), untranslated), /^# Unnamed chatroom\n/);
  });

  it('quotes what would draw the next message into it', () => {
    const open = '```js\nlet a;';
    const text = roomToMarkdown(
      archiveRoom({ messages: [archiveMessage('assistant', open), archiveMessage('user', 'next')] }),
      untranslated,
    );
    assert.ok(text.includes('\n> ```js\n> let a;\n\n## You'), text);
    const cases: [string, boolean][] = [
      ['text', true],
      ['```\na\n```', true],
      ['```\na\n~~~', false],
      ['````\n```\n````', true],
      ['````\n```', false],
      ['1. do\n   ```sh\n   ls\n\n   ```\n2. then', true],
      ['1. do\n   ```sh\n   ls\nout of it\n   ```', false],
      ['- ```\n  a\n  ```', false],
      ['> ```\n> a', false],
      ['\t```', false],
      ['```\n    ```', false],
      ['cost:\n\n$$\nx', false],
      ['\\begin{align}', false],
      ['```sh\necho $$\n```', true],
    ];
    for (const [markdown, expected] of cases) assert.equal(isSelfContained(markdown), expected, markdown);
    assert.equal(quoted('a\n\nb'), '> a\n>\n> b');
  });

  it('gets a file name that every disk takes', () => {
    const cases = [
      ['What is a chatroom?', 'What is a chatroom.md'],
      ['../../etc/passwd', 'etc-passwd.md'],
      ['CON', 'chat-CON.md'],
      ['', 'chat.md'],
      ['...', 'chat.md'],
      ['a:b\\c|d\u0000\u202e', 'a-b-c-d.md'],
      ['日本語の部屋', '日本語の部屋.md'],
      ['x'.repeat(500), `${'x'.repeat(59)}.md`],
    ] as const;
    for (const [name, expected] of cases) assert.equal(exportFileName(name, 'md'), expected);
    assert.ok(new TextEncoder().encode(exportFileName('𠮷'.repeat(300), 'json')).length < 255);
  });

  it('gets a file of its own in a folder', () => {
    const taken = new Set(['readme.md']);
    const names = ['README', 'Room', 'room', 'x'.repeat(80), 'x'.repeat(80)];
    assert.deepEqual(
      names.map((name) => freeFileName(name, 'md', taken)),
      ['README 2.md', 'Room.md', 'room 2.md', `${'x'.repeat(59)}.md`, `${'x'.repeat(50)} 2.md`],
    );
  });
});
