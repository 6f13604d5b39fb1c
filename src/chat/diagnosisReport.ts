import type { Connection } from '../api/connection.ts';
import { codeSpan } from './codeSpan.ts';
import { hasOperators } from './connectionNeeds.ts';
import type { DiagnosisStep, Finding } from './diagnosis.ts';
import type { SecretMask } from './diagnosisMask.ts';
import type { L10n } from './l10n.ts';
import { escapeMarkdown } from './untrusted.ts';

/** What a diagnosis found, and where it ran. */
export interface DiagnosisReport {
  readonly findings: readonly Finding[];
  /** The person stopped it before its end. */
  readonly isStopped: boolean;
  readonly connection: Connection;
  /** Where the key comes from: the name of an environment variable, or VS Code's secret storage. */
  readonly key: { readonly variable: string } | 'stored' | undefined;
  /** What is wrong with `tachyon.connections`. */
  readonly settingsProblems: readonly string[];
  readonly place: DiagnosisPlace;
}

/** The software around it. */
export interface DiagnosisPlace {
  readonly extension: string;
  readonly vscode: string;
  /** Operating system and runtime; missing in the browser's host. */
  readonly system?: string;
  /** The kind of remote window; missing for a local one. */
  readonly remote?: string;
}

/** The name of a step, for a heading or a progress message. */
export function stepTitle(step: DiagnosisStep, l10n: L10n): string {
  const titles: Readonly<Record<DiagnosisStep, string>> = {
    proxy: l10n.t('Proxy'),
    address: l10n.t('Address'),
    security: l10n.t('Connection and certificate'),
    list: l10n.t('List of models'),
    models: l10n.t('Models'),
    whole: l10n.t('Whole answer'),
    stream: l10n.t('Streamed answer'),
    usage: l10n.t('Tokens'),
    end: l10n.t('End of the answer'),
  };
  return titles[step];
}

/** The report as Markdown, ready to be pasted into an issue: nothing in it comes alive, and no secret is left. */
export function diagnosisReport(report: DiagnosisReport, mask: SecretMask, l10n: L10n): string {
  // Before the escapes, or a secret with a character of markup would no longer be found.
  const inert = (text: string): string => escapeMarkdown(mask.text(text));
  const code = (text: string): string => codeSpan(mask.text(text));
  const { findings, isStopped, settingsProblems } = report;
  const outcomes: Readonly<Record<Finding['outcome'], string>> = {
    ok: l10n.t('ok'),
    problem: l10n.t('PROBLEM'),
    skipped: l10n.t('skipped'),
  };
  const steps = findings.map(
    ({ step, outcome, text }, index) =>
      `${index + 1}. **${stepTitle(step, l10n)}: ${outcomes[outcome]}.** ${text}`,
  );
  const lines = [
    `# ${l10n.t('Tachyon Chat: diagnosis of a connection')}`,
    '',
    ...facts(report, code, l10n).map(([name, value]) => `- ${name}: ${value}`),
    ...settingsProblems.map((text) => `- ${l10n.t('Wrong in the settings: {0}', inert(text))}`),
    '',
    ...steps,
    ...(isStopped ? ['', l10n.t('Stopped here; the steps after it were not tried.')] : []),
    '',
    l10n.t(
      'Keys, operators, queries of URLs and sign-ins of proxies are masked. Read it once more before you publish it.',
    ),
  ];
  return `${mask.text(lines.join('\n'))}\n`;
}

function facts(
  { connection, key, place }: DiagnosisReport,
  code: (text: string) => string,
  l10n: L10n,
): (readonly [name: string, value: string])[] {
  const { name, kind, url, operatorId, headers = {}, parameters = {}, auth = 'bearer' } = connection;
  const yes = l10n.t('yes');
  const none = l10n.t('none');
  const keyText = key === 'stored' ? l10n.t('stored') : key ? code(key.variable) : none;
  return [
    [l10n.t('Extension'), code(place.extension)],
    ['VS Code', code(place.vscode)],
    [l10n.t('Extension host'), place.system === undefined ? l10n.t('web worker') : code(place.system)],
    ...(place.remote === undefined ? [] : [[l10n.t('Remote'), code(place.remote)] as const]),
    [l10n.t('Connection'), `${code(name)} (${kind})`],
    ['URL', code(url)],
    [l10n.t('Key'), keyText],
    ...(hasOperators(kind) ? [[l10n.t('Operator'), operatorId === undefined ? none : yes] as const] : []),
    ['auth', typeof auth === 'string' ? auth : code(auth.header)],
    ['stream', String(connection.stream !== false)],
    ['headers', code(Object.keys(headers).join(', ')) || none],
    ['parameters', code(Object.keys(parameters).join(', ')) || none],
    ['retry', connection.retry?.strategy ?? 'backoff'],
    ['timeouts', connection.timeouts ? code(JSON.stringify(connection.timeouts)) : none],
  ];
}
