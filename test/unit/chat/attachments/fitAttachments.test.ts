import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { fitAttachments } from '../../../../src/chat/attachments/fitAttachments.ts';
import { createTokenMeter } from '../../../../src/chat/attachments/tokenMeter.ts';
import { estimateTokens } from '../../../../src/chat/tokenEstimate.ts';

/** So many lines of five tokens each. */
const lines = (count: number, ending = '\n'): string => `one two six ten;${ending}`.repeat(count);
const note = /\[left out here: (?:(the rest of this line)(?: and )?)?(?:(\d+) more lines?)?\]$/;

describe('texts that fit', () => {
  it('go whole, also where the window is not known', () => {
    const texts = [lines(3), '', 'a', lines(2000, '\r\n'), 'x'.repeat(100_000)];
    for (const budget of [Infinity, 1_000_000]) {
      const fitted = fitAttachments(texts, budget);
      assert.deepEqual(
        fitted.map(({ text, leftOut }) => [text, leftOut]),
        texts.map((text) => [text, 0]),
      );
    }
    assert.deepEqual(fitAttachments([], 0), []);
  });

  it('go whole beside larger ones, which are cut to one number of tokens', () => {
    const [small, large, larger] = fitAttachments([lines(10), lines(500), lines(5000)], 1050);
    assert.deepEqual(small, { text: lines(10), tokens: 50, leftOut: 0 });
    assert.ok(large && larger);
    // Half of what is left, without the line that says what was left out.
    assert.equal(large.text, `${lines(96)}[left out here: 404 more lines]`);
    assert.equal(larger.text, `${lines(96)}[left out here: 4904 more lines]`);
    assert.equal(large.leftOut, 404);
    assert.ok(large.tokens <= 500 && large.tokens > 480);
    assert.equal(large.tokens, estimateTokens(large.text));
  });
});

describe('a text that is cut', () => {
  it('ends at a line’s end, CRLF or not, with the count of the lines left out', () => {
    for (const ending of ['\n', '\r\n']) {
      for (const last of ['', ending]) {
        const whole = lines(300, ending).slice(0, -ending.length) + last;
        const [fitted] = fitAttachments([whole], 200);
        assert.equal(fitted?.text, `${lines(36, ending)}[left out here: 264 more lines]`);
        assert.equal(fitted.leftOut, 264);
      }
    }
  });

  it('says so of a single line that is left out', () => {
    const [fitted] = fitAttachments([`${lines(39)}${'last '.repeat(40)}`], 215);
    assert.equal(fitted?.text, `${lines(39)}[left out here: 1 more line]`);
  });

  it('is cut inside a line that is the first or very long, but not inside a character', () => {
    const [first] = fitAttachments([`${'ab cd '.repeat(60)}\nmore\n`], 50);
    assert.match(
      first?.text ?? '',
      /^(?:ab cd )+[a-d ]*\n\[left out here: the rest of this line and 1 more line\]$/,
    );
    assert.equal(first?.leftOut, 2);
    const long = '😀'.repeat(200_000);
    const [emoji] = fitAttachments([`head\r\n${long}`], 500);
    assert.match(emoji?.text ?? '', /^head\r\n(?:😀){100,}\r\n\[left out here: the rest of this line\]$/u);
    assert.ok(emoji && emoji.tokens <= 500 && emoji.tokens > 480);
  });

  it('is the line about it where nothing fits', () => {
    for (const budget of [0, -5, 3]) {
      const [fitted] = fitAttachments([lines(100)], budget);
      assert.deepEqual([fitted?.text, fitted?.leftOut], ['[left out here: 100 more lines]', 100]);
    }
  });

  it('stays within the budget, whatever it holds', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '\n',
        '\r\n',
        '\n\n',
        '  ',
        '\t',
        'const a = 1;',
        '日本語。',
        '😀',
        '\r',
        'aaaaaaaaaaaaaaaaaa',
        '}',
      ),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
    );
    const text = fc
      .tuple(fc.array(piece, { maxLength: 30 }), fc.integer({ min: 1, max: 400 }))
      .map(([pieces, times]) => pieces.join('').repeat(times));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 5 }), fc.integer({ min: 0, max: 3000 }), (texts, budget) => {
        const fitted = fitAttachments(texts, budget);
        const cut = fitted.filter(({ leftOut }) => leftOut > 0);
        const sum = fitted.reduce((total, { tokens }) => total + tokens, 0);
        // With less, the lines about what was left out are more than that.
        if (budget >= 100) assert.ok(sum <= budget, `${sum} of ${budget}`);
        const largest = Math.max(0, ...cut.map(({ tokens }) => tokens));
        fitted.forEach((one, i) => assertHonest(texts[i] ?? '', one, largest));
      }),
      { numRuns: 60 },
    );
  });
});

describe('a meter', () => {
  it('gives the same the second time, and for another budget', () => {
    const texts = [lines(4000), '日本語の行。\n'.repeat(3000), 'a'.repeat(60_000), lines(3)];
    const meters = texts.map(createTokenMeter);
    for (const budget of [500, 9000, 100, 500, Infinity, 9000]) {
      assert.deepEqual(fitAttachments(meters, budget), fitAttachments(texts, budget));
    }
  });

  it('counts a text of many stretches as the estimate of the whole does', () => {
    const texts = [
      lines(5000),
      '    if (a) {\n      b();\n    }\n'.repeat(2000),
      '行が続く。\r\n'.repeat(9000),
      '← aaaaaaaaaaaaaaaaaa'.repeat(400),
    ];
    for (const text of texts) {
      const whole = estimateTokens(text);
      const counted = createTokenMeter(text).total(Infinity) ?? 0;
      assert.ok(Math.abs(counted - whole) <= whole / 1000 + 1, `${counted} for ${whole}`);
    }
  });

  it('copes with many texts that are much too long', () => {
    const texts = Array.from({ length: 40 }, (_, i) => `${lines(30_000)}${i}`);
    const fitted = fitAttachments(texts, 40_000);
    assert.ok(fitted.every(({ tokens, leftOut }) => tokens <= 1000 && tokens > 980 && leftOut > 29_000));
  });
});

function assertHonest(
  whole: string,
  { text, tokens, leftOut }: { text: string; tokens: number; leftOut: number },
  largest: number,
): void {
  assert.ok(
    Math.abs(tokens - estimateTokens(text)) <= 2 + whole.length / 2000,
    `${tokens} ${estimateTokens(text)}`,
  );
  if (leftOut === 0) {
    assert.equal(text, whole);
    assert.ok(largest === 0 || tokens <= largest + 40);
    return;
  }
  const [found = '', inside, more = '0'] = note.exec(text) ?? assert.fail(text);
  const kept = text.slice(0, -found.length);
  const shown = inside ? kept.replace(/\r?\n$/, '') : kept;
  assert.ok(whole.startsWith(shown));
  assert.equal(Number(more) + (inside ? 1 : 0), leftOut);
  const rest = whole.slice(shown.length);
  assert.equal(leftOut, rest.replace(/\n$/, '').split('\n').length);
  assert.ok(shown === '' || inside || shown.endsWith('\n'));
  assert.ok(!/[\uD800-\uDBFF]$/.test(shown) && !(shown.endsWith('\r') && rest.startsWith('\n')));
}
