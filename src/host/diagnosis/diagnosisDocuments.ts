import * as vscode from 'vscode';

const scheme = 'tachyon-diagnosis';

/** Reports as read-only documents: a new untitled one would ask to be saved when it is closed. */
export class DiagnosisDocuments implements vscode.Disposable {
  readonly #reports = new Map<string, string>();
  readonly #subscriptions: readonly vscode.Disposable[];
  #count = 0;

  constructor() {
    this.#subscriptions = [
      vscode.workspace.registerTextDocumentContentProvider(scheme, {
        provideTextDocumentContent: ({ path }) =>
          this.#reports.get(path) ?? vscode.l10n.t('This report is gone. Diagnose the connection again.'),
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === scheme) this.#reports.delete(uri.path);
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Opens a report in an editor of its own. */
  async show(report: string): Promise<void> {
    this.#count += 1;
    const path = `/diagnosis-${this.#count}.md`;
    this.#reports.set(path, report);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme, path }));
    await vscode.window.showTextDocument(document, { preview: false });
  }
}
