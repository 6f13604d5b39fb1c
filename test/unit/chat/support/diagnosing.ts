import { createCapture } from '../../../../src/api/capture.ts';
import type { Connection } from '../../../../src/api/connection.ts';
import { createEndpoint } from '../../../../src/api/createEndpoint.ts';
import {
  diagnose,
  type DiagnosisInput,
  type DiagnosisStep,
  type Finding,
} from '../../../../src/chat/diagnosis.ts';
import { createSecretMask } from '../../../../src/chat/diagnosisMask.ts';
import type { NetworkProbes } from '../../../../src/chat/diagnosisNetwork.ts';
import { untranslated } from '../../../../src/chat/l10n.ts';
import { developmentKey, developmentOperator, type RunningServer } from '../../../server/server.ts';

/** Probes of a host that sees nothing odd. */
export const probes: NetworkProbes = {
  system: 'Test',
  resolve: () => Promise.resolve(['192.0.2.1']),
  connect: () => Promise.resolve({}),
};

/** A connection of a kind to the local server. */
export function aConnection(server: RunningServer, kind: Connection['kind']): Connection {
  return {
    name: 'work',
    kind,
    url: server.baseUrls[kind],
    credential: developmentKey,
    ...(kind === 'tachyon' && { operatorId: developmentOperator }),
  };
}

/** What a diagnosis told before it ended, and with what it ended. */
interface Diagnosed {
  readonly findings: ReadonlyMap<DiagnosisStep, Finding>;
  readonly announced: readonly DiagnosisStep[];
  readonly error: unknown;
}

/** Diagnoses a connection over real endpoints. */
export async function run(connection: Connection, changes: Partial<DiagnosisInput> = {}): Promise<Diagnosed> {
  const capture = createCapture();
  const announced: DiagnosisStep[] = [];
  const findings = new Map<DiagnosisStep, Finding>();
  let error: unknown;
  try {
    for await (const finding of diagnose({
      connection,
      whole: createEndpoint({ ...connection, stream: false }, { fetch: capture.fetch }),
      streamed: createEndpoint({ ...connection, stream: true }, { fetch: capture.fetch }),
      capture,
      proxies: { settings: {}, environment: {} },
      probes,
      mask: createSecretMask([developmentKey, connection.operatorId]),
      l10n: untranslated,
      now: () => performance.now(),
      signal: new AbortController().signal,
      onStep: (step) => announced.push(step),
      ...changes,
    })) {
      findings.set(finding.step, finding);
    }
  } catch (thrown) {
    error = thrown;
  }
  return { findings, announced, error };
}

/** The outcome of each step. */
export function outcomes({ findings }: Diagnosed): Record<string, string> {
  return Object.fromEntries([...findings].map(([step, { outcome }]) => [step, outcome]));
}

/** The sentence of a step. */
export function text({ findings }: Diagnosed, step: DiagnosisStep): string {
  return findings.get(step)?.text ?? '';
}
