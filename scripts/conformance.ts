// npm run conformance -- --kind KIND [options]: checks a live endpoint against the wire contract; --help tells the options.
import { runConformance } from './conformance/run.ts';

const interruption = new AbortController();
// The first one ends the checks and tidies up, the second one everything.
process.once('SIGINT', () => interruption.abort()).once('SIGTERM', () => interruption.abort());
process.exitCode = await runConformance(process.argv.slice(2), process.env, process, interruption.signal);
