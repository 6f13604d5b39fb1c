import assert from 'node:assert/strict';
import { testPlace, testPlaceText } from '../../../../src/chat/quickPrompts/testPlace.ts';
import { project } from './support/project.ts';

describe('the place of Rust’s tests is', () => {
  const places: [what: string, paths: string[], source: string, path: string][] = [
    ['the end of the file itself', ['Cargo.toml', 'src/a.rs', 'tests/b.rs'], 'src/a.rs', 'src/a.rs'],
    ['its module of tests', ['Cargo.toml', 'src/a.rs', 'src/a/tests.rs'], 'src/a.rs', 'src/a/tests.rs'],
    [
      'the module of tests of its folder',
      ['src/a/mod.rs', 'src/a/tests.rs'],
      'src/a/mod.rs',
      'src/a/tests.rs',
    ],
    ['the integration test of its name', ['x/src/a/b.rs', 'x/tests/b.rs'], 'x/src/a/b.rs', 'x/tests/b.rs'],
    ['the test that is selected', ['src/a.rs', 'tests/a.rs'], 'tests/a.rs', 'tests/a.rs'],
  ];
  for (const [what, paths, source, path] of places) {
    it(what, async () => {
      const place = await testPlace(source, project(paths));
      assert.deepEqual([place?.path, place?.exists], [path, true]);
    });
  }

  it('told with what the file has already', async () => {
    const texts = ['', '#[cfg(test)]\nmod tests {}'].map(async (text) => {
      const place = await testPlace('src/a.rs', project({ 'src/a.rs': text }));
      return place ? testPlaceText(place) : '';
    });
    const [without, having] = await Promise.all(texts);
    assert.match(
      without ?? '',
      /^the framework is cargo test .*`src\/a\.rs`, which is there already; they are a/,
    );
    assert.match(having ?? '', /module already: write a second one/);
  });
});
