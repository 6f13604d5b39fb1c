import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { findSecrets } from '../../../../src/chat/attachments/findSecrets.ts';
import { maskSecrets } from '../../../../src/chat/attachments/maskSecrets.ts';
import { harmlessSamples, secretSamples } from './support/secretSamples.ts';

const root = new URL('../../../../', import.meta.url);

describe('a likely secret', () => {
  it('comes in many formats', () => {
    assert.ok(secretSamples.length >= 40);
    assert.ok(harmlessSamples.length >= 40);
    assert.ok(new Set(secretSamples.map(([kind]) => kind)).size >= 15);
  });

  for (const [kind, before, secret, after = ''] of secretSamples) {
    const shown = `${before.slice(-40)}…`.replace(/\s+/g, ' ');
    it(`is found and masked as ${kind}: ${shown}`, () => {
      const text = `${before}${secret}${after}`;
      const start = before.length;
      assert.deepEqual(findSecrets(text), [{ kind, start, end: start + secret.length }]);
      assert.equal(maskSecrets(text), `${before}${secret.replace(/\S.*/g, '…')}${after}`);
    });
  }

  it('is found wherever it stands, and each of several', () => {
    const texts = secretSamples
      .filter(([, , , after = '']) => after.startsWith('\n') || after.startsWith('"'))
      .map(([, before, secret, after]) => `${before}${secret}${after}`);
    const text = texts.join('\n');
    assert.equal(findSecrets(text).length, texts.length);
    assert.deepEqual(findSecrets(maskSecrets(text)), []);
  });
});

describe('what is no secret', () => {
  for (const text of harmlessSamples) {
    it(`stays: ${text.slice(0, 60).replace(/\s+/g, ' ')}`, () => {
      for (const written of [text, `  ${text}\n`, JSON.stringify(text)]) {
        assert.deepEqual(findSecrets(written), [], written);
      }
    });
  }

  it('is all of this project', () => {
    const files = ['src', 'scripts', 'l10n', 'media', 'test/server', 'test/bench'].flatMap(filesIn);
    const atRoot = readdirSync(root).filter((name) => /\.(?:md|json|mjs)$/.test(name));
    assert.ok(files.length > 300);
    for (const file of [...files, ...atRoot]) {
      const text = readFileSync(new URL(file, root), 'utf8');
      const found = findSecrets(text).map(({ start, end }) => text.slice(start - 20, end));
      assert.deepEqual(found, [], file);
    }
  });
});

describe('a masked text', () => {
  it('has the lines of the text', () => {
    const pieces = fc.oneof(
      fc.constantFrom(...secretSamples.map(([, before, secret, after = '']) => before + secret + after)),
      fc.constantFrom('\n', '\r\n', '\r', '"', "'", ' ', '-----END', '😀', '\u2028'),
      fc.string({ unit: 'binary', maxLength: 20 }),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        const masked = maskSecrets(text);
        assert.deepEqual(masked.match(/[\n\r\u2028\u2029]/g), text.match(/[\n\r\u2028\u2029]/g));
        const found = findSecrets(text);
        found.forEach(({ start, end }, i) => {
          assert.ok(start < end && end <= text.length);
          assert.ok(i === 0 || (found[i - 1]?.end ?? 0) <= start);
        });
      }),
    );
  });
});

describe('a megabyte of hostile text', () => {
  const pieces = [
    '-----BEGIN PRIVATE KEY-----',
    '-----BEGIN RSA ',
    '-----',
    '-eyJ',
    'eyJaaaaaaaaaaaa.',
    'eyJaaaaaaaaaaaa1.eyJaaaaaaaaaaaa1-',
    'sk-',
    'sk-ant-',
    '_ghp_',
    'SG.aaaaaaaaaaaaaaaa.',
    'token',
    'token=',
    "token='",
    'token:  ',
    'password=\\\\\\',
    '--token ',
    'token=a1B2c3D4e5F6g7H8',
    `token='${'\\\\'.repeat(4000)}x'`,
    'token="x token=\'',
    '--',
    'api_',
    '://a:',
    '://',
    ':a@',
    ';pwd=',
    '<token>',
    '<a',
    'Bearer ',
    'authorization: bearer ',
    'login a password ',
    'M'.repeat(30),
    '1234567890:',
    'a',
    'a1',
    'A',
    ' ',
    '\n',
    '"',
    '\\',
    '=',
    '\u{1F600}',
  ];
  for (const piece of pieces) {
    it(`is looked through: ${JSON.stringify(piece.slice(0, 40))}`, () => {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
      assert.equal(maskSecrets(text).split('\n').length, text.split('\n').length);
    });
  }
});

function filesIn(folder: string): string[] {
  return readdirSync(new URL(`${folder}/`, root), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|json|css|html|md|mjs|svg)$/.test(entry.name))
    .map((entry) => `${entry.parentPath.slice(root.pathname.length)}/${entry.name}`.replace(/\/\//g, '/'));
}
