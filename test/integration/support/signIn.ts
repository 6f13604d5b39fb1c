import * as vscode from 'vscode';
import { commands } from '../../../src/shared/contributions.ts';

/** Signs in to a connection of the settings through the command, its boxes answered as a person would. */
export async function signIn(connection: string, key: string): Promise<void> {
  await withAnswers(connection, key, () => vscode.commands.executeCommand(commands.signIn));
}

/** Signs out of a connection through the command. */
export async function signOut(connection: string): Promise<void> {
  await withAnswers(connection, '', () => vscode.commands.executeCommand(commands.signOut));
}

/**
 * The tests share the `vscode` object of the extension, so its boxes can be answered without a screen. The real ones
 * are typed into by the end-to-end tests.
 */
async function withAnswers(label: string, key: string, act: () => Thenable<unknown>): Promise<void> {
  const { showQuickPick, createInputBox } = vscode.window;
  Object.assign(vscode.window, {
    showQuickPick: (items: readonly vscode.QuickPickItem[]) =>
      Promise.resolve(items.find((item) => item.label === label)),
    createInputBox: () => answeredBox(createInputBox(), key),
  });
  try {
    await act();
  } finally {
    Object.assign(vscode.window, { showQuickPick, createInputBox });
  }
}

/** A box that is accepted as soon as it is shown, and closed if what was typed is refused. */
function answeredBox(box: vscode.InputBox, key: string): vscode.InputBox {
  const accepted = new vscode.EventEmitter<void>();
  const hidden = new vscode.EventEmitter<void>();
  box.value = key;
  return new Proxy(box, {
    get(target, name) {
      if (name === 'onDidAccept') return accepted.event;
      if (name === 'onDidHide') return hidden.event;
      if (name === 'show') return () => accepted.fire();
      if (name === 'hide') return () => hidden.fire();
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set(target, name, value) {
      if (name === 'validationMessage' && value !== '') hidden.fire();
      return Reflect.set(target, name, value);
    },
  });
}
