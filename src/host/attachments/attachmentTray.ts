import * as vscode from 'vscode';
import type { Attachment, NewAttachment } from '../../chat/attachments/attachment.ts';
import type { KeptAttachments } from '../../chat/attachments/keptAttachments.ts';

/** Attachments of one draft: more are no help to a model. */
export const mostAttachments = 50;
/** Base64 characters of all bytes together. */
export const mostData = 56 * 1024 * 1024;

/** Attachments that are on their way with a prompt. */
export interface HeldAttachments {
  readonly attachments: readonly Attachment[];
  /** A room has the prompt. */
  taken(): void;
  /** The prompt stays in the composer. */
  release(): void;
}

/** What is attached to the draft of a conversation. */
export class AttachmentTray {
  readonly #kept: KeptAttachments;
  readonly #draft: string;
  readonly #onChange: () => void;
  readonly #onError: (error: unknown) => void;
  /** All, those on their way included. */
  #attachments: readonly Attachment[] = [];
  readonly #held = new Set<string>();
  /** What is on the disk is in {@link AttachmentTray.shown}; never rejects. */
  readonly loaded: Promise<void>;

  constructor(kept: KeptAttachments, draft: string, onChange: () => void, onError: (error: unknown) => void) {
    this.#kept = kept;
    this.#draft = draft;
    this.#onChange = onChange;
    this.#onError = onError;
    this.loaded = this.#load();
  }

  /** What goes out with the next prompt. */
  get shown(): readonly Attachment[] {
    return this.#attachments.filter(({ id }) => !this.#held.has(id));
  }

  /** Adds them, except for those that are there already. Returns why the rest was not added. */
  async add(added: readonly NewAttachment[]): Promise<string | undefined> {
    await this.loaded;
    const known = new Set(this.shown.map(keyOf));
    const more = added.filter((attachment) => !known.has(keyOf(attachment)));
    const room = more.slice(0, Math.max(0, mostAttachments - this.shown.length));
    const whole = room.map((attachment) => ({ ...attachment, id: crypto.randomUUID(), sendsSecrets: false }));
    const size = [...this.#attachments, ...whole].reduce((sum, each) => sum + dataOf(each), 0);
    if (size > mostData) return vscode.l10n.t('The attachments together are too large; nothing was added.');
    this.#change([...this.#attachments, ...whole]);
    return room.length < more.length
      ? vscode.l10n.t('A prompt takes at most {0} attachments.', mostAttachments)
      : undefined;
  }

  async remove(id: string): Promise<void> {
    await this.loaded;
    this.#change(this.#attachments.filter((attachment) => attachment.id !== id));
  }

  async sendSecrets(id: string, sendsSecrets: boolean): Promise<void> {
    await this.loaded;
    const changed = (each: Attachment) => (each.id === id ? { ...each, sendsSecrets } : each);
    this.#change(this.#attachments.map(changed));
  }

  /** What is shown goes to another tray, except for what was there `before`: the conversation has another name now. */
  async moveTo(other: AttachmentTray, before: ReadonlySet<string>): Promise<void> {
    const ids = this.shown.map(({ id }) => id).filter((id) => !before.has(id));
    await other.loaded;
    const moved = this.shown.filter(({ id }) => ids.includes(id));
    if (moved.length === 0) return;
    // With ids of their own: the bytes that are kept by the old ones are removed.
    const added = moved.map((attachment) => ({ ...attachment, id: crypto.randomUUID() }));
    other.#change([...other.#attachments, ...added]);
    this.#change(this.#attachments.filter((attachment) => !moved.includes(attachment)));
  }

  /** A prompt takes along what is shown. */
  hold(): HeldAttachments {
    const attachments = this.shown;
    const ids = attachments.map(({ id }) => id);
    const release = () => ids.filter((id) => this.#held.delete(id)).length > 0;
    for (const id of ids) this.#held.add(id);
    if (ids.length > 0) this.#onChange();
    return {
      attachments,
      taken: () => {
        if (release()) this.#change(this.#attachments.filter(({ id }) => !ids.includes(id)));
      },
      release: () => {
        if (release()) this.#onChange();
      },
    };
  }

  async #load(): Promise<void> {
    try {
      this.#attachments = await this.#kept.read(this.#draft);
    } catch (error) {
      this.#onError(error);
    }
    if (this.#attachments.length > 0) this.#onChange();
  }

  #change(attachments: readonly Attachment[]): void {
    const before = this.#attachments;
    this.#attachments = attachments;
    this.#kept.write(this.#draft, attachments, before).catch(this.#onError);
    this.#onChange();
  }
}

/** Equal for what is the same thing. */
export function keyOf(attachment: NewAttachment | Attachment): string {
  const { kind, name } = attachment;
  if (kind === 'file') return JSON.stringify([kind, attachment.uri]);
  if ('data' in attachment) return JSON.stringify([kind, name, attachment.data]);
  return JSON.stringify([kind, name, attachment.firstLine, attachment.text]);
}

function dataOf(attachment: Attachment): number {
  return 'data' in attachment ? attachment.data.length : 0;
}
