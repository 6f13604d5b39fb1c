import assert from 'node:assert/strict';
import type { TestPlace } from '../../../../../src/chat/quickPrompts/projectFiles.ts';
import { testPlace } from '../../../../../src/chat/quickPrompts/testPlace.ts';
import { project } from './project.ts';

/** A project, one of its files, and what is to be known of the place of that one's tests. */
export type PlaceCase = [
  what: string,
  files: Parameters<typeof project>[0],
  source: string,
  place: Partial<TestPlace>,
];

/** Makes a test of each. */
export function eachPlaceCase(cases: readonly PlaceCase[]): void {
  for (const [what, files, source, expected] of cases) {
    it(what, async () => {
      const found = await testPlace(source, project(files));
      const known = Object.fromEntries(Object.entries(found ?? {}).filter(([field]) => field in expected));
      assert.deepEqual(known, expected);
    });
  }
}
