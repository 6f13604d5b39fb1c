import type { Session } from '../../../scripts/vscode/session.ts';

/** Kills the newest extension host as a crash does; the server logs its process id. */
export function killExtensionHost({ server }: Session): void {
  const started = [...server.output().matchAll(/<(\d+)> Launched Extension Host Process/g)];
  process.kill(Number(started.at(-1)?.[1]), 'SIGKILL');
}
