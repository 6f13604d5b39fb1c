// The first half of .ci/run: the checks of npm run check that are no tests. Exit code 1 if one fails.
import { runNpm } from './command.ts';

let failed = 0;
for (const check of ['fmt:check', 'lint', 'typecheck', 'knip']) {
  console.log(`\n== ${check} ==`);
  await runNpm(['run', check]).catch(() => {
    failed++;
  });
}
if (failed > 0) console.error(`\n${failed} of the checks failed: see above.`);
process.exit(failed === 0 ? 0 : 1);
