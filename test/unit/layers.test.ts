import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, normalize } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../scripts/paths.ts';

/** Layer → the layers it may import beside itself. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  api: [],
  chat: ['api'],
  host: ['api', 'chat', 'shared'],
  shared: [],
  webview: ['shared'],
};
interface Import {
  readonly file: string;
  /** Path from src/, or a package's name. */
  readonly target: string;
  readonly isType: boolean;
}

async function imports(): Promise<Import[]> {
  const files = (await readdir(join(root, 'src'), { recursive: true })).filter((file) =>
    file.endsWith('.ts'),
  );
  const found = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(root, 'src', file), 'utf8');
      return [...text.matchAll(/^(?:import|export)\s(type\s)?[^;'"]*?['"]([^'"]+)['"];/gm)].map(
        ([, type, from = '']): Import => ({
          file: file.replaceAll('\\', '/'),
          target: from.startsWith('.') ? normalize(join(dirname(file), from)).replaceAll('\\', '/') : from,
          isType: type !== undefined,
        }),
      );
    }),
  );
  return found.flat();
}

/** Source that imports and uses something. */
function use(from: string): string {
  return `import { x } from '${from}';\nexport const y = x;`;
}

describe('the layers', () => {
  it('import downwards only', async () => {
    const all = await imports();
    assert.ok(all.length > 100, 'the scan finds the imports');
    const wrong = all.filter(({ file, target }) => {
      const [layer = ''] = file.split('/');
      const [from = ''] = target.split('/');
      const isOwn = target.endsWith('.ts');
      return isOwn && from !== layer && !allowed[layer]?.includes(from);
    });
    assert.deepEqual(wrong, []);
  });

  it('know VS Code in host only, and Node in host/node only', async () => {
    const wrong = (await imports()).filter(
      ({ file, target }) =>
        (target === 'vscode' && !file.startsWith('host/')) ||
        (target.startsWith('node:') && !file.startsWith('host/node/')),
    );
    assert.deepEqual(wrong, []);
  });

  it('let chat run nothing of api that could fetch', async () => {
    const run = (await imports()).filter(({ isType }) => !isType);
    const reached = new Set(
      run.flatMap(({ file, target }) =>
        file.startsWith('chat/') && target.startsWith('api/') ? [target] : [],
      ),
    );
    // A set's iteration takes in what is added meanwhile.
    for (const file of reached) {
      for (const edge of run) if (edge.file === file) reached.add(edge.target);
    }
    assert.ok(reached.has('api/apiError.ts'), 'the scan finds what chat runs');
    const sources = [...reached].filter((file) => file.endsWith('.ts'));
    const fetching = await Promise.all(
      sources.map(async (file) => {
        const text = await readFile(join(root, 'src', file), 'utf8');
        return /\bfetch\)?\(/.test(text) ? [file] : [];
      }),
    );
    assert.deepEqual(fetching.flat(), []);
  });

  describe('are held by lint, which', () => {
    const imported = 'eslint(no-restricted-imports)';
    const named = 'eslint(no-restricted-globals)';
    const probes: readonly (readonly [folder: string, source: string, rule: string | undefined])[] = [
      ['src/api', use('vscode'), imported],
      ['src/api', use('node:fs'), imported],
      ['src/api', use('../chat/ask.ts'), imported],
      ['src/api', 'export const y = document;', named],
      ['src/chat', use('vscode'), imported],
      ['src/chat', use('../host/log.ts'), imported],
      ['src/chat', "export const y = fetch('x');", named],
      ['src/host', use('node:fs'), imported],
      ['src/host', use('../webview/page.ts'), imported],
      ['src/host', 'export const y = process;', named],
      [
        'src/host',
        'export const y = (r: { sessionId: string }) => r.sessionId;',
        'eslint(no-restricted-properties)',
      ],
      ['src/shared', use('../host/log.ts'), imported],
      ['src/webview', use('vscode'), imported],
      ['src/webview', use('../chat/ask.ts'), imported],
      ['src/chat', 'export default 1;', 'import(no-default-export)'],
      ['src/chat', 'export const y: any = 1;', 'typescript(no-explicit-any)'],
      ['src/api', "export const y = fetch('x');", undefined],
      ['src/chat', use('../api/apiError.ts'), undefined],
      ['src/host', use('vscode'), undefined],
      ['src/host/node', use('node:fs'), undefined],
      ['src/webview', use('../shared/contributions.ts'), undefined],
    ];
    const broken = new Map<string, string[]>();

    before(async () => {
      const base = await mkdtemp(join(tmpdir(), 'tachyon-layers-'));
      await copyFile(join(root, '.oxlintrc.json'), join(base, '.oxlintrc.json'));
      for (const [index, [folder, source]] of probes.entries()) {
        await mkdir(join(base, folder), { recursive: true });
        await writeFile(join(base, folder, `probe${index}.ts`), `${source}\n`);
      }
      const args = [join(root, 'node_modules', 'oxlint', 'bin', 'oxlint'), '--format=json'];
      const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: base }).catch(
        (error: { stdout: string }) => error,
      );
      const { diagnostics }: { diagnostics: { code: string; filename: string }[] } = JSON.parse(stdout);
      for (const { code, filename } of diagnostics) {
        const probe = basename(filename, '.ts');
        broken.set(probe, [...(broken.get(probe) ?? []), code]);
      }
      await rm(base, { recursive: true });
    });

    for (const [index, [folder, source, rule]] of probes.entries()) {
      const line = source.split('\n')[0];
      it(`${rule === undefined ? 'takes' : 'refuses'} ${line} in ${folder}`, () => {
        assert.deepEqual(broken.get(`probe${index}`), rule === undefined ? undefined : [rule]);
      });
    }
  });
});
