import * as vscode from 'vscode';
import { plainText } from '../../chat/untrusted.ts';

/** The person wants the step before. */
export const back = Symbol('back');

/** What a step gave; undefined: the person closed it. */
export type StepResult<T> = T | typeof back | undefined;

interface Step {
  readonly title: string;
  readonly placeholder?: string;
  /** Offers the way back; default false. */
  readonly hasBack?: boolean;
}

/** A list to pick from. */
export interface PickStep<T extends vscode.QuickPickItem> extends Step {
  readonly items: readonly T[];
  /** The item that is focused at first. */
  readonly active?: T | undefined;
  /** Whether picking an item ends the step; without it, every item does. */
  readonly isFinal?: (item: T) => boolean;
  /** For what changes while the list is shown; what it returns ends with the list. */
  readonly attach?: (pick: vscode.QuickPick<T>) => vscode.Disposable;
}

/** Shows a list. It stays open when the window loses the focus. */
export function showPick<T extends vscode.QuickPickItem>(step: PickStep<T>): Promise<StepResult<T>> {
  const pick = vscode.window.createQuickPick<T>();
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = step.items;
  if (step.active) pick.activeItems = [step.active];
  return showStep(pick, step, (finish) => {
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (item && step.isFinal?.(item) !== false) finish(item);
    });
    return step.attach?.(pick);
  });
}

/** A text to type. */
export interface InputStep<T> extends Step {
  readonly prompt?: string;
  readonly value?: string;
  readonly password?: boolean;
  /** What is wrong with what was typed; undefined if nothing is. */
  readonly problem?: (text: string) => string | undefined;
  /** Takes what was typed. */
  readonly accept: (text: string) => T | Promise<T>;
  /** Words what `accept` threw; may be inert markdown. */
  readonly describe?: (error: unknown) => string;
}

/** Asks for a text until it is taken. The box stays open meanwhile, and keeps what was typed. */
export function showInput<T>(step: InputStep<T>): Promise<StepResult<T>> {
  const box = vscode.window.createInputBox();
  box.prompt = step.prompt;
  box.password = step.password === true;
  // Tests answer a box by what it holds when it is shown.
  if (step.value !== undefined) box.value = step.value;
  return showStep(box, step, (finish) => {
    const complain = (text: string) => {
      box.validationMessage = step.problem?.(text) ?? '';
    };
    box.onDidChangeValue((text) => {
      // Nobody has typed everything at the first letter: an empty box is only refused when it is accepted.
      if (text.trim() === '') box.validationMessage = '';
      else complain(text);
    });
    box.onDidAccept(async () => {
      const problem = step.problem?.(box.value);
      if (problem !== undefined) {
        box.validationMessage = problem;
        return;
      }
      box.busy = true;
      box.enabled = false;
      try {
        finish(await step.accept(box.value));
      } catch (error) {
        box.validationMessage = plainText(step.describe?.(error) ?? unexpected());
      } finally {
        box.busy = false;
        box.enabled = true;
      }
    });
    return undefined;
  });
}

function showStep<T>(
  input: vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox,
  { title, placeholder, hasBack }: Step,
  attach: (finish: (result: StepResult<T>) => void) => vscode.Disposable | undefined,
): Promise<StepResult<T>> {
  input.title = title;
  if (placeholder !== undefined) input.placeholder = placeholder;
  input.ignoreFocusOut = true;
  if (hasBack) input.buttons = [vscode.QuickInputButtons.Back];
  return new Promise((resolve) => {
    const finish = (result: StepResult<T>) => {
      resolve(result);
      input.hide();
    };
    const attached = attach(finish);
    input.onDidTriggerButton((button) => {
      if (button === vscode.QuickInputButtons.Back) finish(back);
    });
    input.onDidHide(() => {
      resolve(undefined);
      attached?.dispose();
      input.dispose();
    });
    input.show();
  });
}

function unexpected(): string {
  return vscode.l10n.t('That did not work; the log says more.');
}
