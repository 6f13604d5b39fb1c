import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import { resultLine } from '../../scripts/suites/mochaResult.ts';

/** Called by VS Code in its extension host; a rejection makes VS Code end with exit code 1. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, color: true });
  for (const file of readdirSync(__dirname, { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('.test.cjs')) mocha.addFile(join(__dirname, file));
  }
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.once('end', () => console.log(resultLine(runner.stats)));
  });
  if (failures > 0) throw new Error(`${failures} integration tests failed.`);
}
