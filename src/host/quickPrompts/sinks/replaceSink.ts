import * as vscode from 'vscode';
import { systemClock } from '../../../chat/clock.ts';
import { type AnswerText, codeAnswer, isProse, proseAnswer } from '../../../chat/quickPrompts/answerText.ts';
import { CodeProblem, shownName } from '../../code/codeProblem.ts';
import type { ProposedChanges } from '../../code/proposedChanges.ts';
import { openTarget } from '../../code/targetDocument.ts';
import type { AnswerEnding, AnswerPlace, AnswerSink, PlacedAnswer } from '../answerSink.ts';
import type { Offer } from './offer.ts';
import { doubtProblem } from './streamSink.ts';

/** The diff is computed anew with each update. */
const updateMs = 250;

/** What an answer replaces, and what stands around it; line ends are `\n`. */
export interface Replaced {
  readonly uri: vscode.Uri;
  readonly head: string;
  readonly old: string;
  readonly tail: string;
  readonly read: () => AnswerText;
  /** Whether the person waits for the answer where they asked. */
  readonly isAwaited: () => boolean;
}

/** An answer that is to take the place of the selection: shown as a diff that grows, and accepted or rejected as a whole. */
export class ReplaceSink implements AnswerSink {
  readonly #replaced: Replaced;
  readonly #changes: ProposedChanges;
  readonly #next: Offer;
  readonly #onClosed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  #reader: AnswerText;
  #text = '';
  readonly #id = crypto.randomUUID();
  /** Whether the diff could be opened. */
  #opening: Promise<boolean> | undefined;
  #isClosed = false;
  #cancelUpdate: (() => void) | undefined;

  constructor(replaced: Replaced, changes: ProposedChanges, next: Offer) {
    this.#replaced = replaced;
    this.#changes = changes;
    this.#next = next;
    this.#reader = replaced.read();
    this.#subscription = changes.onDidClose((id) => {
      if (id !== this.#id) return;
      this.#isClosed = true;
      this.#onClosed.fire();
    });
  }

  dispose(): void {
    this.#cancelUpdate?.();
    this.#subscription.dispose();
    this.#onClosed.dispose();
  }

  get onClosed(): vscode.Event<void> {
    return this.#onClosed.event;
  }

  push(text: string): void {
    this.#add(this.#reader.push(text));
  }

  replace(text: string): void {
    this.#reader = this.#replaced.read();
    this.#text = '';
    this.push(text);
  }

  async end(ending: AnswerEnding): Promise<PlacedAnswer> {
    const { rest, doubt } = this.#reader.end(ending === 'answered');
    this.#add(rest);
    const problem = doubtProblem(doubt);
    const isOpen = await this.#opening;
    this.#cancelUpdate?.();
    if (isOpen === false) {
      return { isEmpty: true, problem: vscode.l10n.t('The answer could not be written to its place.') };
    }
    if (isOpen === undefined || this.#isClosed) {
      return { isEmpty: true, ...(problem !== undefined && { problem }) };
    }
    const { uri, old } = this.#replaced;
    if (this.#text === '' || this.#text === old) {
      await this.#changes.finish(this.#id, undefined);
      if (this.#text === '') return { isEmpty: true };
      return { isEmpty: false, problem: vscode.l10n.t('{0} has this code already.', shownName(uri)) };
    }
    // It may be a sentence that says why there is no code.
    const unfenced = vscode.l10n.t(
      'The answer has no block of code: all of it takes the place of the selection.',
    );
    const told = doubt === 'noBlock' ? unfenced : problem;
    const remark = ending === 'answered' ? told : vscode.l10n.t('The answer is not whole.');
    await this.#changes.finish(this.#id, this.#whole(), remark);
    return { isEmpty: false };
  }

  #add(text: string): void {
    if (text === '' || this.#isClosed) return;
    this.#text += text;
    this.#opening ??= this.#open();
    this.#cancelUpdate ??= systemClock.after(updateMs, () => {
      this.#cancelUpdate = undefined;
      this.#changes.grow(this.#id, this.#whole());
    });
  }

  async #open(): Promise<boolean> {
    const { uri, head, old, tail, isAwaited } = this.#replaced;
    const propose = (original: string) => {
      const text = this.#in(original);
      return text === undefined ? undefined : { text };
    };
    const wanted = { uri, isNew: false, propose, more: this.#next };
    try {
      await this.#changes.begin(this.#id, wanted, head + old + tail, this.#whole(), isAwaited());
      return true;
    } catch {
      return false;
    }
  }

  #whole(): string {
    const { head, tail } = this.#replaced;
    return head + this.#text + tail;
  }

  /** In a text that was changed meanwhile: only where what is replaced stands there once. */
  #in(text: string): string | undefined {
    const { head, old, tail } = this.#replaced;
    if (text === head + old + tail) return this.#whole();
    const at = text.indexOf(old);
    if (at < 0 || text.includes(old, at + 1)) return undefined;
    return text.slice(0, at) + this.#text + text.slice(at + old.length);
  }
}

/** What the answer takes the place of: the selection, without its blanks at both ends. Throws a {@link CodeProblem}. */
export async function replacedBy({ selected, isInPanel = () => false }: AnswerPlace): Promise<Replaced> {
  const nothing = vscode.l10n.t('Select what the answer is to replace, then ask again.');
  if (!selected?.selections.some(({ isEmpty }) => !isEmpty)) throw new CodeProblem(nothing);
  const document = await openTarget(selected.editor.document.uri);
  if (selected.isChanged) {
    throw new CodeProblem(
      vscode.l10n.t('What was selected is changed by now; select what is meant and ask again.'),
    );
  }
  const { selections } = selected;
  const selection = selections.find(({ isEmpty }) => !isEmpty);
  const replaced = document.getText(selection);
  if (!selection || replaced.trim() === '') throw new CodeProblem(nothing);
  if (selections.length > 1) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The answer replaces the first of the selections.'),
    );
  }
  const text = document.getText();
  const { version } = document;
  const begin = document.offsetAt(selection.start);
  const start = begin + replaced.length - replaced.trimStart().length;
  const end = begin + replaced.trimEnd().length;
  const { line, character } = document.positionAt(start);
  const before = document.lineAt(line).text.slice(0, character);
  const [head, old, tail] = [text.slice(0, start), text.slice(start, end), text.slice(end)].map((part) =>
    part.replaceAll('\r\n', '\n'),
  );
  return {
    uri: document.uri,
    head: head ?? '',
    old: old ?? '',
    tail: tail ?? '',
    read: () => (isProse(document.languageId) ? proseAnswer() : codeAnswer(before, '')),
    isAwaited: () =>
      vscode.window.activeTextEditor?.document === document && document.version === version && !isInPanel(),
  };
}
