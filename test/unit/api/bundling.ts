import { build } from 'esbuild';
import { root } from '../../../scripts/paths.ts';

/** What a bundler keeps for someone who imports a part of the library. */
export interface Bundle {
  /** Files with code in it, from `src/` on; of packages, their names. */
  readonly files: readonly string[];
  /** Functions in it as `file#name`. */
  readonly functions: readonly string[];
  /** What it imports when it runs. */
  readonly imports: readonly string[];
}

/** Bundles `names` of one file, such as `api/models.ts`, in memory. */
export async function bundle(file: string, names: readonly string[]): Promise<Bundle> {
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    stdin: { contents: `export { ${names.join(', ')} } from './src/${file}';`, resolveDir: root },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    // Found, they are told among the imports.
    external: ['vscode', 'node:*'],
    metafile: true,
    logLevel: 'silent',
  });
  const [output] = Object.values(metafile.outputs);
  return {
    files: Object.entries(output?.inputs ?? {})
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([path]) => path.replace(/^src\//, '').replace(/^.*node_modules\/([^/]+)\/.*$/, '$1')),
    functions: functionsOf(outputFiles[0]?.text ?? ''),
    imports: (output?.imports ?? []).map(({ path }) => path),
  };
}

/** esbuild writes the name of each file above its code, and a number behind a name that two files have. */
function functionsOf(code: string): string[] {
  const found: string[] = [];
  let file = '';
  for (const line of code.split('\n')) {
    file = /^\/\/ src\/(.+)$/.exec(line)?.[1] ?? file;
    const name = /^(?:async )?function\*? ([A-Za-z]+)\d*\(/.exec(line)?.[1];
    if (name !== undefined) {
      found.push(`${file}#${name}`);
    }
  }
  return found;
}
