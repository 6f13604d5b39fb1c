import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { openReplyPage } from './openReplyPage.ts';

describe('links in replies', () => {
  let page: Page;
  openReplyPage((opened) => (page = opened));
  beforeEach(() => page.evaluate(() => void (testing.record.links.length = 0)));

  const show = (markdown: string): Promise<{ text: string; links: string[]; titles: string[] }> =>
    page.evaluate(async (source) => {
      const { element } = await testing.whole(source);
      const links = [...element.querySelectorAll('a')];
      return {
        text: element.innerText.trim(),
        links: links.map((link) => link.getAttribute('href') ?? ''),
        titles: links.map(({ title }) => title),
      };
    }, markdown);

  const rows: readonly (readonly [name: string, markdown: string, text: string, ...links: string[]])[] = [
    ['https', '[a](https://example.com/a?b=c#d)', 'a', 'https://example.com/a?b=c#d'],
    ['http', '[a](http://example.com/)', 'a', 'http://example.com/'],
    ['mail', '[a](mailto:a@example.com)', 'a', 'mailto:a@example.com'],
    ['bare addresses', 'at https://example.com/a.', 'at https://example.com/a.', 'https://example.com/a'],
    [
      'no bare address of another scheme',
      'ftp://example.com //example.com',
      'ftp://example.com //example.com',
    ],
    ['javascript as text', '[a](javascript:b)', 'a (javascript:b)'],
    ['commands as text', '[run](command:x.y)', 'run (command:x.y)'],
    ['relative links as text', '[the file](src/a.ts)', 'the file (src/a.ts)'],
    ['a relative link that says it', '[src/a.ts](src/a.ts)', 'src/a.ts'],
    ['an anchor as text', '[up](#top)', 'up (#top)'],
    [
      'the target of an empty link',
      '[](https://example.com/)',
      'https://example.com/',
      'https://example.com/',
    ],
    [
      'its own host once',
      '[example.com](https://www.example.com/a)',
      'example.com',
      'https://www.example.com/a',
    ],
    [
      'a part of its host',
      '[see example.com](https://docs.example.com/)',
      'see example.com',
      'https://docs.example.com/',
    ],
    [
      'another host',
      '[github.com](https://example.com/)',
      'github.com (example.com)',
      'https://example.com/',
    ],
    [
      'another host with its port',
      '[github.com](http://127.0.0.1:80/x)',
      'github.com (127.0.0.1)',
      'http://127.0.0.1/x',
    ],
    [
      'a host that begins like another one',
      '[github.com](https://github.com.example.org/)',
      'github.com (github.com.example.org)',
      'https://github.com.example.org/',
    ],
    [
      'a host in other letters',
      '[gіthub](https://gіthub.com/)',
      'gіthub (xn--gthub-n2e.com)',
      'https://xn--gthub-n2e.com/',
    ],
    [
      'a bare host in other letters',
      'https://аpple.com/',
      'https://аpple.com/ (xn--pple-43d.com)',
      'https://xn--pple-43d.com/',
    ],
    [
      'a user that looks like a host',
      '[a](https://github.com@example.com/)',
      'a (example.com)',
      'https://github.com@example.com/',
    ],
    [
      'another mail address',
      '[a@github.com](mailto:b@example.com)',
      'a@github.com (b@example.com)',
      'mailto:b@example.com',
    ],
    [
      'a hidden character in a host',
      '[git\u200Bhub.com](https://example.com/)',
      'git\u200Bhub.com (example.com)',
      'https://example.com/',
    ],
    ['a picture', '![a cat](https://example.com/c.png)', 'Picture: a cat', 'https://example.com/c.png'],
    [
      'a picture without description',
      '![](https://example.com/c.png)',
      'Picture: https://example.com/c.png',
      'https://example.com/c.png',
    ],
    [
      'a picture in a link',
      '[![build](https://a.org/b.svg)](https://example.com/)',
      'Picture: build',
      'https://example.com/',
    ],
    ['a picture as data', '![dot](data:image/gif;base64,AAAA)', 'Picture: dot (data:image/gif;base64,AAAA)'],
  ];
  for (const [name, markdown, text, ...links] of rows) {
    it(`show ${name}`, async () => {
      assert.deepEqual(await show(markdown), { text, links, titles: links });
    });
  }

  it('are handed on by a click, with a modifier too, by the middle button, and by Enter', async () => {
    await show('[a](https://example.com/a) text');
    const link = page.locator('a');
    await link.click();
    await link.click({ modifiers: ['Control'] });
    await link.click({ modifiers: ['Shift'] });
    await link.click({ button: 'middle' });
    await link.focus();
    await page.keyboard.press('Enter');
    const links = await page.evaluate(() => testing.record.links);
    assert.deepEqual(
      links,
      Array.from({ length: 5 }, () => 'https://example.com/a'),
    );
  });

  it('do nothing at a right click', async () => {
    await show('[a](https://example.com/a)');
    await page.locator('a').click({ button: 'right' });
    assert.deepEqual(await page.evaluate(() => testing.record.links), []);
  });

  it('are not heard of by the page around them: VS Code would open them once more', async () => {
    await show('[a](https://example.com/a)');
    const heard = await page.evaluate(() => {
      let count = 0;
      document.addEventListener('click', () => (count += 1), { once: true });
      document.querySelector('a')?.click();
      return count;
    });
    assert.equal(heard, 0);
  });
});
