// The first half of .ci/run: the checks of npm run check that are no tests. Exit code 1 if one fails.
import { runNpm } from './command.ts';

const checks = ['fmt:check', 'lint', 'typecheck', 'knip'];
const results = await Promise.allSettled(checks.map((check) => runNpm(['run', check], { quiet: true })));
for (const [index, result] of results.entries()) {
  console.log(`\n== ${checks[index]}: ${result.status === 'fulfilled' ? 'passed' : 'failed'} ==`);
  if (result.status === 'rejected')
    console.error(result.reason instanceof Error ? result.reason.message : result.reason);
}
process.exit(results.every(({ status }) => status === 'fulfilled') ? 0 : 1);
