import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { minimalEdits } from '../../../../src/chat/code/minimalEdits.ts';

const file = `const limit = 10;

export class Counter {
  increment(): void {
    this.#count += 1;
  }
}
`;

function apply(text: string, edits: ReturnType<typeof minimalEdits>): string {
  const lines = text.split('\n');
  const offset = (place: { line: number; character: number }): number =>
    lines.slice(0, place.line).reduce((sum, line) => sum + line.length + 1, 0) + place.character;
  return edits
    .toReversed()
    .reduce(
      (result, edit) => result.slice(0, offset(edit.start)) + edit.text + result.slice(offset(edit.end)),
      text,
    );
}

describe('the edits between two texts', () => {
  it('make one of the other, and are of few lines', () => {
    const next = file.replace('10', '20').replace('+= 1', '+= 2');
    const edits = minimalEdits(file, next);
    assert.deepEqual(
      edits.map(({ start, end }) => [start.line, end.line]),
      [
        [0, 1],
        [4, 5],
      ],
    );
    assert.equal(apply(file, edits), next);
  });

  it('can be of very many lines', () => {
    const before = Array.from({ length: 200_000 }, (_, i) => `a${i}`).join('\n');
    assert.equal(minimalEdits(before, before.replaceAll('a', 'b')).length, 1);
  });

  it('make any text of any other', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', '', '  c'), { maxLength: 12 })
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (a, b) => apply(a, minimalEdits(a, b)) === b),
      { numRuns: 1000 },
    );
  });
});
