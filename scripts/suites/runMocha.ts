// node scripts/suites/runMocha.ts TIMEOUT_MS RETRIES PATTERN…: runs the test files and tells the counts in a line of its
// own. A test that needed another try is told with what failed in the first.
import { glob } from 'node:fs/promises';
import Mocha from 'mocha';
import { root } from '../paths.ts';
import { exitOnSignals, exitWithParent } from '../lifetime.ts';
import { repeatedLine, resultLine } from './mochaResult.ts';

exitOnSignals();
exitWithParent();
const [timeout, retries, ...patterns] = process.argv.slice(2);
const files: string[] = [];
for (const pattern of patterns) {
  const found: string[] = [];
  for await (const file of glob(pattern, { cwd: root })) found.push(file);
  files.push(...found.toSorted());
}
const mocha = new Mocha({
  ui: 'bdd',
  timeout: Number(timeout),
  retries: Number(retries),
  color: true,
  // A test that is left out must not look like one that passed.
  forbidOnly: true,
  forbidPending: true,
});
for (const file of files) mocha.addFile(file);
await mocha.loadFilesAsync();
const tried = new Map<string, Error>();
const runner = mocha.run((failures) => {
  for (const [title, error] of tried) console.log(repeatedLine(title, error));
  console.log(resultLine(runner.stats));
  process.exit(failures === 0 ? 0 : 1); // a test may have left a handle open
});
runner.on('retry', (test, error) => tried.set(test.fullTitle(), error));
