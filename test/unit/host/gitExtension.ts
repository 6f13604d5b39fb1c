import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { uriOf } from './vscodeFiles.ts';

/** VS Code's git extension with the repository of a folder, as it answers there. */
export function gitExtension(root: string) {
  const repository = {
    rootUri: uriOf(root),
    checkIgnore: async (paths: readonly string[]) => {
      const git = spawn('git', ['-C', root, 'check-ignore', '-z', '--stdin']);
      const inside = paths.filter((path) => path.startsWith(`${root}/`));
      if (inside.length === 0) return new Set<string>();
      git.stdin.end(inside.join('\0'));
      let told = '';
      git.stdout.on('data', (bytes: Buffer) => (told += bytes.toString()));
      const code = await new Promise<number | null>((resolve) => git.on('close', resolve));
      if (code !== 0 && code !== 1) throw new Error(`git ended with ${code}`);
      return new Set(told.split('\0').filter((path) => path !== ''));
    },
    diff: async () => '',
    status: async () => undefined,
    state: { workingTreeChanges: [{ uri: uriOf(join(root, 'new.ts')), status: 7 }] },
  };
  const api = {
    state: 'initialized',
    repositories: [repository],
    getRepository: ({ path }: { readonly path: string }) =>
      path === root || path.startsWith(`${root}/`) ? repository : null,
  };
  return { isActive: true, exports: { enabled: true, getAPI: () => api } };
}
