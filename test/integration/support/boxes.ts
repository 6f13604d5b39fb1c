import * as vscode from 'vscode';

/** How a person answers one box: by an item's label or a text that is typed, or by closing it. */
export type BoxAnswer = string | RegExp | typeof escape;

/** Closes a box. */
export const escape = Symbol('escape');

/** What the boxes said while they were answered. */
export interface AnsweredBoxes {
  /** Titles in the order in which the boxes were shown. */
  readonly titles: readonly string[];
  /** What was wrong with what was typed; such a box is then closed. */
  readonly complaints: readonly string[];
}

/**
 * Runs `act` with the extension's boxes answered one after another as `answers` say; those that come after the last
 * answer are closed. A list is answered as soon as it has the item. Modal questions are answered with their first
 * button, lists with check boxes with the items that `checked` takes.
 */
export async function withBoxes(
  answers: readonly BoxAnswer[],
  act: () => Thenable<unknown>,
  checked: (label: string) => boolean = () => true,
): Promise<AnsweredBoxes> {
  const { createQuickPick, createInputBox, showQuickPick, showWarningMessage } = vscode.window;
  const left = [...answers];
  const titles: string[] = [];
  const complaints: string[] = [];
  const next = (title: string | undefined): BoxAnswer => {
    titles.push(title ?? '');
    return left.shift() ?? escape;
  };
  Object.assign(vscode.window, {
    createQuickPick: () => answeredPick(createQuickPick(), next),
    createInputBox: () => answeredBox(createInputBox(), next, complaints),
    showQuickPick: (
      items: readonly vscode.QuickPickItem[],
      { canPickMany, title }: vscode.QuickPickOptions,
    ) => {
      if (canPickMany) return Promise.resolve(items.filter(({ label }) => checked(label)));
      const answer = next(title);
      return Promise.resolve(items.find(({ label }) => fits(label, answer)));
    },
    showWarningMessage: (_message: string, options: unknown, ...buttons: string[]) =>
      Promise.resolve(typeof options === 'object' ? buttons[0] : undefined),
  });
  try {
    await act();
  } finally {
    Object.assign(vscode.window, { createQuickPick, createInputBox, showQuickPick, showWarningMessage });
  }
  return { titles, complaints };
}

/** Runs `act` and closes its list as soon as it has an item like `wanted`. Returns the labels that the list has then. */
export async function listWith(wanted: RegExp, act: () => Thenable<unknown>): Promise<string[]> {
  const { createQuickPick } = vscode.window;
  let labels: string[] = [];
  Object.assign(vscode.window, {
    createQuickPick: () =>
      watchedPick(createQuickPick(), (pick) => {
        labels = pick.items.map(({ label }) => label);
        return labels.some((label) => wanted.test(label));
      }),
  });
  try {
    await act();
  } finally {
    Object.assign(vscode.window, { createQuickPick });
  }
  return labels;
}

function watchedPick(
  pick: vscode.QuickPick<vscode.QuickPickItem>,
  isEnough: (pick: vscode.QuickPick<vscode.QuickPickItem>) => boolean,
): vscode.QuickPick<vscode.QuickPickItem> {
  const hidden = new vscode.EventEmitter<void>();
  return new Proxy(pick, {
    get(target, name) {
      if (name === 'onDidHide') return hidden.event;
      if (name === 'show') return () => undefined;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set(target, name, value) {
      const isSet = Reflect.set(target, name, value);
      if (name === 'items' && isEnough(target)) hidden.fire();
      return isSet;
    },
  });
}

function answeredPick(
  pick: vscode.QuickPick<vscode.QuickPickItem>,
  next: (title: string | undefined) => BoxAnswer,
): vscode.QuickPick<vscode.QuickPickItem> {
  const accepted = new vscode.EventEmitter<void>();
  const hidden = new vscode.EventEmitter<void>();
  let answer: BoxAnswer | undefined;
  let chosen: vscode.QuickPickItem | undefined;
  const tryAnswer = () => {
    if (answer === undefined || chosen) return;
    if (answer === escape) {
      hidden.fire();
      return;
    }
    chosen = pick.items.find(({ label }) => answer !== undefined && fits(label, answer));
    if (chosen) accepted.fire();
  };
  return new Proxy(pick, {
    get(target, name) {
      if (name === 'onDidAccept') return accepted.event;
      if (name === 'onDidHide') return hidden.event;
      if (name === 'selectedItems') return chosen ? [chosen] : [];
      if (name === 'hide') return () => hidden.fire();
      if (name === 'show') {
        return () => {
          answer = next(target.title);
          tryAnswer();
        };
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set(target, name, value) {
      const isSet = Reflect.set(target, name, value);
      if (name === 'items') tryAnswer();
      return isSet;
    },
  });
}

function answeredBox(
  box: vscode.InputBox,
  next: (title: string | undefined) => BoxAnswer,
  complaints: string[],
): vscode.InputBox {
  const accepted = new vscode.EventEmitter<void>();
  const hidden = new vscode.EventEmitter<void>();
  return new Proxy(box, {
    get(target, name) {
      if (name === 'onDidAccept') return accepted.event;
      if (name === 'onDidHide') return hidden.event;
      if (name === 'hide') return () => hidden.fire();
      if (name === 'show') {
        return () => {
          const answer = next(target.title);
          if (typeof answer !== 'string') return hidden.fire();
          target.value = answer;
          return accepted.fire();
        };
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set(target, name, value) {
      if (name === 'validationMessage' && typeof value === 'string' && value !== '') {
        complaints.push(value);
        hidden.fire();
      }
      return Reflect.set(target, name, value);
    },
  });
}

function fits(label: string, answer: BoxAnswer): boolean {
  if (answer === escape) return false;
  return typeof answer === 'string' ? label === answer : answer.test(label);
}
