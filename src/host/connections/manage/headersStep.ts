import * as vscode from 'vscode';
import type { Connection } from '../../../api/connection.ts';
import { headerProblems } from '../../../chat/headerEntry.ts';
import { cleanLabel } from '../../../chat/untrusted.ts';
import { showInput, showPick } from '../quickSteps.ts';
import type { ManageServices } from './manageServices.ts';
import { writeFields } from './writeFields.ts';

type HeaderItem = vscode.QuickPickItem & { readonly header?: string };

/** Changes the headers that go with each request of a connection; credentials are refused here. */
export async function changeHeaders({ name }: Connection, { connections }: ManageServices): Promise<string> {
  for (;;) {
    const headers = connections.get(name)?.headers ?? {};
    const picked = await showPick<HeaderItem>({
      title: vscode.l10n.t('Headers of {0}', name),
      placeholder: vscode.l10n.t('They go with every request. A key does not belong here.'),
      hasBack: true,
      items: [
        ...Object.entries(headers).map(([header, value]) => ({
          label: cleanLabel(header, 80),
          description: cleanLabel(value, 80),
          header,
        })),
        { label: vscode.l10n.t('$(add) Add a Header…') },
      ],
    });
    if (typeof picked !== 'object') return name;
    const header = picked.header ?? (await askName(name));
    if (header !== undefined) await changeHeader(name, headers, header);
  }
}

async function askName(name: string): Promise<string | undefined> {
  const typed = await showInput({
    title: vscode.l10n.t('Headers of {0}', name),
    prompt: vscode.l10n.t('Name of the header'),
    placeholder: 'OpenAI-Organization',
    hasBack: true,
    problem: (text) => headerProblems(name, { [text.trim()]: '' }, vscode.l10n)[0],
    accept: (text) => text.trim(),
  });
  return typeof typed === 'string' ? typed : undefined;
}

async function changeHeader(
  name: string,
  headers: Readonly<Record<string, string>>,
  header: string,
): Promise<void> {
  const typed = await showInput({
    title: vscode.l10n.t('Headers of {0}', name),
    prompt: vscode.l10n.t('Value of {0}; leave it empty to take the header away', cleanLabel(header, 80)),
    value: headers[header] ?? '',
    hasBack: true,
    problem: (text) => headerProblems(name, { [header]: text.trim() }, vscode.l10n)[0],
    accept: (text) => text.trim(),
  });
  if (typeof typed !== 'string') return;
  const others = Object.entries(headers).filter(([known]) => known !== header);
  const changed = typed === '' ? others : [...others, [header, typed]];
  await writeFields(name, { headers: changed.length === 0 ? undefined : Object.fromEntries(changed) });
}
