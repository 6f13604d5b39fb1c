import * as vscode from 'vscode';
import { isObject } from '../../api/json.ts';
import { cleanName, plainText } from '../../chat/untrusted.ts';
import { shownName } from '../code/codeProblem.ts';
import { offer } from './sinks/offer.ts';

const key = 'unfinishedAnswers';
/** More were never written at once. */
const most = 20;

/** An answer that is being written. */
interface Unfinished {
  readonly name: string;
  /** Of its document. */
  readonly uri: string;
}

/** The documents that answers are being written into: what a window leaves half written, the next one tells. */
export class UnfinishedAnswers implements vscode.Disposable {
  readonly #state: vscode.Memento;
  readonly #writing = new Map<string, Unfinished>();
  #isDisposed = false;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  /** What is stopped from now on has not come to its end. */
  dispose(): void {
    this.#isDisposed = true;
  }

  /** The answer of a prompt, by its id, is written into a document, which may be another one later. */
  begin(id: string, name: string, uri: vscode.Uri): void {
    const before = this.#writing.get(id);
    if (before?.uri === uri.toString()) return;
    this.#writing.set(id, { name: cleanName(name, 80), uri: uri.toString() });
    this.#keep();
  }

  /** No more of it is written. */
  end(id: string): void {
    if (this.#writing.delete(id)) this.#keep();
  }

  /** Says which answers were not written to their end when the window, or the extension host, ended. Never rejects. */
  async tell(): Promise<void> {
    const left = parse(this.#state.get<unknown>(key));
    if (left.length === 0) return;
    this.#keep();
    // The file of one may be gone by now.
    await Promise.allSettled(left.map(tellLeft));
  }

  #keep(): void {
    if (this.#isDisposed) return;
    const all = [...this.#writing.values()];
    void this.#state.update(key, all.length > 0 ? all : undefined);
  }
}

async function tellLeft({ name, uri: address }: Unfinished): Promise<void> {
  const uri = vscode.Uri.parse(address, true);
  // One that no file holds is gone where VS Code did not open it again.
  if (uri.scheme === 'untitled' && !groupOf(uri)) return;
  const text = vscode.l10n.t(
    'VS Code closed or reloaded while the answer to “{0}” was written into {1}: it may not be whole. Nothing was sent again.',
    name,
    shownName(uri),
  );
  // Where it is, or VS Code would open it a second time in the group that has the focus.
  const run = () =>
    vscode.window.showTextDocument(uri, { viewColumn: groupOf(uri)?.viewColumn ?? vscode.ViewColumn.Active });
  await offer(plainText(text), [{ title: vscode.l10n.t('Show'), run }], 'warning');
}

/** The group of editors that has it in a tab. */
function groupOf(uri: vscode.Uri): vscode.TabGroup | undefined {
  const isOf = ({ input }: vscode.Tab) =>
    input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();
  return vscode.window.tabGroups.all.find(({ tabs }) => tabs.some(isOf));
}

function parse(kept: unknown): Unfinished[] {
  if (!Array.isArray(kept)) return [];
  return kept.slice(0, most).flatMap((entry) => {
    const { name, uri } = isObject(entry) ? entry : {};
    return typeof name === 'string' && typeof uri === 'string' ? [{ name, uri }] : [];
  });
}
