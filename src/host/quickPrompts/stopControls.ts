import * as vscode from 'vscode';
import { cleanLabel, plainText } from '../../chat/untrusted.ts';
import { answerCommands, contexts } from '../../shared/contributions.ts';

/** A quick prompt that is being answered. */
export interface StoppableRun {
  readonly id: string;
  readonly name: string;
  readonly stop: () => void;
}

/** The controls of one run. */
export interface RunControls {
  /** Says in the notification how it stands. */
  tell(message: string): void;
  end(): void;
}

/** What stops quick prompts: an item in the status bar, a notification for each, a command and Escape. */
export class StopControls implements vscode.Disposable {
  /** The one that began last comes last. */
  readonly #runs = new Map<string, StoppableRun>();
  #item: vscode.StatusBarItem | undefined;

  constructor() {
    // An extension host that was killed leaves it set, and Escape would do nothing else.
    this.#show();
  }

  dispose(): void {
    for (const { stop } of this.#runs.values()) stop();
    this.#item?.dispose();
  }

  /** Shows that it runs, until its end. */
  begin(run: StoppableRun): RunControls {
    const { promise: over, resolve } = Promise.withResolvers<void>();
    let report: ((message: string) => void) | undefined;
    this.#runs.set(run.id, run);
    this.#show();
    void vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: plainText(run.name), cancellable: true },
      (progress, token) => {
        report = (message) => progress.report({ message });
        token.onCancellationRequested(run.stop);
        return over;
      },
    );
    return {
      tell: (message) => report?.(message),
      end: () => {
        resolve();
        this.#runs.delete(run.id);
        this.#show();
      },
    };
  }

  /** Stops a run, or without an id the one that began last; the argument of a command is untrusted. */
  stop(id?: unknown): void {
    const run = typeof id === 'string' ? this.#runs.get(id) : [...this.#runs.values()].at(-1);
    run?.stop();
  }

  #show(): void {
    const runs = [...this.#runs.values()];
    void vscode.commands.executeCommand('setContext', contexts.quickPromptRuns, runs.length > 0);
    const last = runs.at(-1);
    if (!last) {
      this.#item?.hide();
      return;
    }
    const item = (this.#item ??= this.#newItem());
    item.text = `$(loading~spin) ${cleanLabel(last.name, 40)}${runs.length > 1 ? ` (${runs.length})` : ''}`;
    item.tooltip = vscode.l10n.t('Stop “{0}”', last.name);
    item.accessibilityInformation = { label: item.tooltip, role: 'button' };
    item.show();
  }

  #newItem(): vscode.StatusBarItem {
    const item = vscode.window.createStatusBarItem('tachyon.quickPrompts', vscode.StatusBarAlignment.Left);
    item.name = vscode.l10n.t('Quick Prompts');
    item.command = answerCommands.stopQuickPrompt;
    return item;
  }
}
