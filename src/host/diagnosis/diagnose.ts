import * as vscode from 'vscode';
import { createCapture } from '../../api/capture.ts';
import type { Connection } from '../../api/connection.ts';
import { createEndpoint } from '../../api/createEndpoint.ts';
import { resolveCredential } from '../../api/credential.ts';
import { dialectOf } from '../../api/dialects.ts';
import { safe } from '../../api/safe.ts';
import { parseBaseUrl } from '../../api/url.ts';
import { diagnose, type DiagnosisInput, type Finding } from '../../chat/diagnosis.ts';
import { createSecretMask, type SecretMask } from '../../chat/diagnosisMask.ts';
import type { NetworkProbes } from '../../chat/diagnosisNetwork.ts';
import { recordingOf } from '../../chat/diagnosisRecording.ts';
import { diagnosisReport, stepTitle } from '../../chat/diagnosisReport.ts';
import { settings } from '../../shared/contributions.ts';
import { toAbortSignal } from '../cancellation.ts';
import type { Connections } from '../connections/connections.ts';
import type { Log } from '../log.ts';
import type { Platform } from '../platform.ts';
import { stringSetting } from '../settings.ts';
import type { TextDocuments } from '../textDocuments.ts';
import { offerAfterDiagnosis } from './diagnosisOffers.ts';
import { diagnosisPlace } from './diagnosisPlace.ts';
import { pickConnection } from './pickConnection.ts';
import { proxyFacts } from './proxyFacts.ts';

/** What a diagnosis works with. */
export interface DiagnosisServices {
  readonly connections: Connections;
  readonly documents: TextDocuments;
  readonly platform: Pick<Platform, 'environmentVariable'>;
  /** Missing in the web worker host. */
  readonly probes?: NetworkProbes;
  readonly extension: vscode.Extension<unknown>;
  readonly log: Log;
  /** Writes `"stream": false` into the connection's settings. */
  readonly turnOffStreaming: (connection: string) => Promise<void>;
}

/** Lets a person pick a connection, looks at it step by step, and opens what was found. */
export async function diagnoseConnection(services: DiagnosisServices): Promise<void> {
  const { connections, documents, probes, extension, log } = services;
  const connection = await pickConnection(connections);
  if (!connection) return;
  const mask = await maskFor(connection, connections);
  const capture = createCapture(connections.requestOptions.fetch);
  const bound = { ...connection, credential: () => connections.credentials.get(connection) };
  const input: Omit<DiagnosisInput, 'signal' | 'onStep'> = {
    connection,
    whole: createEndpoint({ ...bound, stream: false }, { fetch: capture.fetch }),
    streamed: createEndpoint({ ...bound, stream: true }, { fetch: capture.fetch }),
    capture,
    proxies: proxyFacts(services.platform),
    mask,
    l10n: vscode.l10n,
    now: () => performance.now(),
    ...chosenModel(connection.name),
    ...(probes && { probes }),
  };
  const { findings, isStopped } = await runWithProgress(input);
  const problems = findings.filter(({ outcome }) => outcome === 'problem').length;
  log.info('Connection diagnosed', { connection: connection.name, count: problems });
  const report = diagnosisReport(
    {
      findings,
      isStopped,
      connection,
      key: await keySource(connection, connections),
      settingsProblems: connections.problems().map(({ message }) => message),
      place: diagnosisPlace(extension, probes?.system),
    },
    mask,
    vscode.l10n,
  );
  await documents.show(`diagnosis-${connection.name}.md`, report, false);
  const { kind } = connection;
  const base = parseBaseUrl(connection.url, dialectOf(kind).urlEndings);
  const isBuffered = findings.some((finding) => finding.isBuffered === true);
  // It stays open as long as the person likes.
  void offerAfterDiagnosis({
    connection: connection.name,
    problems,
    report,
    log,
    ...(capture.exchanges.length > 0 && {
      recording: `${JSON.stringify(recordingOf(capture.exchanges, { kind, base, mask }), undefined, 2)}\n`,
    }),
    ...(isBuffered && { turnOffStreaming: () => services.turnOffStreaming(connection.name) }),
  });
}

function runWithProgress(
  input: Omit<DiagnosisInput, 'signal' | 'onStep'>,
): Thenable<{ findings: Finding[]; isStopped: boolean }> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Diagnosing {0} with three small requests', input.connection.name),
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (progress, token) => {
    const signal = toAbortSignal(token);
    const onStep: DiagnosisInput['onStep'] = (step) => {
      progress.report({ message: stepTitle(step, vscode.l10n) });
    };
    const findings: Finding[] = [];
    try {
      for await (const finding of diagnose({ ...input, signal, onStep })) findings.push(finding);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    return { findings, isStopped: signal.aborted };
  });
}

/** Header values so short are words such as `true`; credentials are refused there anyway. */
const shortestHeaderSecret = 8;

async function maskFor(connection: Connection, connections: Connections): Promise<SecretMask> {
  const { operatorId, headers = {} } = connection;
  const key = await connections.credentials.get(connection);
  // An environment variable may hold it with quotes or blanks round it.
  const cleaned = await safe(resolveCredential(key));
  const proxyLogin = vscode.workspace.getConfiguration().get<unknown>('http.proxyAuthorization');
  return createSecretMask([
    key,
    cleaned.ok ? cleaned.value : undefined,
    operatorId,
    ...Object.values(headers).filter((value) => value.length >= shortestHeaderSecret),
    ...(typeof proxyLogin === 'string' ? [proxyLogin] : []),
  ]);
}

async function keySource(connection: Connection, { credentials }: Connections) {
  if (await credentials.isStored(connection)) return 'stored';
  const variable = credentials.environmentVariable(connection);
  return variable === undefined ? undefined : { variable };
}

/** The model that the settings choose for a connection. */
function chosenModel(connection: string): { model?: string } {
  const setting = stringSetting(settings.defaultModel);
  return setting.startsWith(`${connection}/`) ? { model: setting.slice(connection.length + 1) } : {};
}
