import * as vscode from 'vscode';
import { minimalEdits } from '../../chat/code/minimalEdits.ts';
import { changeScheme, commands, contexts } from '../../shared/contributions.ts';
import { CodeProblem, shownName } from './codeProblem.ts';
import { openTarget, plainLines } from './targetDocument.ts';
import { exists } from './workspacePath.ts';

/** What a file becomes, `\n` as line ends, and what the person should know of how that was found. */
export interface Proposal {
  readonly text: string;
  readonly remark?: string;
}

/** A change that is to be shown and may be accepted. */
export interface WantedChange {
  readonly uri: vscode.Uri;
  /** The file is made when the change is accepted. */
  readonly isNew: boolean;
  /** Finds the change anew in another text of the file; undefined: that is not clear. */
  readonly propose: (original: string) => Proposal | undefined;
  /** What the person can do beside accepting and rejecting it. */
  readonly more?: { readonly title: string; readonly run: () => unknown };
}

interface ShownChange extends WantedChange, Proposal {
  readonly id: string;
  /** The text of the file that the proposal is for. */
  readonly original: string;
  /** More of it comes. */
  readonly isGrowing?: boolean;
}

/** The changes that are shown as a diff and neither accepted nor rejected. Nothing is changed before. */
export class ProposedChanges implements vscode.Disposable {
  readonly #shown = new Map<string, ShownChange>();
  /** Their ids, until all is done. */
  readonly #accepting = new Set<string>();
  readonly #onDidChange = new vscode.EventEmitter<vscode.Uri>();
  readonly #onDidClose = new vscode.EventEmitter<string>();
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor() {
    this.#subscriptions = [
      this.#onDidChange,
      this.#onDidClose,
      vscode.workspace.registerTextDocumentContentProvider(changeScheme, {
        onDidChange: this.#onDidChange.event,
        provideTextDocumentContent: ({ path }) => {
          const [, id = '', side] = path.split('/');
          const change = this.#shown.get(id);
          return side === 'before' ? '' : change?.text;
        },
      }),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        // One that moves to another group is closed in the first.
        const left = new Set(changeTabs().map(idOf));
        for (const id of closed.map(idOf)) if (id !== undefined && !left.has(id)) this.#forget(id);
      }),
    ];
    // An extension host that was killed leaves it set.
    this.#tellContext();
    // VS Code opens them again after a reload, and what they showed is gone.
    void vscode.window.tabGroups.close(changeTabs());
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Shows what a change makes of its file, beside what that holds now, saved or not. */
  async show(wanted: WantedChange): Promise<void> {
    const original = await textOf(wanted);
    const proposal = wanted.propose(original);
    if (!proposal) throw new CodeProblem(unclear(wanted.uri));
    if (proposal.text === original) {
      throw new CodeProblem(vscode.l10n.t('{0} has this code already.', shownName(wanted.uri)));
    }
    // A second click means the same diff.
    const id = this.#same(wanted.uri, original, proposal.text)?.id ?? crypto.randomUUID();
    await this.#open({ ...wanted, ...proposal, original, id });
    this.#askFirst({ ...wanted, id }, proposal.remark);
  }

  /** Ids of changes whose diff is no longer shown. */
  get onDidClose(): vscode.Event<string> {
    return this.#onDidClose.event;
  }

  /**
   * Shows a change that is to {@link grow}, and cannot be accepted before {@link finish}: in front, or beside what the
   * person works on.
   */
  begin(id: string, wanted: WantedChange, original: string, text: string, isInFront: boolean): Promise<void> {
    return this.#open({ ...wanted, original, text, id, isGrowing: true }, isInFront);
  }

  /** Shows what the change makes of its file by now; does nothing for one that is no longer shown. */
  grow(id: string, text: string): void {
    const change = this.#shown.get(id);
    if (!change) return;
    this.#shown.set(id, { ...change, text });
    this.#onDidChange.fire(addressOf(change, 'after'));
  }

  /** No more of it comes, and the person decides. `text` missing: there is no change. */
  async finish(id: string, text: string | undefined, remark?: string): Promise<void> {
    const change = this.#shown.get(id);
    if (text === undefined) await this.#close(id);
    if (!change || text === undefined) return;
    this.grow(id, text);
    this.#shown.set(id, { ...change, text, isGrowing: false });
    this.#askFirst(change, remark);
  }

  /** Makes the change whose diff is shown; the argument of a command is untrusted. */
  async accept(argument: unknown): Promise<void> {
    const change = this.#find(argument);
    if (!change) return;
    if (change.isGrowing === true) {
      throw new CodeProblem(
        vscode.l10n.t(
          'The answer is still coming: accept the change when it is whole, or stop the answer first.',
        ),
      );
    }
    this.#accepting.add(change.id);
    try {
      await this.#accept(change);
    } finally {
      this.#accepting.delete(change.id);
    }
  }

  /** Closes the diff; nothing was changed. */
  async reject(argument: unknown): Promise<void> {
    const change = this.#find(argument);
    if (change) await this.#close(change.id);
  }

  async #accept(change: ShownChange): Promise<void> {
    const name = shownName(change.uri);
    const isNew = change.isNew && !(await exists(change.uri));
    let original = isNew ? '' : await textOf({ ...change, isNew });
    if (!isNew && original === change.original) {
      // In an editor first: a document that none shows is closed again, and the change with it.
      const { document } = await vscode.window.showTextDocument(change.uri, { preview: false });
      original = plainLines(document);
    }
    if (original !== change.original || isNew !== change.isNew) {
      const proposal = change.propose(original);
      if (!proposal) throw new CodeProblem(unclear(change.uri));
      await this.#open({ ...change, ...proposal, isNew, original });
      const said = vscode.l10n.t('{0} was changed meanwhile. This is the change to what it is now.', name);
      void this.#ask(change.id, [said, proposal.remark]);
      return;
    }
    const applied = isNew ? await create(change) : await replace(change);
    if (!applied) throw new CodeProblem(vscode.l10n.t('{0} could not be changed.', name));
    await this.#close(change.id);
    await vscode.window.showTextDocument(change.uri, { preview: false });
  }

  async #open(change: ShownChange, isInFront = true): Promise<void> {
    this.#shown.set(change.id, change);
    this.#tellContext();
    const after = addressOf(change, 'after');
    this.#onDidChange.fire(after);
    const before = change.isNew ? addressOf(change, 'before') : change.uri;
    const title = vscode.l10n.t('{0}: proposed change', shownName(change.uri));
    const beside = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    const options = { preview: false, ...(!isInFront && beside) };
    await vscode.commands.executeCommand('vscode.diff', before, after, title, options);
  }

  #askFirst({ id, uri, isNew, more }: WantedChange & { readonly id: string }, remark?: string): void {
    const name = shownName(uri);
    const sentence = isNew
      ? vscode.l10n.t('{0} is made when you accept this.', name)
      : vscode.l10n.t('{0} is changed when you accept this.', name);
    void this.#ask(id, [sentence, remark], more);
  }

  async #ask(
    id: string,
    sentences: readonly (string | undefined)[],
    more?: WantedChange['more'],
  ): Promise<void> {
    const accept = vscode.l10n.t('Accept');
    const reject = vscode.l10n.t('Reject');
    const text = sentences.filter((sentence) => sentence !== undefined).join(' ');
    const others = more ? [more.title] : [];
    const answer = await vscode.window.showInformationMessage(text, accept, reject, ...others);
    if (more && answer === more.title) {
      await more.run();
      return;
    }
    const command = answer === accept ? commands.acceptChange : commands.rejectChange;
    // It may be decided by then: a notification stays.
    const change = this.#shown.get(id);
    if (!change && answer === accept) void vscode.window.showInformationMessage(noLongerShown());
    if (answer === undefined || !change) return;
    await vscode.commands.executeCommand(
      command,
      vscode.Uri.from({ scheme: changeScheme, path: `/${id}/after` }),
    );
  }

  #find(argument: unknown): ShownChange | undefined {
    const isNamed = argument instanceof vscode.Uri && argument.scheme === changeScheme;
    const id = isNamed ? argument.path.split('/')[1] : this.#inSight();
    // A second click means the same change.
    return this.#accepting.has(id ?? '') ? undefined : this.#shown.get(id ?? '');
  }

  /** The change that the person is at, else the only one. Throws a {@link CodeProblem} where several may be meant. */
  #inSight(): string | undefined {
    const active = idOf(vscode.window.tabGroups.activeTabGroup.activeTab);
    if (active !== undefined || this.#shown.size === 0) return active;
    if (this.#shown.size === 1) return [...this.#shown.keys()][0];
    throw new CodeProblem(vscode.l10n.t('Several changes are shown; go to the one that you mean.'));
  }

  #same(uri: vscode.Uri, original: string, text: string): ShownChange | undefined {
    const address = uri.toString();
    return [...this.#shown.values()].find(
      (change) =>
        change.isGrowing !== true &&
        change.uri.toString() === address &&
        change.original === original &&
        change.text === text,
    );
  }

  #forget(id: string): void {
    if (!this.#shown.delete(id)) return;
    this.#tellContext();
    this.#onDidClose.fire(id);
  }

  #tellContext(): void {
    void vscode.commands.executeCommand('setContext', contexts.showsChange, this.#shown.size > 0);
  }

  async #close(id: string): Promise<void> {
    this.#forget(id);
    await vscode.window.tabGroups.close(changeTabs().filter((tab) => idOf(tab) === id));
  }
}

