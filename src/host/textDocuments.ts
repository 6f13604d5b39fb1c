import * as vscode from 'vscode';
import { keepLatest } from '../chat/keepLatest.ts';

const scheme = 'tachyon-text';
/** Texts that are kept for the editors that show them. */
const most = 30;

/** Read-only documents with texts that are in no file: a new untitled one would ask to be saved when it is closed. */
export class TextDocuments implements vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: ({ path }) =>
      this.#texts.get(path) ?? vscode.l10n.t('This text is no longer kept; open it anew.'),
  });

  dispose(): void {
    this.#registration.dispose();
  }

  /** Opens a text in an editor, by default one that the next file takes the place of. `name` becomes the tab's title. */
  async show(name: string, text: string, preview = true): Promise<void> {
    const file = name.replace(/[\\/:*?"<>|\s]+/g, '-').replace(/^[.-]+/, '') || 'text';
    const path = `/${crypto.randomUUID()}/${file}`;
    this.#texts.set(path, text);
    keepLatest(this.#texts, most);
    await vscode.window.showTextDocument(vscode.Uri.from({ scheme, path }), { preview });
  }
}
