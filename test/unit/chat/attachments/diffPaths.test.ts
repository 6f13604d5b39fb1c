import assert from 'node:assert/strict';
import { withPlainPaths } from '../../../../src/chat/attachments/diffPaths.ts';

const quoted = String.raw`\346\227\245\346\234\254/100%.ts`;

describe('the names of files in a diff', () => {
  it('stand there as people write them', () => {
    const diff = [
      `diff --git "a/${quoted}" b/new.ts`,
      `rename from "${quoted}"`,
      `--- "a/${quoted}"\t`,
      '+++ b/new.ts',
      '@@ -1 +1 @@ "',
    ].join('\n');
    const plain = diff.replaceAll(`"a/${quoted}"`, 'a/日本/100%.ts').replace(`"${quoted}"`, '日本/100%.ts');
    assert.equal(withPlainPaths(diff), plain);
  });

  it('stay as git writes them where not all of them would be seen', () => {
    for (const name of [
      String.raw`a\nb`,
      String.raw`a\"b`,
      String.raw`a\\b`,
      String.raw`a\342\200\256b`,
      String.raw`\377`,
    ]) {
      const diff = `diff --git "a/${name}" "b/${name}"\nBinary files "a/${name}" and "b/${name}" differ`;
      assert.equal(withPlainPaths(diff), diff);
    }
  });

  it('are read in one pass, whatever stands there', () => {
    for (const head of ['"\\'.repeat(100_000), `"${'\\"'.repeat(100_000)}`, '"', '"a\\']) {
      const diff = `diff --git ${head}`;
      assert.equal(withPlainPaths(diff), diff);
    }
  });

  it('are all that changes: what the files say stays', () => {
    const lines = [` "${quoted}"`, `-- "a/${quoted}"`, `+"${quoted}"`, `++ "b/${quoted}"`];
    const diff = ['diff --git a/a b/a', '--- a/a', '+++ b/a', '@@ -1,2 +1,2 @@', ...lines].join('\n');
    assert.equal(withPlainPaths(diff), diff);
    assert.equal(withPlainPaths(`${diff}\ndiff --git "a/\\303\\244" b/b`), `${diff}\ndiff --git a/ä b/b`);
  });
});
