import type { ConnectionKind } from '../../src/api/connection.ts';
import { cleanName } from '../../src/chat/untrusted.ts';
import { errorProbes } from './errorProbes.ts';
import { headerObservations, unsettledRows } from './headerChecks.ts';
import { agentModels, modelList } from './modelProbes.ts';
import { answerOf, type Finding, type Observation, toFinding, unanswered } from './observation.ts';
import { account, operators } from './operatorProbes.ts';
import { type ConformanceOptions, readOptions, usage } from './options.ts';
import { countVerdicts, formatReport } from './report.ts';
import { NoReply } from './recorder.ts';
import { alternatives, otherLimit, stopSequence, unknownField } from './requestProbes.ts';
import { chatroom } from './roomProbes.ts';
import { type Probe, type Session, startSession } from './session.ts';
import { ownRequest, streamedReply } from './streamProbes.ts';
import { toolCall } from './toolProbes.ts';
import { wholeReply } from './wholeProbes.ts';

/** Where the command writes. */
export interface ConformanceOutput {
  readonly stdout: NodeJS.WritableStream;
  /** What is not the result: announcements and errors. */
  readonly stderr: NodeJS.WritableStream;
}

/** Runs the command, and gives its exit code. An aborted signal stops it once the chatroom it made is deleted. */
export async function runConformance(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  output: ConformanceOutput,
  signal: AbortSignal,
): Promise<number> {
  let options: ConformanceOptions | undefined;
  let session: Session | undefined;
  try {
    options = readOptions(args, env);
    session = options && (await startSession(options.connection, options.model, signal));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    output.stderr.write(`${message}\nUse --help for the options.\n`);
    return 2;
  }
  if (options === undefined || session === undefined) {
    output.stdout.write(usage);
    return 0;
  }
  return await check(options, session, output, signal);
}

async function check(
  { connection: { kind, url }, json }: ConformanceOptions,
  session: Session,
  { stdout, stderr }: ConformanceOutput,
  signal: AbortSignal,
): Promise<number> {
  const probes = probesOf(kind, session.hasKey);
  stderr.write(`${kind} at ${url}: ${announcement([modelList, ...probes])}\n`);
  const findings: Finding[] = [];
  const note = (group: string, observations: readonly Observation[]): void => {
    findings.push(...observations.map((observation) => toFinding(group, observation, session.mask)));
  };
  const listing = await attempt(modelList, session);
  note(modelList.group, listing);
  const problem = whyNotToGoOn(session, listing);
  if (problem !== undefined) {
    stderr.write(`${cleanName(session.mask(problem), 300)}\n`);
    return 2;
  }
  for (const probe of probes) {
    if (session.model === undefined && probe.completions > 0) {
      note(probe.group, [noModel]);
    } else if (!signal.aborted) {
      note(probe.group, await attempt(probe, session));
    }
  }
  note('Headers', headerObservations(session));
  note('Not to be seen with one key', unsettledRows(session));
  const model = cleanName(session.mask(session.model ?? 'unknown'), 100);
  const requests = session.exchanges.length;
  const counts = countVerdicts(findings);
  stdout.write(
    json
      ? `${JSON.stringify({ kind, url, model, requests, counts, findings }, undefined, 2)}\n`
      : `\nModel ${model}, ${requests} requests\n${formatReport(findings, stdout)}`,
  );
  if (signal.aborted) {
    stderr.write('Interrupted: the checks are not complete.\n');
    return 130;
  }
  if (!session.exchanges.some(({ status }) => status >= 200 && status < 300)) {
    stderr.write('The endpoint answered no request with success, so nothing is shown.\n');
    return 2;
  }
  return counts.differs === 0 ? 0 : 1;
}

function announcement(probes: readonly Probe[]): string {
  const requests = sum(probes.map((probe) => probe.requests));
  const completions = sum(probes.map((probe) => probe.completions));
  const room = probes.includes(chatroom) ? ' One chatroom is made, and deleted at the end.' : '';
  return `at most ${requests} requests, ${completions} of them answered by a model in a few words.${room}`;
}

const noModel: Observation = {
  row: 'A6',
  name: 'a reply',
  expected: 'one',
  seen: 'no model of the list fits; name one with --model',
  holds: undefined,
};

function probesOf(kind: ConnectionKind, hasKey: boolean): Probe[] {
  const isTachyon = kind === 'tachyon';
  return [
    ...(isTachyon ? [agentModels, operators, account] : []),
    wholeReply,
    streamedReply,
    ownRequest,
    unknownField,
    otherLimit,
    alternatives,
    ...(isTachyon ? [] : [stopSequence]),
    toolCall,
    ...errorProbes(kind, hasKey),
    ...(isTachyon ? [chatroom] : []),
  ];
}

async function attempt(probe: Probe, session: Session): Promise<readonly Observation[]> {
  try {
    return await probe.run(session);
  } catch (error) {
    if (error instanceof NoReply) {
      return [unanswered(error)];
    }
    throw error;
  }
}

/** Why nothing more can be learned after the list of models. */
function whyNotToGoOn(
  { exchanges: [first] }: Session,
  [failure]: readonly Observation[],
): string | undefined {
  if (first === undefined) {
    return `The endpoint cannot be reached: ${failure?.seen ?? ''}`;
  }
  return first.status === 401 ? `The endpoint refuses the key: ${answerOf(first)}` : undefined;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
