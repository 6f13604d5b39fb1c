import * as vscode from 'vscode';
import { systemClock } from '../../chat/clock.ts';
import type { Clock } from '../../chat/deltaBatcher.ts';
import { cleanLabel, plainText } from '../../chat/untrusted.ts';
import { answerCommands, contexts } from '../../shared/contributions.ts';
import type { RunningTurns } from '../participant/runningTurns.ts';

/** A quick prompt, from the moment it is asked until its answer is in its place. */
interface NamedRun {
  readonly id: string;
  readonly name: string;
}

interface StoppableRun extends NamedRun {
  readonly stop: () => void;
}

/** Asks a person something; `token` closes what it is asked with. */
export type Asking = <T>(question: (token?: vscode.CancellationToken) => Thenable<T>) => Promise<T>;

/** The controls of one run. */
export interface RunControls {
  /** Aborted when it is stopped. */
  readonly signal: AbortSignal;
  readonly stop: () => void;
  /** Says in the notification how it stands. */
  readonly tell: (message: string) => void;
  /** While the person is asked something, it does not run. Rejects with an `AbortError` if it was stopped before. */
  readonly asking: Asking;
  /** A second time does nothing. */
  readonly end: () => void;
}

/** What is over sooner, in milliseconds, gets no notification: it would only flicker. */
const shortestShown = 300;

/** What stops quick prompts: an item in the status bar, a notification for each, commands and Escape. */
export class StopControls implements vscode.Disposable {
  /** The one that began last comes last. */
  readonly #runs = new Map<string, StoppableRun>();
  readonly #running: RunningTurns;
  readonly #clock: Clock;
  #item: vscode.StatusBarItem | undefined;

  constructor(running: RunningTurns, clock: Clock = systemClock) {
    this.#running = running;
    this.#clock = clock;
    // An extension host that was killed leaves it set, and Escape would do nothing else.
    this.#show();
  }

  dispose(): void {
    for (const { stop } of this.#runs.values()) stop();
    this.#item?.dispose();
  }

  /** Shows that it runs, until its end. */
  begin(named: NamedRun): RunControls {
    const controller = new AbortController();
    const { signal } = controller;
    const run = { ...named, stop: () => controller.abort() };
    let shown: Pick<RunControls, 'tell' | 'end'> | undefined = this.#add(run);
    const end = () => {
      shown?.end();
      shown = undefined;
    };
    return {
      signal,
      stop: run.stop,
      tell: (message) => shown?.tell(message),
      asking: async (question) => {
        signal.throwIfAborted();
        end();
        try {
          return await question();
        } finally {
          shown = this.#add(run);
        }
      },
      end,
    };
  }

  /** Stops a run, or without an id the one that began last; the argument of a command is untrusted. */
  stop(id?: unknown): void {
    const run = typeof id === 'string' ? this.#runs.get(id) : [...this.#runs.values()].at(-1);
    run?.stop();
  }

  #add(run: StoppableRun): Pick<RunControls, 'tell' | 'end'> {
    const { promise: over, resolve } = Promise.withResolvers<void>();
    let said = '';
    let report: ((message: string) => void) | undefined;
    this.#runs.set(run.id, run);
    this.#running.add(run.id, run.stop);
    this.#show();
    const title = plainText(run.name);
    const cancel = this.#clock.after(shortestShown, () => {
      void vscode.window.withProgress(
        { location: vscode.ProgressLocation.Notification, title, cancellable: true },
        (progress, token) => {
          report = (message) => progress.report({ message });
          if (said !== '') report(said);
          token.onCancellationRequested(run.stop);
          return over;
        },
      );
    });
    return {
      tell: (message) => {
        said = message;
        report?.(message);
      },
      end: () => {
        cancel();
        resolve();
        this.#runs.delete(run.id);
        // The panel may stop it by now.
        this.#running.remove(run.id, run.stop);
        this.#show();
      },
    };
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
