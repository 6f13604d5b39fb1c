import * as vscode from 'vscode';
import { createKeptAttachments, type KeptAttachments } from '../../chat/attachments/keptAttachments.ts';
import type { Drafts } from '../../chat/panel/drafts.ts';
import type { Log } from '../log.ts';
import { AttachmentTray } from './attachmentTray.ts';

/** What is attached to the drafts of this window, by the key of the draft. */
export class AttachmentTrays implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<AttachmentTray>();
  readonly #kept: KeptAttachments;
  readonly #log: Log;
  readonly #trays = new Map<string, AttachmentTray>();
  /** A tray has other attachments. */
  readonly onDidChange = this.#changed.event;

  constructor(drafts: Drafts, log: Log) {
    this.#kept = createKeptAttachments(drafts);
    this.#log = log;
  }

  dispose(): void {
    this.#changed.dispose();
  }

  of(draft: string): AttachmentTray {
    const known = this.#trays.get(draft);
    if (known) return known;
    const tray: AttachmentTray = new AttachmentTray(
      this.#kept,
      draft,
      () => this.#changed.fire(tray),
      (error) => this.#log.failure('Attachments not kept or read', error),
    );
    this.#trays.set(draft, tray);
    return tray;
  }
}
