import * as vscode from 'vscode';
import { linkedPlaces } from '../../chat/quickPrompts/linkedPlaces.ts';
import { gitRepositories } from '../attachments/git.ts';
import { filesAt } from '../code/workspacePath.ts';
import { isInWorkspace } from '../workspace/isInWorkspace.ts';
import type { Platform } from '../platform.ts';

class PlaceLink extends vscode.DocumentLink {
  readonly path: string;
  readonly fragment: string;

  constructor(range: vscode.Range, path: string, fragment: string) {
    super(range);
    this.path = path;
    this.fragment = fragment;
  }
}

/** Links of answers to lines of files, such as `src/a.ts#L12`: they open files of the workspace, and nothing else. */
export class AnswerLinks implements vscode.DocumentLinkProvider<PlaceLink>, vscode.Disposable {
  readonly #platform: Platform;
  readonly #documents = new WeakSet<vscode.TextDocument>();
  #registration: vscode.Disposable | undefined;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  dispose(): void {
    this.#registration?.dispose();
  }

  /** The links of this document are those of an answer. */
  add(document: vscode.TextDocument): void {
    const selector = { scheme: 'untitled', language: 'markdown' };
    this.#registration ??= vscode.languages.registerDocumentLinkProvider(selector, this);
    this.#documents.add(document);
  }

  provideDocumentLinks(document: vscode.TextDocument): PlaceLink[] {
    if (!this.#documents.has(document)) return [];
    return linkedPlaces(document.getText()).map(({ start, end, path, fragment }) => {
      const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
      return new PlaceLink(range, path, fragment);
    });
  }

  /** Looked up only when somebody follows the link. */
  async resolveDocumentLink(link: PlaceLink): Promise<PlaceLink> {
    for (const uri of await filesAt(link.path, repositoryRoots)) {
      if (!(await isInWorkspace(uri, this.#platform))) continue;
      link.target = uri.with({ fragment: link.fragment });
      break;
    }
    return link;
  }
}

/** The paths of a diff begin at the root of its repository, which may lie above the folder that is open, or in it. */
async function repositoryRoots(): Promise<vscode.Uri[]> {
  return (await gitRepositories()).map(({ rootUri }) => rootUri);
}
