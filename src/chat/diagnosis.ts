import type { Capture } from '../api/capture.ts';
import type { Connection } from '../api/connection.ts';
import type { Endpoint } from '../api/endpoint.ts';
import type { SecretMask } from './diagnosisMask.ts';
import { checkAddress, checkProxies, checkSecurity } from './diagnosisNetwork.ts';
import type { NetworkProbes, ProxyFacts } from './diagnosisNetwork.ts';
import { checkModels } from './diagnosisModels.ts';
import { checkReplies } from './diagnosisReplies.ts';
import type { L10n } from './l10n.ts';

/** What is looked at, in this order. */
export type DiagnosisStep =
  | 'proxy'
  | 'address'
  | 'security'
  | 'list'
  | 'models'
  | 'whole'
  | 'stream'
  | 'usage'
  | 'end';

/** What a step found. */
export interface Finding {
  readonly step: DiagnosisStep;
  readonly outcome: 'ok' | 'problem' | 'skipped';
  /** What was found and, for a problem, what to do. Inert markdown. */
  readonly text: string;
  /** The stream came all at once. */
  readonly isBuffered?: boolean;
}

/** A connection to look at. Its requests go through the endpoints' `fetch`, which `capture` listens to. */
export interface DiagnosisInput {
  readonly connection: Connection;
  /** With the credential bound; asks for whole answers. */
  readonly whole: Endpoint;
  /** The same, but asks for streams. */
  readonly streamed: Endpoint;
  readonly capture: Pick<Capture, 'last'>;
  readonly proxies: ProxyFacts;
  /** Missing where the host cannot look below HTTP. */
  readonly probes?: NetworkProbes;
  /** The model that the person's settings choose for this connection. */
  readonly model?: string;
  readonly mask: SecretMask;
  readonly l10n: L10n;
  /** Milliseconds, from any beginning. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Hears what is looked at next. */
  readonly onStep: (step: DiagnosisStep) => void;
}

/**
 * Looks at a connection step by step, from the network up to the end of a streamed answer. It sends three requests
 * and never fails but by the signal.
 */
export async function* diagnose(input: DiagnosisInput): AsyncGenerator<Finding, void, void> {
  const begin = (step: DiagnosisStep): DiagnosisStep => {
    input.signal.throwIfAborted();
    input.onStep(step);
    return step;
  };
  yield { step: begin('proxy'), ...checkProxies(input) };
  yield { step: begin('address'), ...(await checkAddress(input)) };
  yield { step: begin('security'), ...(await checkSecurity(input)) };
  begin('list');
  const { list, models, model, mayAsk } = await checkModels(input);
  yield { step: 'list', ...list };
  yield { step: begin('models'), ...models };
  yield* checkReplies(input, { model, mayAsk }, begin);
}
