import assert from 'node:assert/strict';
import { chmod, cp, mkdir, mkdtemp, readFile, realpath, rm, symlink } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { runCommand } from '../../scripts/command.ts';
import { packageFiles } from '../../scripts/packaging/packageFiles.ts';
import { outFolder, root } from '../../scripts/paths.ts';

/** What a fresh checkout does not have. */
const made = ['.git', '.vscode-test', 'dist', 'node_modules', 'out', 'tachyon-chat.vsix'];

describe('the package', () => {
  let base: string;
  let folder: string;

  before(async () => {
    base = await mkdtemp(join(tmpdir(), 'tachyon-build-'));
    folder = join(base, 'a folder', 'with a longer name');
    await mkdir(folder, { recursive: true });
    await cp(root, folder, {
      recursive: true,
      filter: (path) => path === root || !made.includes(basename(path)),
    });
    await symlink(await realpath(join(root, 'node_modules')), join(folder, 'node_modules'));
    // As another person finds it, elsewhere.
    await chmod(join(folder, 'package.json'), 0o600);
    const env = { ...process.env, TZ: 'Asia/Tokyo' };
    await runCommand(process.execPath, ['scripts/package.ts'], { cwd: folder, env, quiet: true });
  });

  after(() => rm(base, { recursive: true, force: true }));

  it('is the same to the byte when it is built in another folder', async () => {
    const [one, other] = await Promise.all([
      readFile(join(outFolder, 'tachyon-chat.vsix')),
      readFile(join(folder, 'tachyon-chat.vsix')),
    ]);
    assert.ok(one.equals(other));
  });

  it('holds no path of the machine and no map of the sources', async () => {
    const places = [base, root, homedir(), tmpdir()].map((path) => join(path, '/'));
    for (const path of packageFiles) {
      const text = await readFile(join(folder, path), 'latin1');
      assert.doesNotMatch(text, /sourceMappingURL=/, path);
      for (const place of places) assert.ok(!text.includes(place), `${place} in ${path}`);
    }
  });

  it('lists the packages inside, each with its licence and the text of that', async () => {
    const notices = await readFile(join(folder, 'dist', 'ThirdPartyNotices.txt'), 'utf8');
    const [, list = '', ...texts] = notices.split(/\n\n(?:-{80}\n)?/);
    const named = list.split('\n').map((line) => /^(\S+ \d\S*): \S/.exec(line)?.[1]);
    assert.ok(named.length > 10 && !named.includes(undefined), list);
    for (const name of named)
      assert.ok(
        texts.some((text) => text === name),
        name,
      );
    // All that the bundles import is in the list, and nothing of what only builds or tests.
    for (const name of ['markdown-it', 'dompurify', 'js-yaml', 'highlight.js', '@vscode/codicons'])
      assert.match(list, new RegExp(`^${name} `, 'm'));
    for (const name of ['mocha', 'esbuild', 'openai', 'react'])
      assert.doesNotMatch(list, new RegExp(`^${name} `, 'm'));
  });
});
