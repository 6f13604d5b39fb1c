import * as vscode from 'vscode';
import { audioFile } from '../../chat/audioFile.ts';
import type { FileStore } from '../../chat/journal.ts';
import type { Log } from '../log.ts';

const folder = 'audio';

/** Spoken answers, for the buttons that save them: a button can carry only a name. */
export class AudioStore {
  readonly #files: FileStore;
  readonly #log: Log;

  constructor(files: FileStore, log: Log) {
    this.#files = files;
    this.#log = log;
  }

  /** Stores the audio of a turn. Returns the name to save it by; undefined if it could not be stored. */
  async keep(turn: string, format: string, base64: string): Promise<string | undefined> {
    try {
      const { extension, bytes } = audioFile(format, base64);
      const name = `${turn}.${extension}`;
      await this.#files.writeNew(`${folder}/${name}`, bytes);
      return name;
    } catch (error) {
      this.#log.failure('Audio not stored', error);
      return undefined;
    }
  }

  /** Asks where to save it. `name` comes from a command's argument and is untrusted. */
  async save(name: unknown): Promise<void> {
    const extension =
      typeof name === 'string' ? /^[0-9a-f-]{36}\.([a-z0-9]{2,5})$/.exec(name)?.[1] : undefined;
    if (extension === undefined) return;
    const bytes = await this.#files.read(`${folder}/${String(name)}`);
    if (!bytes) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t('This spoken answer is no longer on this machine.'),
      );
      return;
    }
    const target = await vscode.window.showSaveDialog({
      title: vscode.l10n.t('Save Audio'),
      filters: { [vscode.l10n.t('Audio')]: [extension] },
    });
    if (target) await vscode.workspace.fs.writeFile(target, bytes);
  }
}