/** Of one side of a diff. */
function addressOf({ id, uri }: ShownChange, side: 'before' | 'after'): vscode.Uri {
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  return vscode.Uri.from({ scheme: changeScheme, path: `/${id}/${side}/${name}` });
}

function changeTabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter((tab) => idOf(tab) !== undefined);
}

function idOf(tab: vscode.Tab | undefined): string | undefined {
  const input = tab?.input;
  if (!(input instanceof vscode.TabInputTextDiff) || input.modified.scheme !== changeScheme) return undefined;
  return input.modified.path.split('/')[1];
}

function unclear(uri: vscode.Uri): string {
  return vscode.l10n.t(
    'It is not clear where this code belongs in {0}. Nothing was changed.',
    shownName(uri),
  );
}

function noLongerShown(): string {
  return vscode.l10n.t('This change is no longer shown, and nothing was changed now.');
}

async function textOf({ uri, isNew }: Pick<WantedChange, 'uri' | 'isNew'>): Promise<string> {
  return isNew ? '' : plainLines(await openTarget(uri));
}

/** One step of undo; VS Code keeps the document's line ends, its byte order mark, and what is not saved. */
async function replace({ uri, original, text }: ShownChange): Promise<boolean> {
  const edit = new vscode.WorkspaceEdit();
  for (const { start, end, text: changed } of minimalEdits(original, text)) {
    edit.replace(uri, new vscode.Range(start.line, start.character, end.line, end.character), changed);
  }
  return vscode.workspace.applyEdit(edit);
}

async function create({ uri, text }: ShownChange): Promise<boolean> {
  const eol = vscode.workspace.getConfiguration('files', uri).get<unknown>('eol');
  const contents = new TextEncoder().encode(eol === '\r\n' ? text.replaceAll('\n', '\r\n') : text);
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(uri, { contents, overwrite: false, ignoreIfExists: false });
  return vscode.workspace.applyEdit(edit);
}
