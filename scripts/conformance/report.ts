import { styleText } from 'node:util';
import type { Finding, Verdict } from './observation.ts';

/** How often each verdict was given. */
export function countVerdicts(findings: readonly Finding[]): Readonly<Record<Verdict, number>> {
  const count = (verdict: Verdict): number =>
    findings.filter((finding) => finding.verdict === verdict).length;
  return {
    'as in the contract': count('as in the contract'),
    differs: count('differs'),
    'not settled': count('not settled'),
  };
}

const colors = { 'as in the contract': 'green', differs: 'red', 'not settled': 'yellow' } as const;

/** The findings as a table for people, in colour if `stream` shows it. */
export function formatReport(findings: readonly Finding[], stream: NodeJS.WritableStream): string {
  const paint = (format: Parameters<typeof styleText>[0], text: string): string =>
    styleText(format, text, { stream });
  const rowWidth = Math.max(...findings.map(({ row }) => row.length));
  const nameWidth = Math.max(...findings.map(({ name }) => name.length));
  const lines: string[] = [];
  const indent = ' '.repeat(rowWidth + nameWidth + 6);
  for (const [group, members] of Map.groupBy(findings, (finding) => finding.group)) {
    lines.push('', paint('bold', group));
    for (const { row, name, verdict, expected, seen } of members) {
      const place = `  ${row.padEnd(rowWidth)}  ${name.padEnd(nameWidth)}  `;
      lines.push(`${place}${paint(colors[verdict], verdict)}: ${seen}`);
      if (verdict === 'differs') {
        lines.push(`${indent}expected: ${expected}`);
      }
    }
  }
  const answers = findings.filter(({ open, verdict }) => open && verdict === 'as in the contract');
  if (answers.length > 0) {
    lines.push('', paint('bold', 'Open in the contract, answered here'));
    lines.push(...answers.map(({ row, name, seen }) => `  ${row.padEnd(rowWidth)}  ${name}: ${seen}`));
  }
  return `${lines.join('\n')}\n\n${closingLine(findings)}\n`;
}

function closingLine(findings: readonly Finding[]): string {
  const counts = countVerdicts(findings);
  const differ = counts.differs === 1 ? 'differs' : 'differ';
  return `${counts['as in the contract']} as in the contract, ${counts.differs} ${differ}, ${counts['not settled']} not settled`;
}
