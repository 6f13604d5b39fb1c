import type * as vscode from 'vscode';

/**
 * VS Code's `globalState`, without its losses: when a write has come through, VS Code puts all values back to what that
 * write had, whatever was updated meanwhile (seen in 1.139). So one write goes out at a time, and `get` tells what waits.
 */
export function createGlobalState(state: vscode.Memento): vscode.Memento {
  const waiting = new Map<string, unknown>();
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  const writeWaiting = async (): Promise<void> => {
    next = undefined;
    const values = [...waiting];
    try {
      await Promise.all(values.map(([key, value]) => state.update(key, value)));
    } finally {
      for (const [key, value] of values) if (waiting.get(key) === value) waiting.delete(key);
    }
  };
  const get = (key: string, otherwise?: unknown): unknown => {
    if (!waiting.has(key)) return state.get(key, otherwise);
    const value = waiting.get(key);
    return value === undefined ? otherwise : value;
  };
  return {
    keys: () => [...new Set([...state.keys(), ...waiting.keys()])].filter((key) => get(key) !== undefined),
    get,
    update(key, value) {
      waiting.set(key, value);
      return (next ??= last = last.then(writeWaiting, writeWaiting));
    },
  };
}
