import * as vscode from 'vscode';

/** What can be done with a finished diagnosis. */
export interface DiagnosisOffers {
  readonly connection: string;
  readonly problems: number;
  readonly report: string;
  /** The masked capture as JSON text; missing where nothing came. */
  readonly recording?: string;
  /** There where the stream came all at once. */
  readonly turnOffStreaming?: () => Promise<void>;
}

interface Offer {
  readonly title: string;
  readonly run: () => Promise<unknown>;
}

/** Tells the result and offers what can be done with it, until the person closes the message. */
export async function offerAfterDiagnosis({
  connection,
  problems,
  report,
  recording,
  turnOffStreaming,
}: DiagnosisOffers): Promise<void> {
  const offers: Offer[] = [
    {
      title: vscode.l10n.t('Copy Report'),
      run: async () => vscode.env.clipboard.writeText(report),
    },
  ];
  if (recording !== undefined) {
    offers.push({ title: vscode.l10n.t('Save Capture…'), run: () => saveRecording(recording) });
  }
  if (turnOffStreaming) {
    offers.unshift({ title: vscode.l10n.t('Ask for Whole Answers'), run: turnOffStreaming });
  }
  const message =
    problems === 0
      ? vscode.l10n.t('Diagnosis of {0}: no problem found.', connection)
      : problems === 1
        ? vscode.l10n.t('Diagnosis of {0}: one problem found.', connection)
        : vscode.l10n.t('Diagnosis of {0}: {1} problems found.', connection, problems);
  // A button closes the message, but the report may be copied and the capture saved.
  while (offers.length > 0) {
    const titles = offers.map(({ title }) => title);
    const pressed = await vscode.window.showInformationMessage(message, ...titles);
    const index = titles.findIndex((title) => title === pressed);
    if (index < 0) return;
    await offers.splice(index, 1)[0]?.run();
  }
}

async function saveRecording(recording: string): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save Capture'),
    filters: { JSON: ['json'] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, 'tachyon-capture.json') }),
  });
  if (target) await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(recording));
}
