import * as vscode from 'vscode';
import { tellUnwritable } from '../connections/connectionEntries.ts';
import type { Log } from '../log.ts';

/** What can be done with a finished diagnosis. */
export interface DiagnosisOffers {
  readonly connection: string;
  readonly problems: number;
  readonly report: string;
  /** The masked capture as JSON text; missing where nothing came. */
  readonly recording?: string;
  /** There where the stream came all at once. */
  readonly turnOffStreaming?: () => Promise<void>;
  readonly log: Log;
}

interface Offer {
  readonly title: string;
  /** Resolves with whether it was done; otherwise it is offered again. Rejects only if the disk refuses. */
  readonly run: () => Promise<boolean>;
}

/** Tells the result and offers what can be done with it, until the person closes the message. */
export async function offerAfterDiagnosis({
  connection,
  problems,
  report,
  recording,
  turnOffStreaming,
  log,
}: DiagnosisOffers): Promise<void> {
  const offers: Offer[] = [
    {
      title: vscode.l10n.t('Copy Report'),
      run: async () => {
        await vscode.env.clipboard.writeText(report);
        return true;
      },
    },
  ];
  if (recording !== undefined) {
    offers.push({ title: vscode.l10n.t('Save Capture…'), run: () => saveRecording(recording) });
  }
  if (turnOffStreaming) {
    offers.unshift({
      title: vscode.l10n.t('Ask for Whole Replies'),
      run: async () => {
        try {
          await turnOffStreaming();
          return true;
        } catch {
          tellUnwritable();
          return false;
        }
      },
    });
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
    try {
      if (await offers[index]?.run()) offers.splice(index, 1);
    } catch (error) {
      log.failure('Capture not saved', error, { connection });
      void vscode.window.showErrorMessage(vscode.l10n.t('The file could not be written; check the folder.'));
    }
  }
}

async function saveRecording(recording: string): Promise<boolean> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save Capture'),
    filters: { JSON: ['json'] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, 'tachyon-capture.json') }),
  });
  if (!target) return false;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(recording));
  return true;
}
