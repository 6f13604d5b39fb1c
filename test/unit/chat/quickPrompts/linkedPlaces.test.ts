import assert from 'node:assert/strict';
import { linkedPlaces } from '../../../../src/chat/quickPrompts/linkedPlaces.ts';

describe('links to places in files', () => {
  it('are found with their lines', () => {
    const text =
      'See [a](src/a.ts#L12), [b](<./b%20c.py#L1-L9>), [c](d/e.rs), ([d](app/(shop)/[id]/page.tsx#L3)).';
    const places = linkedPlaces(text);
    assert.deepEqual(
      places.map(({ start, end, path, fragment }) => [text.slice(start, end), path, fragment]),
      [
        ['src/a.ts#L12', 'src/a.ts', 'L12'],
        ['./b%20c.py#L1-L9', 'b c.py', 'L1-L9'],
        ['d/e.rs', 'd/e.rs', ''],
        ['app/(shop)/[id]/page.tsx#L3', 'app/(shop)/[id]/page.tsx', 'L3'],
      ],
    );
  });

  it('lead to no other place', () => {
    for (const target of [
      'https://e/a.ts',
      'file:///etc/passwd#L1',
      'command:x',
      '../a.ts#L1',
      'a/%2e%2e/%2e%2e/b.ts#L1',
      'a\\..\\..\\b.ts',
      '//server/share/a.ts',
      '%5C%5Cserver/a.ts',
      'a%00.ts',
      '#heading',
      'a b.ts',
      'a(b.ts',
      'a.ts#L1#L2',
      '<a b.ts>',
      `${'a'.repeat(301)}.ts`,
    ])
      assert.deepEqual(linkedPlaces(`[x](${target})`), [], target);
  });
});
