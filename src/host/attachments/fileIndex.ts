import * as vscode from 'vscode';
import type { RankedPath } from '../../chat/attachments/rankPaths.ts';
import type { Platform } from '../platform.ts';
import { notIgnored } from './ignored.ts';
import { nameOfFile } from './workspacePlace.ts';

/** A file that can be attached. */
export interface IndexedFile extends RankedPath {
  readonly uri: vscode.Uri;
}

/** Files that are listed at most. */
const most = 50_000;

/** The files of the workspace that can be attached: not those that the settings exclude or git ignores. */
export class FileIndex implements vscode.Disposable {
  #files: Map<string, IndexedFile> | undefined;
  #loading: Promise<Map<string, IndexedFile>> | undefined;
  #watcher: vscode.FileSystemWatcher | undefined;
  readonly #platform: Pick<Platform, 'realPath'>;

  constructor(platform: Pick<Platform, 'realPath'>) {
    this.#platform = platform;
  }

  dispose(): void {
    this.#watcher?.dispose();
  }

  /** What is known by now; undefined: {@link load} was not called or has not ended. */
  get known(): readonly IndexedFile[] | undefined {
    return this.#files && [...this.#files.values()];
  }

  /** Whether nothing that {@link known} tells has changed, as far as VS Code says. */
  get isCurrent(): boolean {
    return this.#files !== undefined && this.#loading !== undefined;
  }

  /** Lists them. From then on the list follows the disk. */
  async load(): Promise<readonly IndexedFile[]> {
    this.#watch();
    this.#loading ??= this.#list().then((files) => (this.#files = files));
    try {
      return [...(await this.#loading).values()];
    } catch (error) {
      this.#loading = undefined;
      throw error;
    }
  }

  async #list(): Promise<Map<string, IndexedFile>> {
    const found = await vscode.workspace.findFiles('**/*', excluded(), most);
    const offered = await notIgnored(found, this.#platform);
    return new Map(offered.map((uri) => [uri.toString(), indexed(uri)]));
  }

  #watch(): void {
    if (this.#watcher) return;
    this.#watcher = vscode.workspace.createFileSystemWatcher('**/*', false, false, false);
    this.#watcher.onDidCreate(() => this.#forget());
    this.#watcher.onDidChange(({ path }) => {
      if (/\/(?:\.gitignore|\.git\/info\/exclude)$/.test(path)) this.#forget();
    });
    this.#watcher.onDidDelete((uri) => {
      // A folder is told without what was in it.
      if (this.#files?.delete(uri.toString()) !== true) this.#forget();
    });
  }

  /** The next look lists anew; until then the old list serves. */
  #forget(): void {
    if (this.#files) this.#loading = undefined;
  }
}

function indexed(uri: vscode.Uri): IndexedFile {
  const path = nameOfFile(uri);
  return { uri, path, lower: path.toLowerCase() };
}

/** What the search leaves out, and the explorer too. */
function excluded(): string {
  const patterns = ['files.exclude', 'search.exclude'].flatMap((setting) => {
    const value = vscode.workspace.getConfiguration().get<Readonly<Record<string, unknown>>>(setting) ?? {};
    return Object.entries(value).flatMap(([pattern, isOn]) => (isOn === true ? pattern : []));
  });
  return `{${['**/.git/**', ...new Set(patterns)].join(',')}}`;
}
