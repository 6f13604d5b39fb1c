import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { createInertMarkdown, withoutActiveContent } from '../../../src/chat/inertMarkdown.ts';

describe('inert Markdown', () => {
  it('loads no picture and brings no HTML to life, but keeps fenced code', () => {
    const cases: [string, string][] = [
      ['![a](https://e/x.png)', '[a](https://e/x.png)'],
      ['So!![a](https://e/x.png)', 'So&#33;[a](https://e/x.png)'],
      ['So!!![a](https://e/x.png)', 'So!&#33;[a](https://e/x.png)'],
      ['[![a](x.png)](https://e)', '[[a](x.png)](https://e)'],
      ['![a ![b](x) c](y)', '[a [b](x) c](y)'],
      ['![a [b] \\] c](x)![d](y)', '[a [b] \\] c](x)[d](y)'],
      ['vec![1] and ![a][b]', 'vec&#33;[1] and &#33;[a][b]'],
      ['![a `](b)` c](d)', '&#33;[a `](b)` c](d)'],
      ['`<a>` $$\n![a](b)', '`<a>` $$\n&#33;[a](b)'],
      ['\\![a](https://e/x.png)', '\\&#33;[a](https://e/x.png)'],
      ['<img src=x> a < b <https://e> <!--', '&lt;img src=x> a < b <https://e> &lt;!--'],
      ['https://e<script>', 'https://e&lt;script>'],
      ['<https:// x>', '&lt;https:// x>'],
      ['```\n![a](b) <b>\n```\n<b>', '```\n![a](b) <b>\n```\n&lt;b>'],
      ['```\na\n```\t\n<b>', '```\na\n```\t\n&lt;b>'],
      ['`a\n![b](c)` d `e`', '`a\n&#33;[b](c)` d `e`'],
      ['```\n<a> $$\n```\n$$\n```\n$$\n<b>', '```\n<a> $$\n```\n$$\n```\n$$\n&lt;b>'],
      ['\\begin{align}\n~~~\n\\end{align}\n![a](b)', '\\begin{align}\n~~~\n\\end{align}\n&#33;[a](b)'],
      ['```\n[a]: b\n```', '```\n[a]: b\n```'],
    ];
    for (const [markdown, expected] of cases) assert.equal(withoutActiveContent(markdown), expected);
  });

  it('defines no link, which would be one in every message', () => {
    const cases: [string, string][] = [
      ['[docs]: https://e', '[docs]&#58; https://e'],
      [' > 1. - [docs]: https://e', ' > 1. - [docs]&#58; https://e'],
      ['[do\n\\]cs]: https://e', '[do\n\\]cs]&#58; https://e'],
      ['use `a[0]: b` here', 'use `a[0]: b` here'],
      ['[docs](https://e): all', '[docs](https://e): all'],
    ];
    for (const [markdown, expected] of cases) assert.equal(withoutActiveContent(markdown), expected);
    for (const mark of [' ', '!']) {
      const long = mark.repeat(200_000);
      assert.equal(withoutActiveContent(long), long);
    }
  });

  it('keeps code within a line, unless the line can be read in another way', () => {
    const cases: [string, string][] = [
      ['An `Array<string>` and ``a`<b>``', 'An `Array<string>` and ``a`<b>``'],
      ['| `<a>` | `![b](c)` |', '| `<a>` | `![b](c)` |'],
      ['| ` | `<img>` |', '| ` | `&lt;img>` |'],
      ['$`$ `<img>` `', '$`$ `&lt;img>` `'],
      ['\\`<img>`', '\\`&lt;img>`'],
      ['open `\n`<img>`\n\n`<b>`', 'open `\n`&lt;img>`\n\n`<b>`'],
      ['<https://e`> `<img>`', '&lt;https://e`> `&lt;img>`'],
      ['`a` <img>', '`a` &lt;img>'],
    ];
    for (const [markdown, expected] of cases) assert.equal(withoutActiveContent(markdown), expected);
  });

  it('takes every kind of line end for one', () => {
    const closed = '```\na\n```\n&lt;b>\n';
    for (const end of ['\n', '\r\n', '\r'])
      assert.equal(withoutActiveContent(`\`\`\`${end}a${end}\`\`\`${end}<b>${end}`), closed);
  });

  it('comes out the same however the text was cut', () => {
    const marks = '` `` ``` ~~~ ![ ]( ]: [ < <img> <https://e> <mailto: http:// > $ $$ | \\ word &'.split(
      ' ',
    );
    const pieces = fc.constantFrom(...marks, ' ', '\n', '\n\n', '\r\n', '\r');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), fc.infiniteStream(fc.nat(5)), (texts, sizes) => {
        const whole = texts.join('');
        const inert = createInertMarkdown();
        let out = '';
        for (let at = 0; at < whole.length;) {
          const size = 1 + (sizes.next().value ?? 0);
          out += inert.push(whole.slice(at, at + size));
          at += size;
        }
        assert.equal(out + inert.end(), withoutActiveContent(whole));
      }),
      { numRuns: 2000 },
    );
  });

  it('takes its time for a long line that comes in many pieces', () => {
    for (const pattern of ['a`b`', '![a ', '![a](']) {
      const inert = createInertMarkdown();
      for (let at = 0; at < 4000; at += 1) inert.push(pattern[at % 4] ?? '');
      assert.ok(inert.end().length < 4000);
    }
  });

  it('gives out what is certain at once', () => {
    const inert = createInertMarkdown();
    assert.deepEqual(
      ['Some *te', 'xt!', '[a', '](b) <', '3 `c', '<d>` e', '\n```', 'ts\n', '<f', '>'].map((text) =>
        inert.push(text),
      ),
      ['Some *te', 'xt', '', '[a](b) ', '<3 ', '`c<d>` e', '\n', '```ts\n', '<f', '>'],
    );
    assert.equal(inert.end(), '');
  });
});
