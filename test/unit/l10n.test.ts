import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/paths.ts';

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(join(root, 'src', file), 'utf8') }));
const translations = new Map<string, string>(
  Object.entries(JSON.parse(readFileSync(join(root, 'l10n', 'bundle.l10n.ja.json'), 'utf8'))),
);

const literal = String.raw`'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"`;
const translated = /\bl10n\??\.t\(\s*/g;

/** First arguments of all `l10n.t(…)`; an argument that is no single string literal is given as its source text. */
function messages(text: string): { literals: string[]; others: string[] } {
  const literals: string[] = [];
  const others: string[] = [];
  for (const { index, 0: call } of text.matchAll(translated)) {
    const rest = text.slice(index + call.length);
    const found = new RegExp(`^(${literal})\\s*[,)]`).exec(rest)?.[1];
    if (found === undefined) others.push(rest.slice(0, 60));
    else literals.push(valueOf(found));
  }
  return { literals, others };
}

function valueOf(source: string): string {
  const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t' };
  return source.slice(1, -1).replace(/\\(.)/g, (_, found: string) => escapes[found] ?? found);
}

function placeholders(text: string): string[] {
  return [...new Set(text.match(/\{\d+\}/g))].toSorted();
}

function icons(text: string): string[] {
  return text.match(/\$\([a-z-]+\)/g) ?? [];
}

describe('translations', () => {
  it('exist for every text of the sources, and for no other', () => {
    const used = new Set(sources.flatMap(({ text }) => messages(text).literals));
    assert.ok(used.size > 50, 'the scan finds the texts');
    assert.deepEqual(
      [...used].filter((message) => !translations.has(message)),
      [],
      'without a translation',
    );
    assert.deepEqual(
      [...translations.keys()].filter((message) => !used.has(message)),
      [],
      'no longer used',
    );
  });

  it('are asked for with string literals only', () => {
    const others = sources.flatMap(({ file, text }) => messages(text).others.map((at) => `${file}: ${at}`));
    assert.deepEqual(others, []);
  });

  it('hold the same placeholders, without gaps', () => {
    for (const [message, translation] of translations) {
      const expected = placeholders(message);
      assert.deepEqual(placeholders(translation), expected, message);
      assert.deepEqual(
        expected,
        expected.map((_, index) => `{${index}}`),
        message,
      );
    }
  });

  it('are in Japanese', () => {
    const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
    assert.deepEqual(
      [...translations].filter(([, translation]) => !japanese.test(translation)),
      [],
    );
  });

  it('keep the icons of labels', () => {
    for (const [message, translation] of translations) assert.deepEqual(icons(translation), icons(message));
  });

  it('are not passed by: no sentence goes to the user without them', () => {
    const sink = [
      String.raw`\b(?:show(?:Information|Warning|Error)Message|markdown|progress|note)\(\s*`,
      String.raw`\b(?:title|prompt|placeHolder|label|description|detail|tooltip|validationMessage)\s*[:=]\s*`,
    ].join('|');
    const bare = new RegExp(`(?:${sink})(${literal}|\`[^\`]*\`)`, 'g');
    const found = sources
      .filter(({ file }) => file.startsWith('host'))
      .flatMap(({ file, text }) =>
        [...text.matchAll(bare)]
          .map(([, argument = '']) => argument.replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, ''))
          .filter((argument) => /\p{L}{2,} \p{L}{2,}/u.test(argument))
          .map((argument) => `${file}: ${argument}`),
      );
    assert.deepEqual(found, []);
  });
});
