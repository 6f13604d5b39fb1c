import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  createMarkdownSplitter,
  type MarkdownPiece,
  type SplitLimits,
} from '../../../src/chat/markdownParts.ts';

function split(
  text: string,
  sizes: readonly number[] = [text.length],
  limits?: SplitLimits,
): MarkdownPiece[] {
  const splitter = createMarkdownSplitter(limits);
  const pieces: MarkdownPiece[] = [];
  for (let at = 0, i = 0; at < text.length; i += 1) {
    const size = Math.max(1, sizes[i % sizes.length] ?? 1);
    pieces.push(...splitter.push(text.slice(at, at + size)));
    at += size;
  }
  return [...pieces, ...splitter.end()];
}

function parts(pieces: readonly MarkdownPiece[]): string[] {
  const texts: string[] = [];
  for (const { part, text } of pieces) texts[part] = (texts[part] ?? '') + text;
  return texts;
}

function original(pieces: readonly MarkdownPiece[]): string {
  return pieces.flatMap(({ isFence, text }) => (isFence ? [] : text)).join('');
}

describe('createMarkdownSplitter', () => {
  it('leaves short answers whole', () => {
    const text = '# a\n\n```ts\nlet a;\n```\n';
    assert.deepEqual(split(text), [{ part: 0, text, isFence: false }]);
  });

  it('cuts 250,000 characters of prose between paragraphs', () => {
    const text = `${'word '.repeat(80).trim()}\n\n`.repeat(625);
    const pieces = split(text, [1, 7, 300]);
    assert.equal(original(pieces), text);
    const all = parts(pieces);
    assert.ok(all.length >= 3);
    for (const part of all) {
      assert.ok(part.length < 100_000);
      assert.ok(part.startsWith('word') && part.endsWith('\n\n'));
    }
  });

  it('closes and reopens a code block of 150,000 characters with its info string', () => {
    const text = `Before\n\n\`\`\`\`ts title="a.ts"\n${'const a = 1; // ``` not the end\n'.repeat(4700)}\`\`\`\`\n\nAfter\n`;
    const pieces = split(text, [4]);
    assert.equal(original(pieces), text);
    const all = parts(pieces);
    assert.equal(all.length, 3);
    assert.ok(all[0]?.endsWith('end\n````\n'));
    assert.ok(all[1]?.startsWith('````ts title="a.ts"\nconst'));
    assert.ok(all[1]?.endsWith('end\n````\n\n'));
    assert.equal(all[2], 'After\n');
  });

  it('does not cut right before the end of a code block', () => {
    const limits = { paragraph: 20, line: 40, hard: 90 };
    const text = `\`\`\`\n${'x'.repeat(38)}\n\`\`\`\n\nnext`;
    assert.deepEqual(parts(split(text, [1], limits)), [text.slice(0, -4), 'next']);
  });

  it('does not cut a table that fits, nor before an indented paragraph of a list', () => {
    const limits = { paragraph: 20, line: 40, hard: 200 };
    const table = `| a | b |\n|---|---|\n${'| 1 | 2 |\n'.repeat(8)}`;
    assert.equal(parts(split(`${table}\nnext`, [3], limits))[0], `${table}\n`);
    const item = '- a list item of some length\n\n  goes on\n\nnext';
    assert.deepEqual(parts(split(item, [1], limits)), [item.slice(0, -4), 'next']);
  });

  it('keeps the quote marks of a fence in a quote', () => {
    const limits = { paragraph: 20, line: 30, hard: 200 };
    const all = parts(split(`> ~~~py\n${'> code\n'.repeat(8)}`, [5], limits));
    assert.ok(all[0]?.endsWith('> code\n> ~~~\n'));
    assert.ok(all[1]?.startsWith('> ~~~py\n> code\n'));
  });

  it('cuts one endless line between words, never inside a character', () => {
    const emoji = '👍'.repeat(120_000);
    for (const text of ['word '.repeat(50_000), emoji, `\`\`\`\n${emoji}`]) {
      const pieces = split(text, [997]);
      assert.equal(original(pieces), text);
      for (const part of parts(pieces)) assert.ok(part.length < 100_000 && part.isWellFormed());
    }
  });

  it('loses nothing and stays under the limit, however the text arrives', () => {
    const line = fc.constantFrom(
      '\n',
      'text\n',
      'longer text with words\n',
      '```\n',
      '```ts\n',
      '~~~~\n',
      '  ```\n',
      '- ```js\n',
      '> quote\n',
      '| a | b |\n',
      '|---|---|\n',
      'x'.repeat(70),
      '`',
      '\r\n',
      '👍',
    );
    const limits = { paragraph: 60, line: 90, hard: 120 };
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 60 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
        (lines, sizes) => {
          const text = lines.join('');
          const pieces = split(text, sizes, limits);
          assert.equal(original(pieces), text);
          for (const part of parts(pieces)) assert.ok(part.length <= limits.hard + 40, part);
          const numbers = pieces.map(({ part }) => part);
          assert.deepEqual(
            numbers,
            numbers.toSorted((a, b) => a - b),
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});
