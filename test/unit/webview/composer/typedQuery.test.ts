import assert from 'node:assert/strict';
import { typedQuery } from '../../../../src/webview/composer/typedQuery.ts';

/** `|` is the caret. */
const cases: readonly (readonly [string, string | undefined])[] = [
  ['#|', '#'],
  ['see #as|', '#as'],
  ['see\n#as|', '#as'],
  ['見て\u3000#as|', '#as'],
  ['see #a|sk and more', '#a'],
  ['see #ask |', undefined],
  ['C#|', undefined],
  ['see|', undefined],
  ['|#ask', undefined],
  ['/|', '/'],
  ['/he|lp', '/he'],
  ['/help me|', undefined],
  ['see /help|', undefined],
  ['\n/help|', undefined],
  [`#${'x'.repeat(299)}|`, `#${'x'.repeat(299)}`],
  [`#${'x'.repeat(300)}|`, undefined],
  [`${'x'.repeat(100_000)}|`, undefined],
];

describe('what is typed and can be completed', () => {
  for (const [marked, expected] of cases) {
    it(`is ${expected?.slice(0, 20) ?? 'nothing'} in ${JSON.stringify(marked.slice(0, 30))}`, () => {
      const caret = marked.indexOf('|');
      const text = marked.replace('|', '');
      const query = typedQuery(text, caret);
      assert.equal(query?.text, expected);
      if (query !== undefined) assert.equal(text.slice(query.start, caret), expected);
    });
  }
});
