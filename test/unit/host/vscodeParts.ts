import { untranslated } from '../../../src/chat/l10n.ts';

type Listener = (value: unknown) => void;

/** As VS Code's: after `dispose` nobody hears anything, and nobody can begin to. */
class EventEmitter {
  readonly #listeners = new Set<Listener>();
  #isDisposed = false;
  readonly event = (listener: Listener) => {
    if (!this.#isDisposed) this.#listeners.add(listener);
    return new Disposable(() => this.#listeners.delete(listener));
  };

  fire(value: unknown): void {
    for (const listener of this.#listeners) listener(value);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#listeners.clear();
  }
}

class Disposable {
  readonly #dispose: () => unknown;

  constructor(dispose: () => unknown) {
    this.#dispose = dispose;
  }

  dispose(): void {
    this.#dispose();
  }
}

class ThemeIcon {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

/** The settings, by their full names. */
export const configuration = new Map<string, unknown>();

const never = () => new Disposable(() => undefined);

/** So much of `vscode` as the panel needs beside files. */
export const parts = {
  EventEmitter,
  Disposable,
  ThemeIcon,
  l10n: untranslated,
  env: { language: 'en' },
  commands: { getCommands: async () => [] },
  window: { onDidChangeWindowState: never },
  workspace: {
    getConfiguration: () => ({ get: (name: string) => configuration.get(name) }),
    onDidChangeConfiguration: never,
  },
};
