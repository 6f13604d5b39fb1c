import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import type { Finding } from '../../../scripts/conformance/observation.ts';
import { runConformance } from '../../../scripts/conformance/run.ts';
import type { ConnectionKind } from '../../../src/api/connection.ts';
import type { RunningServer } from '../../server/server.ts';
import { developmentOperator } from '../../server/server.ts';
import type { Deviation } from './deviatingServer.ts';
import { startDeviatingServer } from './deviatingServer.ts';

/** How a run of the command ended. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A key that must not be printed anywhere. */
export const key = 'pk_not-to-be-seen/anywhere+1';
/** The key under each name, and the operator. */
export const environment = {
  TACHYON_API_KEY: key,
  TACHYON_TENANT_ID: developmentOperator,
  OPENAI_API_KEY: key,
  ATOMASDK_BEARER_AUTH: key,
};

/** Runs the command in this process, and checks that it keeps the key to itself. */
export async function run(
  args: readonly string[],
  env: NodeJS.ProcessEnv = environment,
  signal = new AbortController().signal,
): Promise<Run> {
  const texts = { stdout: '', stderr: '' };
  const sink = (name: keyof typeof texts): Writable =>
    new Writable({
      write(part, _encoding, done) {
        texts[name] += String(part);
        done();
      },
    });
  const code = await runConformance(args, env, { stdout: sink('stdout'), stderr: sink('stderr') }, signal);
  assert.ok(!`${texts.stdout}${texts.stderr}`.includes(key), 'the key is printed');
  return { code, ...texts };
}

/** What `--json` prints. */
interface Report {
  readonly model: string;
  readonly requests: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
}

/** What a run with `--json` printed. */
export function reportOf({ stdout }: Run): Report {
  const report: Report = JSON.parse(stdout);
  return report;
}

/** Group and name of what differs. */
export function differing({ findings }: Report): string[] {
  return findings.flatMap(({ group, name, verdict }) => (verdict === 'differs' ? [`${group}: ${name}`] : []));
}

/** Runs with `--json` against the local server, by way of one that changes its replies. */
export async function runDeviating(
  server: RunningServer,
  kind: ConnectionKind,
  deviate: Deviation,
  more: readonly string[] = [],
  signal?: AbortSignal,
): Promise<Run> {
  const deviating = await startDeviatingServer(server.url, deviate);
  try {
    const url = server.baseUrls[kind].replace(server.url, deviating.url);
    return await run(['--kind', kind, '--url', url, '--json', ...more], environment, signal);
  } finally {
    await deviating.stop();
  }
}

/** How many of the chatrooms that were made are left. */
export function roomsLeft({ requests, chatrooms }: RunningServer): number {
  assert.ok(requests.some(({ method, path }) => method === 'POST' && path === '/v1/llms/chatrooms'));
  return chatrooms.list(developmentOperator, { limit: 9, offset: 0, search: '' }, undefined).total;
}
