import * as vscode from 'vscode';
import { isObject } from '../../api/json.ts';
import { withPlainPaths } from '../../chat/attachments/diffPaths.ts';

/** What is used of the API that VS Code's own git extension exports. */
export interface GitRepository {
  readonly rootUri: vscode.Uri;
  /** The box of the commit message. */
  readonly inputBox: { value: string };
  readonly ui: { readonly selected: boolean };
  /** The paths among these that git ignores. */
  checkIgnore(paths: string[]): Promise<Set<string>>;
  /** Reads the state anew. */
  status(): Promise<void>;
  readonly state: {
    readonly workingTreeChanges: readonly GitChange[];
    /** Where the settings keep new files apart from the others. */
    readonly untrackedChanges?: readonly GitChange[];
  };
  /** As `git diff`, of what is staged or of what is not. */
  diff(cached?: boolean): Promise<string>;
  /** The newest commits first; rejects in a repository without any. */
  log(options: { readonly maxEntries: number }): Promise<readonly GitCommit[]>;
}

interface GitCommit {
  readonly message: string;
  /** Several: a merge. */
  readonly parents?: readonly string[];
}

interface GitChange {
  readonly uri: vscode.Uri;
  /** 7: git does not know the file yet. */
  readonly status: number;
}

interface GitApi {
  readonly state: 'uninitialized' | 'initialized';
  readonly onDidChangeState: vscode.Event<unknown>;
  readonly repositories: readonly GitRepository[];
  getRepository(uri: vscode.Uri): GitRepository | null;
}

/** How long git may take to look at the workspace after VS Code's start, in milliseconds. */
const longestStart = 5000;

/** The repositories of this window; none where git, or VS Code's git extension, is missing or switched off. */
export async function gitRepositories(): Promise<readonly GitRepository[]> {
  return (await gitApi())?.repositories ?? [];
}

/** The repository with this root, or that a file lies in. */
export async function gitRepository(uri: vscode.Uri): Promise<GitRepository | undefined> {
  return (await gitApi())?.getRepository(uri) ?? undefined;
}

/**
 * The files among these that git ignores, as `toString()` gives them. Where there is no git nothing is ignored. Rejects if
 * git does not answer: one file behind a link to a folder is enough.
 */
export async function ignoredFiles(uris: readonly vscode.Uri[]): Promise<ReadonlySet<string>> {
  const api = await gitApi();
  const byRoot = new Map<string, { readonly repository: GitRepository; readonly own: vscode.Uri[] }>();
  for (const uri of uris) {
    const repository = uri.scheme === 'file' ? api?.getRepository(uri) : undefined;
    if (!repository) continue;
    // Each call makes another object.
    const known = byRoot.get(repository.rootUri.path);
    if (known) known.own.push(uri);
    else byRoot.set(repository.rootUri.path, { repository, own: [uri] });
  }
  const ignored = new Set<string>();
  for (const { repository, own } of byRoot.values()) {
    const paths = await repository.checkIgnore(own.map(({ fsPath }) => fsPath));
    for (const uri of own) if (paths.has(uri.fsPath)) ignored.add(uri.toString());
  }
  return ignored;
}

/** What is staged of a repository, or what is not, as a diff with readable names. */
export async function diffOf(repository: Pick<GitRepository, 'diff'>, isStaged: boolean): Promise<string> {
  return withPlainPaths(await repository.diff(isStaged));
}

async function gitApi(): Promise<GitApi | undefined> {
  const extension = vscode.extensions.getExtension<unknown>('vscode.git');
  if (!extension) return undefined;
  const exported = extension.isActive ? extension.exports : await extension.activate();
  // It throws while git is switched off.
  if (!isGitExtension(exported) || !exported.enabled) return undefined;
  const api = exported.getAPI(1);
  if (api.state !== 'initialized') await initialized(api);
  return api;
}

function initialized(api: GitApi): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      subscription.dispose();
      resolve();
    };
    const timer = setTimeout(done, longestStart);
    const subscription = api.onDidChangeState(done);
  });
}

function isGitExtension(value: unknown): value is { readonly enabled: boolean; getAPI(version: 1): GitApi } {
  return isObject(value) && typeof value['enabled'] === 'boolean' && typeof value['getAPI'] === 'function';
}
