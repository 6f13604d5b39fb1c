// npm test [-- --only SUITE]: everything, from provisioning to the line "N passed, N failed".
import { parseArgs } from 'node:util';
import { closeRun, runSuites } from './suites/runSuites.ts';
import { isSuiteName, suites } from './suites/suites.ts';

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const all = Object.keys(suites).filter(isSuiteName);
if (values.only !== undefined && !isSuiteName(values.only)) {
  console.error(`--only takes one of: ${all.join(', ')}`);
  process.exit(1);
}
closeRun(await runSuites(values.only === undefined ? all : [values.only]));
