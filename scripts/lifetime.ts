import type { ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';

/** Ends a child when this process ends, also by `process.exit` in the middle of a test. */
export function endWithThisProcess(child: ChildProcess): void {
  const end = (): void => {
    child.kill();
  };
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
}

/** Lets SIGTERM and SIGHUP end this process by way of its exit handlers. */
export function exitOnSignals(): void {
  process.once('SIGTERM', () => process.exit(143)).once('SIGHUP', () => process.exit(129));
}

/** Ends this process when the one that holds the other end of its standard input is gone, even if it was killed. */
export function exitWithParent(): void {
  const { stdin } = process;
  if (stdin.isTTY || !(stdin instanceof Socket)) return; // started by hand, or with /dev/null
  stdin.once('end', () => process.exit(1)).resume();
  stdin.unref();
}
