// .ci/run: the checks of npm run check, then all suites. A check that fails counts as a failed test.
import { runNpm } from './command.ts';
import { closeRun, runSuites } from './suites/runSuites.ts';
import { isSuiteName, suites } from './suites/suites.ts';

const checks = ['fmt:check', 'lint', 'typecheck', 'knip'];

let failedChecks = 0;
for (const check of checks) {
  console.log(`\n== ${check} ==`);
  await runNpm(['run', check]).catch(() => {
    failedChecks++;
  });
}
const { passed, failed } = await runSuites(Object.keys(suites).filter(isSuiteName));
if (failedChecks > 0) console.error(`\n${failedChecks} of the checks failed: see above.`);
closeRun({ passed: passed + checks.length - failedChecks, failed: failed + failedChecks });
