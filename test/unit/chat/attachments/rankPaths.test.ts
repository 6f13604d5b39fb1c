import assert from 'node:assert/strict';
import { rankPaths } from '../../../../src/chat/attachments/rankPaths.ts';

const paths = [
  'src/panel/page.ts',
  'src/api/parts.ts',
  'pages/index.html',
  'README.md',
  'src/p/a/gXo.ts',
].map((path) => ({ path, lower: path.toLowerCase() }));
const find = (query: string, recent = '') =>
  rankPaths(query, paths, ({ path }) => path === recent, 3).map(({ path }) => path);

describe('files by their names', () => {
  it('come in the order of how well they fit', () => {
    assert.deepEqual(find('page'), ['src/panel/page.ts', 'pages/index.html']);
    assert.deepEqual(find('RM'), ['README.md']);
    assert.deepEqual(find('srcgx'), ['src/p/a/gXo.ts']);
    assert.deepEqual(find('nothing'), []);
  });

  it('are the open ones first where nothing or equally good is asked', () => {
    assert.equal(find('', 'src/api/parts.ts')[0], 'src/api/parts.ts');
    assert.deepEqual(find('pa', 'src/api/parts.ts').slice(0, 2), ['src/api/parts.ts', 'src/panel/page.ts']);
  });

  it('are found among many', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => `folder${i % 100}/some/where/file${i}.ts`);
    const listed = many.map((path) => ({ path, lower: path }));
    assert.equal(rankPaths('file19999', listed, () => false, 5)[0]?.path, 'folder99/some/where/file19999.ts');
  });
});
