import assert from 'node:assert/strict';
import MarkdownIt from 'markdown-it';
import { wholeCodes } from '../../../../src/webview/markdown/codeSource.ts';

describe('a block of code', () => {
  const rows: readonly (readonly [name: string, text: string, isClosed: boolean])[] = [
    ['its own fence', '```ts\na\n```', true],
    ['a longer fence, three blanks before it', '```ts\na\n   ````  \n', true],
    ['nothing', '```ts\na\n', false],
    ['a line that four blanks make code', '```ts\na\n    ```', false],
    ['a fence of the other kind', '```ts\na\n~~~', false],
    ['a fence in a quote', '> ```ts\n> a\n> ```', true],
    ['what ends the quote that it is in', '> ```ts\n> a\n\nb', false],
  ];
  for (const [name, text, isClosed] of rows) {
    it(`ends by its own closing line or not: ${name}`, () => {
      const [code] = wholeCodes(new MarkdownIt().parse(text, {}), text, '');
      assert.equal(code?.isClosed, isClosed);
    });
  }
});
