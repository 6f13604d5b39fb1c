import { readFile } from 'node:fs/promises';
import type { Uri } from 'vscode';
import { untranslated } from '../../../src/chat/l10n.ts';

type Listener = (value: unknown) => void;

/** As VS Code's: after `dispose` nobody hears anything, and nobody can begin to. */
class EventEmitter {
  readonly #listeners = new Set<Listener>();
  #isDisposed = false;
  readonly event = (listener: Listener) => {
    if (!this.#isDisposed) this.#listeners.add(listener);
    return new Disposable(() => this.#listeners.delete(listener));
  };

  fire(value: unknown): void {
    for (const listener of this.#listeners) listener(value);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#listeners.clear();
  }
}

class Disposable {
  readonly #dispose: () => unknown;

  constructor(dispose: () => unknown) {
    this.#dispose = dispose;
  }

  dispose(): void {
    this.#dispose();
  }
}

class ThemeIcon {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

class TabInputText {
  readonly uri: Uri;

  constructor(uri: Uri) {
    this.uri = uri;
  }
}

class RelativePattern {
  readonly base: unknown;
  readonly pattern: string;

  constructor(base: unknown, pattern: string) {
    this.base = base;
    this.pattern = pattern;
  }
}

class DocumentLink {
  readonly range: unknown;

  constructor(range: unknown) {
    this.range = range;
  }
}

/** A kind of code actions, such as `refactor`, which contains `refactor.rewrite`. */
class CodeActionKind {
  static readonly QuickFix = new CodeActionKind('quickfix');
  static readonly Refactor = new CodeActionKind('refactor');
  static readonly RefactorRewrite = new CodeActionKind('refactor.rewrite');
  readonly value: string;

  constructor(value: string) {
    this.value = value;
  }

  contains({ value }: CodeActionKind): boolean {
    return `${value}.`.startsWith(`${this.value}.`);
  }
}

class CodeAction {
  readonly title: string;
  readonly kind: CodeActionKind;

  constructor(title: string, kind: CodeActionKind) {
    this.title = title;
    this.kind = kind;
  }
}

/** A prompt as the Chat view's history has it. */
class ChatRequestTurn {
  readonly prompt: string;
  readonly command: string | undefined;

  constructor(prompt: string, command?: string) {
    this.prompt = prompt;
    this.command = command;
  }
}

/** An answer as the Chat view's history has it. */
class ChatResponseTurn {
  readonly response: readonly unknown[];
  readonly result: object;

  constructor(response: readonly unknown[], result: object) {
    this.response = response;
    this.result = result;
  }
}

class ChatResponseMarkdownPart {
  readonly value: { readonly value: string };

  constructor(value: string) {
    this.value = { value };
  }
}

/** The commands that were carried out, with their arguments. */
export const executed: (readonly unknown[])[] = [];

/** The settings, by their full names. */
export const configuration = new Map<string, unknown>();

const never = () => new Disposable(() => undefined);

/** Other extensions, by their ids. */
export const extensions = new Map<string, unknown>();

/**
 * The folder that is open; undefined: none. `others`: those of a workspace of several folders. `files`: what a search finds.
 * `documents`: what editors show.
 */
export const workspace: {
  folder: string | undefined;
  others: readonly string[];
  files: readonly Uri[];
  documents: readonly { readonly uri: Uri; readonly isDirty?: boolean }[];
} = { folder: undefined, others: [], files: [], documents: [] };

interface ContentProvider {
  provideTextDocumentContent(uri: { readonly path: string }): string;
}

/** The read-only documents that are shown in editors. */
class ShownDocuments {
  #provider: ContentProvider | undefined;
  readonly #texts: string[] = [];
  #waiting: ((text: string) => void) | undefined;

  register(provider: ContentProvider) {
    this.#provider = provider;
    return new Disposable(() => undefined);
  }

  show(uri: { readonly path: string }): void {
    const text = this.#provider?.provideTextDocumentContent(uri) ?? '';
    if (this.#waiting) this.#waiting(text);
    else this.#texts.push(text);
    this.#waiting = undefined;
  }

  /** The text of the next one, shown already or not. */
  next(): Promise<string> {
    const text = this.#texts.shift();
    if (text !== undefined) return Promise.resolve(text);
    return new Promise((resolve) => (this.#waiting = resolve));
  }
}

/** What editors show. */
export const opened = new ShownDocuments();

interface FolderUri {
  readonly scheme: string;
  readonly path: string;
  readonly fsPath: string;
  readonly with: (change: { readonly path: string }) => FolderUri;
}

function folderUri(path: string): FolderUri {
  return { scheme: 'file', path, fsPath: path, with: (change) => folderUri(change.path) };
}

function folders() {
  const paths = workspace.folder === undefined ? [] : [workspace.folder, ...workspace.others];
  return paths.map((path) => ({ uri: folderUri(path), name: path.split('/').at(-1) }));
}

function folderOf({ path }: { readonly path: string }) {
  return folders().find(({ uri }) => `${path}/`.startsWith(uri.path === '/' ? '/' : `${uri.path}/`));
}

/** So much of `vscode` as the panel needs beside files. */
export const parts = {
  EventEmitter,
  Disposable,
  ThemeIcon,
  TabInputText,
  RelativePattern,
  DocumentLink,
  CodeActionKind,
  CodeAction,
  CodeActionTriggerKind: { Invoke: 1, Automatic: 2 },
  ChatRequestTurn,
  ChatResponseTurn,
  ChatResponseMarkdownPart,
  ProgressLocation: { Notification: 15 },
  StatusBarAlignment: { Left: 1 },
  ViewColumn: { Active: -1, Beside: -2 },
  QuickPickItemKind: { Separator: -1 },
  l10n: untranslated,
  env: { language: 'en' },
  lm: { selectChatModels: async () => [] },
  commands: {
    getCommands: async () => [],
    executeCommand: async (...command: unknown[]) => void executed.push(command),
  },
  window: {
    onDidChangeWindowState: never,
    tabGroups: { all: [] },
    showInformationMessage: async () => undefined,
    visibleTextEditors: [],
    showTextDocument: async (uri: { readonly path: string }) => opened.show(uri),
  },
  workspace: {
    getConfiguration: () => ({ get: (name: string) => configuration.get(name) }),
    onDidChangeConfiguration: never,
    onDidSaveTextDocument: never,
    onDidDeleteFiles: never,
    onDidRenameFiles: never,
    registerTextDocumentContentProvider: (_scheme: string, provider: ContentProvider) =>
      opened.register(provider),
    getWorkspaceFolder: folderOf,
    get workspaceFolders() {
      return workspace.folder === undefined ? undefined : folders();
    },
    asRelativePath: ({ path }: { readonly path: string }) => path.slice((workspace.folder ?? '').length + 1),
    get textDocuments() {
      return workspace.documents;
    },
    findFiles: async () => workspace.files,
    createFileSystemWatcher: () => ({
      onDidCreate: never,
      onDidChange: never,
      onDidDelete: never,
      dispose: () => undefined,
    }),
    openTextDocument: async ({ path }: { readonly path: string }) => {
      const text = await readFile(path, 'utf8');
      return { languageId: 'plaintext', getText: () => text };
    },
  },
  languages: { getDiagnostics: () => [] },
  extensions: { getExtension: (id: string) => extensions.get(id) },
};
