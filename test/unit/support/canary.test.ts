import assert from 'node:assert/strict';
import { createCanary, placesOf } from '../../support/canary.ts';

const canary = createCanary('Grüße "', '" <カナリア>');
const { text } = canary;

/** What programs make of a text that they keep or send. */
const copies: Readonly<Record<string, Buffer | string>> = {
  plain: text,
  'JSON in JSON': JSON.stringify(JSON.stringify({ text })),
  'a query': new URLSearchParams({ text }).toString(),
  'percent-encoded throughout': Buffer.from(text).toString('hex').replaceAll(/../g, '%$&'),
  HTML: text.replaceAll(/[^a-z0-9]/gi, (letter) => `&#${letter.codePointAt(0)};`),
  'UTF-16': Buffer.from(text, 'utf16le'),
  'UTF-16, high byte first': Buffer.from(text, 'utf16le').swap16(),
  hexadecimal: Buffer.from(text).toString('hex'),
  ...Object.fromEntries(
    ['', 'a', 'ab', 'abc'].flatMap((before) => [
      [`base64 after ${before.length}`, Buffer.from(`${before}${text} and more`).toString('base64')],
      [`base64url after ${before.length}`, Buffer.from(`${before}${text}`).toString('base64url')],
      [`base64 of UTF-16 after ${before.length}`, Buffer.from(before + text, 'utf16le').toString('base64')],
    ]),
  ),
};

describe('a canary', () => {
  for (const [name, copy] of Object.entries(copies)) {
    it(`is found in ${name}`, () => {
      const around = Buffer.concat([Buffer.from('before '), Buffer.from(copy), Buffer.from(' after')]);
      assert.equal(placesOf(canary, [{ name, content: around }]).length, 1);
    });
  }

  it('is not found where it is not', () => {
    const others = Object.values(copies).map((content) => ({ name: 'a copy', content }));
    assert.deepEqual(placesOf(createCanary('Grüße "', '" <カナリア>'), others), []);
  });
});
