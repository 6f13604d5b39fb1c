import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { openReplyPage } from './openReplyPage.ts';

describe('code in replies', () => {
  let page: Page;
  openReplyPage((opened) => (page = opened));
  beforeEach(() =>
    page.evaluate(() => {
      testing.record.copied.length = 0;
      testing.record.used.length = 0;
    }),
  );

  const show = (markdown: string): Promise<{ text: string; coloured: number }> =>
    page.evaluate(async (source) => {
      const { element } = await testing.whole(source);
      const code = element.querySelector('pre code');
      return {
        text: code?.textContent ?? '',
        coloured: code?.querySelectorAll('[class^="hljs-"]').length ?? 0,
      };
    }, markdown);

  it('gets its colours once, when its fence closes', async () => {
    const seen = await page.evaluate(async () => {
      const view = testing.create();
      const colours = (): number => view.element.querySelectorAll('[class^="hljs-"]').length;
      const counts: number[] = [];
      for (const piece of ['```ts\n', 'const a = 1;\n', 'const b = 2;\n``', '`', '\n']) {
        view.push(piece);
        view.render();
        await testing.nextTasks();
        counts.push(colours());
      }
      return counts;
    });
    assert.deepEqual(seen, [0, 0, 0, 0, 4]);
  });

  it('grows in place while its fence is open', async () => {
    const seen = await page.evaluate(async () => {
      const view = testing.create();
      view.push('text\n\n```ts\nconst');
      view.render();
      await testing.nextTasks();
      const before = view.element.querySelector('code .code-slice')?.firstChild;
      view.push(' a = 1;\nlet b');
      view.render();
      await testing.nextTasks();
      const after = view.element.querySelector('code .code-slice')?.firstChild;
      return { same: before === after, text: after?.textContent };
    });
    assert.deepEqual(seen, { same: true, text: 'const a = 1;\nlet b' });
  });

  for (const [language, line] of [
    ...['ts', 'TypeScript', 'tsx', 'js', 'mjs', 'jsx'].map((name) => [name, 'const a = 1;'] as const),
    ...(['json', 'jsonc', 'yaml', 'yml', 'toml', 'ini'] as const).map(
      (name) => [name, '"a": 1\na = 1'] as const,
    ),
    ...(['py', 'python3', 'rb', 'php', 'lua', 'perl', 'r'] as const).map(
      (name) => [name, 'if x == "a" then return 1'] as const,
    ),
    ...(['rs', 'go', 'java', 'c', 'c++', 'C#', 'kt', 'swift', 'scala', 'dart'] as const).map(
      (name) => [name, 'return "a" + 1;'] as const,
    ),
    ...(['sh', 'bash', 'zsh', 'pwsh', 'docker', 'makefile'] as const).map(
      (name) => [name, 'FROM x # if\nif [ 1 ]; then echo "$a"; fi\nall: x'] as const,
    ),
    ...(['sql', 'postgresql'] as const).map((name) => [name, 'SELECT 1 FROM a'] as const),
    ...(['html', 'xml', 'svg', 'css', 'scss', 'md', 'diff', 'graphql', 'proto'] as const).map(
      (name) =>
        [name, '<a href="b">\n# a { color: red; }\n+ b\nmessage A { int32 a = 1; }\nquery { a }'] as const,
    ),
  ]) {
    it(`knows ${language}`, async () => {
      const { text, coloured } = await show(`\`\`\`${language}\n${line}\n\`\`\`\n`);
      assert.equal(text, `${line}\n`);
      assert.ok(coloured > 0);
    });
  }

  it('stays plain in a language that is not known, in none, and where it is very long', async () => {
    for (const language of ['', 'nonsense', 'constructor', '__proto__']) {
      assert.deepEqual(await show(`\`\`\`${language}\nconst a = 1;\n\`\`\``), {
        text: 'const a = 1;\n',
        coloured: 0,
      });
    }
    const long = 'const a = 1;\n'.repeat(8000);
    assert.deepEqual(await show(`\`\`\`ts\n${long}\`\`\``), { text: long, coloured: 0 });
  });

  it('is coloured in parts where it is long, and loses nothing', async () => {
    const long = 'const a = `1`; // text\n'.repeat(4000);
    const { text, coloured } = await show(`\`\`\`ts\n${long}\`\`\``);
    assert.equal(text, long);
    assert.equal(coloured, 4000 * 3);
  });

  it('is coloured in lists and quotes too, and indented code is code', async () => {
    assert.ok((await show('> - ```ts\n>   const a = 1;\n>   ```\n')).coloured > 0);
    assert.deepEqual(await show('    const a = 1;\n'), { text: 'const a = 1;\n', coloured: 0 });
  });

  it('is copied as it is shown', async () => {
    await show('```ts\nconst a = "\u202E";\n```\n\n```\nother\n```\n');
    const copy = page.getByRole('button', { name: 'Copy' });
    await copy.first().click();
    await copy.last().focus();
    await page.keyboard.press('Enter');
    assert.deepEqual(await page.evaluate(() => testing.record.copied), [
      'const a = "⟦U+202E⟧";\n',
      'other\n',
    ]);
  });

  it('is reached and scrolled with the keyboard, and has a name', async () => {
    await page.setViewportSize({ width: 400, height: 600 });
    await show(`\`\`\`ts\nconst a = '${'x'.repeat(500)}';\n\`\`\`\n`);
    await page.evaluate(() => document.body.focus());
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.ariaLabel), 'Copy');
    await page.keyboard.press('Tab');
    const box = page.getByRole('group', { name: 'Code: ts' });
    assert.ok(await box.evaluate((element) => element === document.activeElement));
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => (document.activeElement?.scrollLeft ?? 0) > 0);
    // The code scrolls, and not the page.
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
  });

  it('is used as the model wrote it, with its info and what stands above', async () => {
    await show('# `a.ts`\n\nChange:\n\n```ts:src/a.ts title="x"\n\tconst a = "\u202E";\n```\n');
    await page.getByRole('button', { name: 'Insert' }).click();
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'New File' }).click();
    const used = await page.evaluate(() => testing.record.used);
    const source = {
      code: '\tconst a = "\u202E";\n',
      info: 'ts:src/a.ts title="x"',
      before: '# `a.ts`\n\nChange:\n\n',
    };
    assert.deepEqual(
      used,
      ['insert', 'apply', 'newFile'].map((action) => ({ action, ...source })),
    );
  });

  it('is used in lists and quotes too, and in pieces as in one', async () => {
    const text = `${'x'.repeat(3000)}\n\n> 1. In \`a.ts\`:\n>    ~~~sh\n>    ls [a]\n>    ~~~\n>    and\n>\n>        pwd\n\n[a]: b\n`;
    const used = await page.evaluate(async (markdown) => {
      const all = [];
      for (const pieces of [[markdown], markdown.match(/[^]{1,7}/g) ?? []]) {
        testing.record.used.length = 0;
        const { element } = await testing.pieces(pieces);
        for (const button of element.querySelectorAll<HTMLElement>('[aria-label=Apply]')) button.click();
        all.push([...testing.record.used]);
      }
      return all;
    }, text);
    assert.deepEqual(used[0], used[1]);
    assert.deepEqual(
      used[0]?.map(({ code, info, before }) => [code, info, before.length, before.slice(-18)]),
      [
        ['ls [a]\n', 'sh', 2000, '\n\n> 1. In `a.ts`:\n'],
        ['pwd\n', '', 2000, '   ~~~\n>    and\n>\n'],
      ],
    );
  });

  it('is run only where it is for a shell', async () => {
    for (const [language, count] of [
      ['ts', 1],
      ['sh', 2],
      ['PowerShell', 2],
      ['', 1],
    ] as const) {
      await show(`\`\`\`${language}\nls\n\`\`\`\n`);
      await page.getByRole('button', { name: 'More' }).click();
      assert.equal(await page.getByRole('menuitem').count(), count);
      await page.keyboard.press('Escape');
    }
  });

  it('can only be copied before its fence closes, and if it never does', async () => {
    const seen = await page.evaluate(async () => {
      const labels: string[] = [];
      const view = testing.create();
      for (const piece of ['```ts\nconst a', ' = 1;\n', '```\n\n- ```ts\n  b\n', '  ```\n\nc\n\n```\nd\n']) {
        view.push(piece);
        view.render();
        await testing.nextTasks();
        const all = [...view.element.querySelectorAll('.code-toolbar')];
        labels.push(all.map(({ childElementCount }) => childElementCount).join());
      }
      view.end();
      await testing.settled(view);
      const all = [...view.element.querySelectorAll('.code-toolbar')];
      return [...labels, all.map(({ childElementCount }) => childElementCount).join()];
    });
    assert.deepEqual(seen, ['1', '1', '4,1', '4,4,1', '4,4,1']);
  });

  it('has its buttons behind one stop of the Tab key, and in a narrow panel', async () => {
    await page.setViewportSize({ width: 250, height: 600 });
    await show(`\`\`\`sh title="${'x'.repeat(100)}"\nls\n\`\`\`\n`);
    await page.evaluate(() => document.body.focus());
    await page.keyboard.press('Tab');
    const focused = (): Promise<string | null | undefined> =>
      page.evaluate(() => document.activeElement?.ariaLabel);
    const labels = [await focused()];
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'End', 'ArrowLeft', 'Home']) {
      await page.keyboard.press(key);
      labels.push(await focused());
    }
    assert.deepEqual(labels, ['Copy', 'Insert', 'Apply', 'More', 'Copy', 'More', 'Apply', 'Copy']);
    await page.keyboard.press('Tab');
    assert.equal(await focused(), 'Code: sh');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    assert.equal(await focused(), 'Apply');
    const isInside = await page
      .getByRole('button', { name: 'More' })
      .evaluate((button) => button.getBoundingClientRect().right <= window.innerWidth);
    assert.ok(isInside);
  });
});
