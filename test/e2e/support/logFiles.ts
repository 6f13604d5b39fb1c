import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { outFolder } from '../../../scripts/paths.ts';

/** Where `bindings`, by which VS Code's logger finds its native part, looks first if an environment variable says so. */
const compiled = join(outFolder, 'logger');

/** VS Code writes its logs by a native part, which is missing where it was installed without a compiler. */
const logger = `const { appendFileSync } = require('node:fs');
class Logger {
  constructor(type, name, path) { this.path = path; }
  append(text) { appendFileSync(this.path, text + '\\n'); }
  getLevel() { return 0; }
}
for (const name of ['trace', 'debug', 'info', 'warn', 'error', 'critical']) Logger.prototype[name] = Logger.prototype.append;
for (const name of ['setLevel', 'setPattern', 'clearFormatters', 'flush', 'drop']) Logger.prototype[name] = () => {};
Object.assign(exports, { version: 0, setLevel() {}, setFlushOn() {}, Logger });
`;

/** Environment of a VS Code server that writes its logs and those of extensions into files. */
export const logFilesEnvironment = {
  // It is put behind the folder of the package, from which enough steps lead up to the root.
  NODE_BINDINGS_COMPILED_DIR: join('../'.repeat(64), compiled),
};

/** Makes what the environment names; needed before the server starts. */
export async function provideLogFiles(): Promise<void> {
  const { versions, platform, arch } = process;
  // A folder is loaded by its index.js, whatever its name ends in.
  const folder = join(compiled, versions.node, platform, arch, 'spdlog.node');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'index.js'), logger);
  await writeFile(join(folder, 'package.json'), '{"type":"commonjs"}');
}
