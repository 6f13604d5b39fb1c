import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { userContent } from '../../../../src/chat/askRequest.ts';
import { splitAttachments } from '../../../../src/chat/attachments/splitAttachments.ts';
import {
  attachmentHeading,
  attachmentText,
  type TextAttachment,
} from '../../../../src/chat/attachmentText.ts';

const hostile = fc.oneof(
  fc.constantFrom(
    '\n',
    '\n\n',
    '```',
    '````',
    '`',
    ':',
    ' attachment 1 of 1',
    ' attachment 2 of 2',
    'a.ts',
    '\r\n',
  ),
  fc.constantFrom('text', ', lines 1-2', '\u202E', '\u2028', ' ', '😀', '\uD800'),
  fc.string({ maxLength: 5 }),
);
const hostileText = fc.array(hostile, { maxLength: 14 }).map((pieces) => pieces.join(''));
const attachment = fc
  .record(
    { name: hostileText, text: hostileText, language: hostileText, firstLine: fc.nat() },
    { requiredKeys: ['name', 'text'] },
  )
  .map((made): TextAttachment => made);
/** A prompt that is a message with attachments itself. */
const copied = fc
  .tuple(fc.array(attachment, { minLength: 1, maxLength: 2 }), hostileText)
  .map(([attachments, prompt]) => `${attachmentText(attachments)}\n\n${prompt}`);

describe('a message with attachments', () => {
  it('is split into what it was put together from, whatever they hold', () => {
    const attachments = fc.array(attachment, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(attachments, fc.oneof(hostileText, copied), (attached, prompt) => {
        const text = attachmentText(attached);
        const content = userContent({ attachments: text, prompt }, []);
        assert.deepEqual(splitAttachments(content), {
          names: attached.map(attachmentHeading),
          attachments: text,
          prompt: prompt.trim() === '' ? '' : prompt,
        });
      }),
      { numRuns: 500 },
    );
  });

  it('names each on one clean line, with the language of its fence', () => {
    const text = attachmentText([
      { name: 'src/\na\u202E.ts', text: 'a\nb', language: 'typescript', firstLine: 3 },
      { name: '\u200B', text: '```js\n````', language: 'a`\nb' },
    ]);
    assert.equal(
      text,
      'src/ a.ts, lines 3-4:\n```typescript attachment 1 of 2\na\nb\n```\n\n' +
        'attachment:\n`````text attachment 2 of 2\n```js\n````\n`````',
    );
    assert.deepEqual(splitAttachments(text).names, ['src/ a.ts, lines 3-4', 'attachment']);
  });

  it('loses nothing of what anybody wrote', () => {
    fc.assert(
      fc.property(fc.oneof(hostileText, copied), (content) => {
        const { names, attachments, prompt } = splitAttachments(content);
        const whole = names.length === 0 ? prompt : `${attachments}\n\n${prompt}`;
        assert.equal(whole, names.length > 0 && content === attachments ? `${content}\n\n` : content);
      }),
    );
  });

  it('may have more fences in it than a call takes arguments', () => {
    const text = attachmentText([{ name: 'a', text: '```\n'.repeat(300_000) }]);
    assert.deepEqual(splitAttachments(`${text}\n\nWhy?`), {
      names: ['a'],
      attachments: text,
      prompt: 'Why?',
    });
  });
});

describe('a message without attachments', () => {
  it('stays whole', () => {
    const typed = [
      '',
      'Why?',
      'src/a.ts:\n```ts\nlet a;\n```\n\nWhy?',
      'src/a.ts:\n```ts attachment\nlet a;\n```',
      'a:\n```ts attachment 2 of 2\nx\n```\n\nWhy?',
      'a:\n```ts attachment 1 of 2\nx\n```\n\nWhy?',
      'a:\n```ts attachment 1 of 2\nx\n```\n\na:\n```ts attachment 1 of 2\nx\n```\n\nWhy?',
      'a:\n```ts attachment 1 of 1\nx\n````\n\nWhy?',
      'a:\n```ts attachment 1 of 1\nx',
      'a:\n```ts attachment 1 of 1\nx\n```\nWhy?',
      'a:\n```ts attachment 1 of 0\nx\n```\n\nWhy?',
      ' a:\n\n```ts attachment 1 of 1\nx\n```\n\nWhy?',
      'Look:\n\na:\n```ts attachment 1 of 1\nx\n```\n\nWhy?',
    ];
    for (const content of typed) {
      assert.deepEqual(splitAttachments(content), { names: [], attachments: '', prompt: content });
    }
  });

  it('is looked through in time, however long and hostile', () => {
    const pieces = [
      'a:\n```ts attachment 1 of 99999\n',
      'a:\n',
      '`',
      'a',
      'a:\n```ts attachment 1 of 1\nx\n``',
    ];
    for (const piece of pieces) {
      const content = piece.repeat(1_000_000 / piece.length);
      assert.equal(splitAttachments(content).prompt, content);
    }
  });
});
