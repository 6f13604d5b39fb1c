import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../../../scripts/paths.ts';
import { openReplyPage } from './openReplyPage.ts';

describe('rendered replies', () => {
  let page: Page;
  openReplyPage((opened) => (page = opened));

  const html = (text: string): Promise<string> =>
    page.evaluate(async (source) => {
      const { element } = await testing.whole(source);
      return [...element.querySelectorAll('.block-box')].map(({ innerHTML }) => innerHTML).join('');
    }, text);

  /** Renders a text whole and in pieces of some lengths, and tells what differs. */
  const compare = (text: string, lengths: readonly number[]): Promise<string | undefined> =>
    page.evaluate(([source, all]) => testing.compare(source, all), [text, lengths] as const);

  it('are the same whole, in any pieces, and as the parser alone would have them', async () => {
    const seed = Math.floor(Math.random() * 1e6);
    assert.equal(await page.evaluate((each) => testing.checkCuts(400, each), seed), undefined);
  });

  for (const file of ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md']) {
    it(`are the same in pieces for a real document: ${file}`, async () => {
      const text = await readFile(join(root, file), 'utf8');
      assert.equal(await compare(text.slice(0, 12_000), [7]), undefined);
      assert.equal(await compare(text, [64, 5000]), undefined);
      if (file === 'SECURITY.md') return; // its table is too long to stay one
      const alone = await page.evaluate(async (source) => {
        const { element } = await testing.whole(source);
        return testing.differences(element, await testing.reference(source));
      }, text);
      assert.equal(alone, undefined);
    });
  }

  it('hold no more cells of a table than were written', async () => {
    const columns = 100;
    const hollow = `|${'a|'.repeat(columns)}\n|${'-|'.repeat(columns)}\n${'|\n'.repeat(640)}\n`;
    for (const text of [hollow, `> ${hollow.replaceAll('\n', '\n> ')}`, `${hollow.repeat(20)}end`]) {
      const shown = await html(text);
      assert.ok(shown.split('<td').length <= text.length / 2);
      assert.ok(shown.includes('|a|a|'));
      assert.equal(await compare(text, [999]), undefined);
    }
    const sparse = await html('| a | b | c |\n|---|:-:|---|\n| 1 |\n| | 2 |\n');
    assert.equal(sparse.split('<td').length - 1, 6);
  });

  it('are the same in pieces where a block is too long to be parsed whole', async () => {
    const list = Array.from({ length: 1500 }, (_, i) => `- item ${i}\n  - *inner*\n`).join('');
    const table = `| a | b |\n|---|---|\n${'| 1 | [x] |\n'.repeat(3500)}`;
    const paragraph = 'a line of *text*\n'.repeat(2500);
    const fence = `- a\n\n~~~~ ts\n${'const a = `b`;\n'.repeat(8000)}~~~~\nend`;
    for (const text of [list, table, paragraph, fence, `${'x😀'.repeat(40_000)} y`]) {
      assert.equal(await compare(text, [4999, 20_000]), undefined);
    }
  });

  it('go on as plain text after a megabyte, and say so', async () => {
    const text = `${`# Heading\n\n${'text and more text '.repeat(94)} with *stars* \n\n`.repeat(620)}the end`;
    assert.equal(await compare(text, [30_011]), undefined);
    const seen = await page.evaluate(async (source) => {
      const view = await testing.whole(source);
      const end = view.element.querySelector('.plain-text')?.textContent;
      const short = await testing.whole(source.slice(0, 900_000));
      return {
        note: view.element.lastElementChild?.textContent,
        end,
        notes: short.element.querySelectorAll('.plain-note').length,
      };
    }, text);
    assert.deepEqual([seen.note, seen.notes], ['The rest is plain.', 0]);
    assert.ok(seen.end?.endsWith('text  with *stars* \n\nthe end'));
    assert.ok((seen.end?.length ?? 0) > 100_000);
  });

  it('keep what was pushed as their text', async () => {
    const text = 'a\r\nb\0\u202E 😀\n';
    assert.equal(
      await page.evaluate(async (each) => (await testing.pieces(each.split(''))).text, text),
      text,
    );
  });

  it('leave finished blocks alone', async () => {
    const touched = await page.evaluate(async () => {
      const view = testing.create();
      view.push('# One\n\nTwo [x]\n\n- three\n\n```ts\nlet four;\n```\n\nfive');
      view.render();
      await testing.nextTasks();
      const changes: string[] = [];
      const finished = [...view.element.querySelectorAll('.block-box > *')].slice(0, 4);
      for (const element of finished) {
        new MutationObserver((records) =>
          changes.push(...records.map(({ target }) => target.nodeName)),
        ).observe(element, { subtree: true, childList: true, characterData: true, attributes: true });
      }
      for (const piece of ['more\n', '\n', 'six\n\n', '| a |\n|---|\n', '| b |\n', '\n# end']) {
        view.push(piece);
        view.render();
      }
      view.end();
      await testing.nextTasks();
      const now = [...view.element.querySelectorAll('.block-box > *')].slice(0, 4);
      return { changes, same: finished.every((element, i) => element === now[i]) };
    });
    assert.deepEqual(touched, { changes: [], same: true });
  });

  it('make links of references once their definition came, at the latest at the end', async () => {
    const seen = await page.evaluate(async () => {
      const view = testing.create();
      const links = (): number => view.element.querySelectorAll('a').length;
      view.push('See [one][1] and [2].\n\nText\n\n');
      view.render();
      const before = links();
      view.push('[1]: https://example.com/1\n[2]: https://example.com/2\n[2]: https://example.com/3\n');
      view.end();
      await testing.settled(view);
      return { before, hrefs: [...view.element.querySelectorAll('a')].map(({ href }) => href) };
    });
    assert.deepEqual(seen, { before: 0, hrefs: ['https://example.com/1', 'https://example.com/2'] });
  });

  it('are grouped, 32 blocks to a box', async () => {
    const counts = await page.evaluate(async () => {
      const { element } = await testing.pieces(Array.from({ length: 70 }, (_, i) => `block ${i}\n\n`));
      return [...element.children].map(({ childElementCount }) => childElementCount);
    });
    assert.deepEqual(counts, [32, 32, 6]);
  });

  it('show an open block that has grown little a moment later, if nothing more comes', async () => {
    const shown = await page.evaluate(async () => {
      const view = testing.create();
      view.push(`- ${'a long item of a list '.repeat(1000)}`);
      view.render();
      view.push('with an end');
      view.render();
      while (!view.isSettled) await new Promise((resolve) => setTimeout(resolve, 5));
      return view.element.textContent.trimEnd();
    });
    assert.ok(shown.endsWith('with an end'));
  });

  const shown: readonly (readonly [name: string, markdown: string, html: RegExp])[] = [
    [
      'task lists',
      '- [ ] a\n- [x] b\n- [y] c',
      /<li class="task">☐ a<\/li>\n<li class="task">☑ b<\/li>\n<li>\[y\] c<\/li>/,
    ],
    [
      'tables',
      '|a|b|c|\n|:-|:-:|-:|\n|1|2|3|',
      /<td>1<\/td>\n<td class="align-center">2<\/td>\n<td class="align-right">3<\/td>/,
    ],
    ['numbered lists that begin later', '3. a\n4. b', /<ol start="3">/],
    ['raw HTML as text', '<b>a</b>', /<p>&lt;b&gt;a&lt;\/b&gt;<\/p>/],
    ['no typographer', '"a" -- (c)...', /<p>"a" -- \(c\)\.\.\.<\/p>/],
    [
      'formulas in a line',
      '$a_1 + b_2$, \\(x_1 \\cdot y_1\\)',
      /<p>\$a_1 \+ b_2\$, \\\(x_1 \\cdot y_1\\\)<\/p>/,
    ],
    ['formulas in a line of two dollars', 'so $$a_1 * b * c$$ holds', /so \$\$a_1 \* b \* c\$\$ holds/],
    ['prices', 'from $5 to *$6* or $7', /from \$5 to <em>\$6<\/em> or \$7/],
    [
      'blocks of formulas',
      'so:\n$$\na_1\n- b_1\n= c\n$$\nthen',
      /<p class="math">\$\$\na_1\n- b_1\n= c\n\$\$<\/p><p>then/,
    ],
    [
      'blocks of formulas in brackets',
      '\\[\na_1 * b * c\n\\]\n\nthen',
      /<p class="math">\\\[\na_1 \* b \* c\n\\\]<\/p>/,
    ],
    ['text that begins with dollars', '$$ is the *process*\n\nthen', /<p[^>]*>\$\$ is the/],
    [
      'pictures as links',
      '![a cat](https://example.com/cat.png)',
      /<a href="https:\/\/example.com\/cat.png" title="[^"]+">Picture: a cat<\/a>/,
    ],
    ['strange characters', 'a\u202Eb\u{E0041}c&#x202e;', /<p>a⟦U\+202E⟧bc⟦U\+202E⟧<\/p>/],
    ['very long paragraphs as text', `*a* ${'b '.repeat(6000)}`, /<p>\*a\* b b/],
    ['files that look like hosts', 'main.py, README.md, a@b.py', /<p>main\.py, README\.md, a@b\.py<\/p>/],
  ];
  for (const [name, markdown, expected] of shown) {
    it(`show ${name}`, async () => assert.match(await html(markdown), expected));
  }
});
