import type * as vscode from 'vscode';
import type { Drafts } from '../../chat/panel/drafts.ts';
import type { Log } from '../log.ts';
import type { Platform } from '../platform.ts';
import { TextDocuments } from '../textDocuments.ts';
import { AttachmentSources } from './attachmentSources.ts';
import { AttachmentTrays } from './attachmentTrays.ts';

/** What the panel needs to attach things. */
export class Attachments implements vscode.Disposable {
  readonly platform: Platform;
  readonly trays: AttachmentTrays;
  readonly sources: AttachmentSources;
  readonly documents = new TextDocuments();

  constructor(drafts: Drafts, platform: Platform, log: Log) {
    this.platform = platform;
    this.trays = new AttachmentTrays(drafts, log);
    this.sources = new AttachmentSources(platform);
  }

  dispose(): void {
    for (const each of [this.trays, this.sources, this.documents]) each.dispose();
  }
}
