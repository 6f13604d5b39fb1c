// Builds the extension's bundles into dist/, and the integration tests' into out/test/integration/.
//   node esbuild.mjs [--production] [--watch]
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, context } from 'esbuild';

const root = fileURLToPath(new URL('.', import.meta.url));
const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** @type {import('esbuild').BuildOptions} */
const shared = {
  absWorkingDir: root,
  bundle: true,
  format: 'cjs',
  charset: 'utf8',
  external: ['vscode'],
  minify: production,
  sourcemap: !production,
  metafile: true,
  logLevel: 'warning',
};

/** @type {import('esbuild').BuildOptions[]} */
const extensionBundles = [
  {
    ...shared,
    entryPoints: ['src/host/node/main.ts'],
    outfile: 'dist/extension.cjs',
    platform: 'node',
    target: 'node22',
  },
  {
    ...shared,
    entryPoints: ['src/host/web/main.ts'],
    outfile: 'dist/web/extension.cjs',
    platform: 'browser',
    target: 'es2023',
  },
];

/** @type {import('esbuild').BuildOptions[]} */
const pageBundles = [
  {
    ...shared,
    entryPoints: ['src/webview/main.ts'],
    outfile: 'dist/webview/panel.js',
    format: 'iife',
    platform: 'browser',
    target: 'es2023',
    external: [],
  },
  {
    ...shared,
    entryPoints: ['media/panel.css'],
    outfile: 'dist/webview/panel.css',
    // It stands beside the style sheet.
    external: ['codicon.ttf'],
  },
];

/** The icons of VS Code, as a font. */
async function copyCodicons() {
  const folder = join(root, 'dist', 'webview');
  await mkdir(folder, { recursive: true });
  const font = fileURLToPath(import.meta.resolve('@vscode/codicons/dist/codicon.ttf'));
  await copyFile(font, join(folder, 'codicon.ttf'));
}

/** Tests that run inside VS Code are loaded by its extension host, which reads no TypeScript. */
async function integrationBundle() {
  const folder = join(root, 'test', 'integration');
  const files = await readdir(folder, { recursive: true });
  return {
    ...shared,
    entryPoints: [
      join(folder, 'index.ts'),
      ...files.filter((file) => file.endsWith('.test.ts')).map((file) => join(folder, file)),
    ],
    outdir: 'out/test/integration',
    outbase: 'test/integration',
    outExtension: { '.js': '.cjs' },
    platform: 'node',
    target: 'node22',
    external: ['vscode', 'mocha'],
    minify: false,
    sourcemap: 'inline',
  };
}

/** Licences under which a package may be a part of the extension; another one is read by a person first. */
const licences = [
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-4.0',
  'ISC',
  'MIT',
  '(MPL-2.0 OR Apache-2.0)', // taken under the latter
  'PSF-2.0',
];

/** The packages inside the bundles, as esbuild found them, and their licences: theirs ask for it. */
async function writeThirdPartyNotices(results) {
  const folders = new Set(['node_modules/@vscode/codicons']);
  for (const { metafile } of results) {
    for (const input of Object.keys(metafile.inputs)) {
      const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
      if (match !== null) folders.add(match[1]);
    }
  }
  const packages = await Promise.all(Array.from(folders, readPackage));
  packages.sort((a, b) => (a.name < b.name ? -1 : 1));
  const list = packages.map(({ name, version, license }) => `${name} ${version}: ${license}\n`).join('');
  const rule = '-'.repeat(80);
  const texts = packages.map(({ name, version, text }) => `${rule}\n${name} ${version}\n\n${text}\n`);
  const file = join(root, 'dist', 'ThirdPartyNotices.txt');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `Tachyon Chat contains the following packages.\n\n${list}\n${texts.join('\n')}`);
}

async function readPackage(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
  if (!licences.includes(license)) throw new Error(`May ${name} be a part? Its licence is ${license}.`);
  const file = (await readdir(join(root, folder))).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? license : await readFile(join(root, folder, file), 'utf8');
  return { name, version, license, text: text.trim() };
}

async function main() {
  if (watch) {
    await copyCodicons();
    const bundles = [...extensionBundles, ...pageBundles, await integrationBundle()];
    const contexts = await Promise.all(bundles.map((options) => context({ ...options, logLevel: 'info' })));
    await Promise.all(contexts.map((bundle) => bundle.watch()));
    return;
  }
  await rm(join(root, 'dist'), { recursive: true, force: true });
  const results = await Promise.all([...extensionBundles, ...pageBundles].map((options) => build(options)));
  await copyCodicons();
  await writeThirdPartyNotices(results);
  if (production) return; // a package holds no tests
  await rm(join(root, 'out', 'test'), { recursive: true, force: true });
  await build(await integrationBundle());
}

await main().catch((error) => {
  // esbuild has already printed its own errors.
  if (error.errors === undefined) console.error(error);
  process.exitCode = 1;
});
