import * as vscode from 'vscode';
import type { NewAttachment } from '../../chat/attachments/attachment.ts';
import { rankPaths } from '../../chat/attachments/rankPaths.ts';
import { cleanName } from '../../chat/untrusted.ts';
import type { Completion } from '../../shared/panelMessages.ts';
import type { Log } from '../log.ts';
import type { Platform } from '../platform.ts';
import { FileIndex, type IndexedFile } from './fileIndex.ts';
import { changesAttachments, hasRepository } from './sources/changes.ts';
import { editorInSight, hasSelection, selectionAttachment } from './sources/editors.ts';
import { fileAttachment, fileAttachments } from './sources/files.ts';
import { countProblems, problemsAttachment, type ProblemScope } from './sources/problems.ts';
import { findSymbols, type FoundSymbol, symbolAttachment } from './sources/symbols.ts';
import { hasTerminal, terminalAttachment } from './sources/terminal.ts';
import { nameOfFile, openFiles } from './workspacePlace.ts';
import { unreadableText } from './unreadText.ts';

/** Something that can be attached, as it is offered. */
export interface OfferedSource extends Pick<Completion, 'kind' | 'label' | 'details'> {
  /** Tells it from what looks the same. */
  readonly place?: string;
  /** Makes the attachments; a sentence where that cannot be. */
  readonly make: () => Promise<readonly (NewAttachment | string)[]>;
}

/** The attachments of a source, or a sentence where it fails. Never rejects. */
export async function attachmentsOf(
  { make, label }: Pick<OfferedSource, 'make' | 'label'>,
  log: Pick<Log, 'failure'>,
): Promise<readonly (NewAttachment | string)[]> {
  try {
    return await make();
  } catch (error) {
    log.failure('Nothing attached', error);
    return [unreadableText(label)];
  }
}

const mostFiles = 30;
const mostSymbols = 20;
const mostEditors = 20;
/** Letters from which on symbols are looked for. */
const fewestLetters = 2;

/** Everything that can be attached from this window. */
export class AttachmentSources implements vscode.Disposable {
  readonly #platform: Platform;
  readonly #files: FileIndex;
  /** Whether there is a repository, as it was seen last. */
  #hasRepository = false;

  constructor(platform: Platform) {
    this.#platform = platform;
    this.#files = new FileIndex(platform);
  }

  dispose(): void {
    this.#files.dispose();
  }

  /** The files of the workspace are listed, and git was asked. Rejects with what listing rejects with. */
  async prepare(): Promise<void> {
    const [isRepository] = await Promise.all([hasRepository(), this.#files.load()]);
    this.#hasRepository = isRepository;
  }

  /** The files of the workspace that git does not ignore. Rejects with what listing rejects with. */
  files(): Promise<readonly IndexedFile[]> {
    return this.#files.load();
  }

  /** Whether {@link find} knows the files of the workspace as they are. */
  get isPrepared(): boolean {
    return this.#files.isCurrent;
  }

  /** What fits a query that begins with `#`, as far as it is at hand: fixed sources, then files. */
  find(query: string): OfferedSource[] {
    const wanted = query.slice(1);
    const fixed = this.#fixed().filter(({ label }) => label.slice(1).startsWith(wanted.toLowerCase()));
    const open = openFiles();
    const recent = new Set(open.map((uri) => uri.toString()));
    const known = this.#files.known ?? open.map(toIndexed);
    const files = rankPaths(wanted, known, ({ uri }) => recent.has(uri.toString()), mostFiles);
    return [...fixed, ...files.map((file) => this.#file(file))];
  }

  /** The symbols that fit it; they come from other extensions and may take long. Never rejects. */
  async findSymbols(query: string): Promise<OfferedSource[]> {
    const wanted = query.slice(1);
    if (wanted.length < fewestLetters) return [];
    return (await findSymbols(wanted, mostSymbols)).map((symbol) => this.#symbol(symbol));
  }

  #fixed(): OfferedSource[] {
    const editor = editorInSight();
    const scopes: readonly (readonly [ProblemScope, string])[] = [
      ['selection', vscode.l10n.t('of the selection')],
      ['file', vscode.l10n.t('of {0}', editor ? nameOfFile(editor.document.uri) : '')],
      ['workspace', vscode.l10n.t('of the workspace')],
    ];
    const problems = scopes
      .filter(([scope]) => scope !== 'selection' || hasSelection())
      .flatMap(([scope, details]): OfferedSource[] => {
        const make = async () => [problemsAttachment(scope) ?? vscode.l10n.t('There are no problems.')];
        return countProblems(scope) === 0 ? [] : [{ kind: 'problems', label: '#problems', details, make }];
      });
    const open = openFiles();
    return [
      ...(hasSelection() && editor
        ? [
            offered('selection', '#selection', nameOfFile(editor.document.uri), () =>
              selectionAttachment(this.#platform),
            ),
          ]
        : []),
      ...(open.length > 0
        ? [
            {
              kind: 'editors' as const,
              label: '#editors',
              details: vscode.l10n.t('Open editors'),
              make: () => this.#editors(),
            },
          ]
        : []),
      ...problems,
      ...(this.#hasRepository
        ? [
            {
              kind: 'changes' as const,
              label: '#changes',
              details: vscode.l10n.t('Uncommitted changes'),
              make: changesAttachments,
            },
          ]
        : []),
      ...(hasTerminal()
        ? [offered('terminal', '#terminal', vscode.l10n.t('Selection in the terminal'), terminalAttachment)]
        : []),
    ];
  }

  async #editors(): Promise<readonly (NewAttachment | string)[]> {
    return fileAttachments(openFiles().slice(0, mostEditors), false, this.#platform);
  }

  #symbol(symbol: FoundSymbol): OfferedSource {
    const place = `${nameOfFile(symbol.uri)}:${symbol.range.start.line + 1}`;
    const source = offered('symbol', cleanName(symbol.name, 120), place, () =>
      symbolAttachment(symbol, this.#platform),
    );
    return { ...source, place: `${symbol.uri.toString()}#${symbol.range.start.line}` };
  }

  #file({ uri, path }: IndexedFile): OfferedSource {
    const at = path.lastIndexOf('/');
    const source = offered(
      'file',
      cleanName(path.slice(at + 1), 120),
      cleanName(path.slice(0, Math.max(0, at)), 200),
      () => fileAttachment(uri, false, this.#platform),
    );
    return { ...source, place: uri.toString() };
  }
}

function offered(
  kind: Completion['kind'],
  label: string,
  details: string,
  make: () => Promise<NewAttachment | string>,
): OfferedSource {
  return { kind, label, details: cleanName(details, 200), make: async () => [await make()] };
}

function toIndexed(uri: vscode.Uri): IndexedFile {
  const path = nameOfFile(uri);
  return { uri, path, lower: path.toLowerCase() };
}
