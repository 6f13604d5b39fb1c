import * as vscode from 'vscode';
import { decodeText } from '../../chat/decodeText.ts';
import { consentNeeds, nameOfPrompt, parsePromptFile } from '../../chat/quickPrompts/promptFile.ts';
import type { QuickPrompt } from '../../chat/quickPrompts/quickPrompt.ts';
import { cleanName } from '../../chat/untrusted.ts';
import { leadsOut } from '../attachments/workspacePlace.ts';
import type { Platform } from '../platform.ts';
import { isAllowed } from './promptConsent.ts';
import type { PromptProblem } from './promptPicker.ts';

/** Where prompt files lie in a folder of the workspace. */
const folderOfFiles = ['.github', 'prompts'] as const;
const ending = '.prompt.md';
/** Of one file, in bytes. */
const largest = 512 * 1024;
/** Files of one folder that are read. */
const mostFiles = 200;

/** The prompt files of the workspace's folders, and what is wrong with others. */
interface FoundFiles {
  readonly prompts: readonly QuickPrompt[];
  readonly problems: readonly PromptProblem[];
}

interface FoundFile {
  readonly uri: vscode.Uri;
  /** As the person knows it. */
  readonly path: string;
}

/** What prompt files are read with. */
interface PromptFileServices {
  readonly attachments: { readonly platform: Platform };
  readonly workspaceState: vscode.Memento;
}

/** The prompts in `.github/prompts` of a trusted workspace. They are read whenever they are asked for. */
export class PromptFiles {
  readonly #services: PromptFileServices;

  constructor(services: PromptFileServices) {
    this.#services = services;
  }

  /** Never rejects. */
  async list(): Promise<FoundFiles> {
    if (!vscode.workspace.isTrusted) return { prompts: [], problems: [] };
    const files = await Promise.all((vscode.workspace.workspaceFolders ?? []).map(filesOf));
    const listed = files.flatMap((found) => found.slice(0, mostFiles));
    const left = files.flatMap((found) => found.slice(mostFiles, mostFiles + 1));
    const read = [...(await Promise.all(listed.map((file) => this.#read(file)))), ...left.map(tooMany)];
    return {
      prompts: read.flatMap((found) => ('prompt' in found ? found.prompt : [])),
      problems: read.flatMap((found) => ('problem' in found ? found.problem : [])),
    };
  }

  /** Tells when a prompt file came, went or changed, until it is disposed. */
  watch(): vscode.Disposable & { readonly onDidChange: vscode.Event<void> } {
    const changed = new vscode.EventEmitter<void>();
    const watchers = (vscode.workspace.workspaceFolders ?? []).map((folder) => {
      const pattern = new vscode.RelativePattern(folder, `${folderOfFiles.join('/')}/*${ending}`);
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete])
        event(() => changed.fire());
      return watcher;
    });
    const dispose = () => {
      for (const each of [...watchers, changed]) each.dispose();
    };
    return { onDidChange: changed.event, dispose };
  }

  /** Whether a prompt of a file may be asked: the person says so once for a prompt that wants more than others. */
  async mayRun(prompt: QuickPrompt): Promise<boolean> {
    const { readsClipboard, model } = consentNeeds(prompt, vscode.l10n) ?? {};
    const wants = [
      ...(readsClipboard ? [vscode.l10n.t('It sends the text of your clipboard.')] : []),
      ...(model === undefined
        ? []
        : [vscode.l10n.t('It goes to the model “{0}”, whatever you have chosen.', cleanName(model, 200))]),
    ];
    return isAllowed(prompt, wants, this.#services.workspaceState);
  }

  async #read({ uri, path }: FoundFile): Promise<ReadFile> {
    const problem = (text: string, line = 1): ReadFile => ({
      problem: {
        text,
        name: nameOfPrompt(path),
        where: vscode.l10n.t('Open File'),
        show: () => showLine(uri, line),
      },
    });
    const name = cleanName(path, 200);
    try {
      if (await leadsOut(uri, this.#services.attachments.platform))
        return problem(vscode.l10n.t('{0} is a link that leads out of the workspace; it is not used.', name));
      const { size } = await vscode.workspace.fs.stat(uri);
      if (size > largest) return problem(vscode.l10n.t('{0} is too large for a prompt file.', name));
      const text = decodeText(await vscode.workspace.fs.readFile(uri));
      if (text === undefined)
        return problem(vscode.l10n.t('{0} is no text in UTF-8; save it with that encoding.', name));
      // A reader of YAML takes some milliseconds to load, and this is its only use.
      const { readFrontMatter } = await import('../../chat/quickPrompts/frontMatter.ts');
      const parsed = parsePromptFile({ uri: uri.toString(), path, text }, readFrontMatter, vscode.l10n);
      if ('problem' in parsed) return problem(parsed.problem, parsed.line);
      return { prompt: parsed };
    } catch {
      return problem(vscode.l10n.t('{0} cannot be read.', name));
    }
  }
}

type ReadFile = { readonly prompt: QuickPrompt } | { readonly problem: PromptProblem };

function tooMany({ uri, path }: FoundFile): ReadFile {
  const text = vscode.l10n.t(
    'Of the prompt files of a folder, {0} are listed; {1} and what follows are not.',
    mostFiles,
    cleanName(path, 200),
  );
  return { problem: { text, where: vscode.l10n.t('Open File'), show: () => showLine(uri, 1) } };
}

function showLine(uri: vscode.Uri, line: number): Thenable<unknown> {
  const selection = new vscode.Range(line - 1, 0, line - 1, 0);
  return vscode.window.showTextDocument(uri, { selection });
}

/** What tells a folder from others of its name. */
function placeOf({ uri: { path }, name }: vscode.WorkspaceFolder): string {
  const all = vscode.workspace.workspaceFolders ?? [];
  return all.filter((other) => other.name === name).length > 1 ? `${path.split('/').at(-2) ?? ''}/` : '';
}

async function filesOf(folder: vscode.WorkspaceFolder): Promise<FoundFile[]> {
  const parent = vscode.Uri.joinPath(folder.uri, ...folderOfFiles);
  try {
    const entries = await vscode.workspace.fs.readDirectory(parent);
    return (
      entries
        // Reading a pipe or a device may never end.
        .flatMap(([name, type]) => (name.endsWith(ending) && type & vscode.FileType.File ? name : []))
        .toSorted()
        .map((name) => {
          const uri = vscode.Uri.joinPath(parent, name);
          return { uri, path: `${placeOf(folder)}${vscode.workspace.asRelativePath(uri)}` };
        })
    );
  } catch {
    // No such folder.
    return [];
  }
}
