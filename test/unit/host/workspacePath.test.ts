import assert from 'node:assert/strict';
import { standInForVscode } from './vscodeFiles.ts';
import { workspace } from './vscodeParts.ts';

standInForVscode();
const { placesOf } = await import('../../../src/host/code/workspacePath.ts');

function paths(path: string): string[] {
  return placesOf(path).map((uri) => uri.path);
}

describe('the places of a path that a model writes', () => {
  before(() => {
    workspace.folder = '/w';
  });
  after(() => {
    workspace.folder = undefined;
  });

  it('are in the workspace, and none is a folder for a person’s home', () => {
    assert.deepEqual(paths('src/a.ts'), ['/w/src/a.ts']);
    assert.deepEqual(paths('/w/a.ts'), ['/w/a.ts']);
    assert.deepEqual(paths('/etc/passwd'), []);
    assert.deepEqual(paths('~/.bashrc'), []);
  });
});
