// Runs scripts/<command>.ts on the Node version that this project pins, in a tree where nothing may be installed yet.
// Plain JavaScript without dependencies: it has to work on any Node from 20 on.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const windows = process.platform === 'win32';
const bin = join(root, 'node_modules', '.bin');
const pinnedNode = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');

/** The lockfile's packages that npm has to have installed, as `path → version`. */
function lockedPackages(file) {
  const { packages } = JSON.parse(readFileSync(file, 'utf8'));
  return new Map(Object.entries(packages).filter(([path]) => path !== ''));
}

/** Why node_modules has to be installed again; undefined if it matches the lockfile. */
function reasonToInstall() {
  const installedFile = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return 'node_modules is missing';
  const installed = lockedPackages(installedFile);
  for (const [path, locked] of lockedPackages(join(root, 'package-lock.json'))) {
    const version = installed.get(path)?.version;
    // Optional packages are those of other platforms; npm leaves them out.
    if (version === undefined && locked.optional) continue;
    if (version !== locked.version) return `${path} is ${version ?? 'missing'}, not ${locked.version}`;
  }
  return undefined;
}

function npm(args, cwd = root) {
  const cli = process.env.npm_execpath;
  const [command, prefix] = cli?.endsWith('npm-cli.js') ? [process.execPath, [cli]] : ['npm', []];
  const shell = windows && command === 'npm';
  return spawnSync(command, [...prefix, ...args], { cwd, stdio: 'inherit', shell }).status === 0;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

function installPackages() {
  const reason = reasonToInstall();
  if (reason === undefined) return;
  if (windows && process.execPath.startsWith(join(root, 'node_modules'))) {
    fail(`Packages have changed (${reason}). Type: npm ci`); // Windows can't replace the program that runs
  }
  console.log(`Installing the lockfile's packages with npm ci (${reason}) …`);
  if (!npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'])) fail('npm ci failed.');
}

/** The package `node` fetches its binary in an install script, which npm may be set to leave out. */
function installPinnedNode() {
  if (existsSync(pinnedNode) && existsSync(join(bin, windows ? 'node.cmd' : 'node'))) return;
  console.log('Installing the pinned Node, because npm left out its install script …');
  const folder = join(root, 'node_modules', 'node');
  spawnSync(process.execPath, ['installArchSpecificPackage.js'], { cwd: folder, stdio: 'inherit' });
  npm(['rebuild', 'node', '--ignore-scripts', '--loglevel=error']); // links it into node_modules/.bin
  if (!existsSync(pinnedNode))
    fail('The pinned Node is missing. Type: npm rebuild node --ignore-scripts=false');
}

const [command, ...args] = process.argv.slice(2);
const script = join(root, 'scripts', `${command}.ts`);
if (command === undefined || !existsSync(script))
  fail('Usage: node scripts/bootstrap.mjs COMMAND [ARGUMENTS]');
installPackages();
installPinnedNode();

process.env.PATH = bin + delimiter + process.env.PATH;
const child = spawn(pinnedNode, [script, ...args], { cwd: root, stdio: 'inherit' });
// The terminal sends Ctrl+C to the whole group: this process only waits for the child to clean up.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 130)));
