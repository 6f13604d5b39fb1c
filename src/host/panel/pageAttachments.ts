import * as vscode from 'vscode';
import { type Attachment, isMedia, type NewAttachment } from '../../chat/attachments/attachment.ts';
import { pause, systemClock } from '../../chat/clock.ts';
import { keepLatest } from '../../chat/keepLatest.ts';
import { maskSecrets } from '../../chat/attachments/maskSecrets.ts';
import type { FromWebview, ToWebview } from '../../shared/panelMessages.ts';
import type { AttachmentTray, HeldAttachments } from '../attachments/attachmentTray.ts';
import { attachmentsOf, type OfferedSource } from '../attachments/attachmentSources.ts';
import { contextOf } from '../attachments/contextOf.ts';
import { pickAttachment } from '../attachments/pickAttachment.ts';
import { dataAttachment, fileAttachments } from '../attachments/sources/files.ts';
import type { Conversation } from './conversation.ts';
import { isOfType } from './isOfType.ts';
import { knownTarget } from './modelPicks.ts';
import type { PanelServices } from './panelServices.ts';
import { outgoingNow } from './promptAttachments.ts';

const requests = [
  'attach',
  'pickAttachment',
  'attachUris',
  'attachData',
  'detach',
  'openAttachment',
  'sendSecrets',
] as const;

/** What a page asks about attachments. */
type AttachmentRequest =
  | Extract<FromWebview, { readonly type: (typeof requests)[number] }>
  | (Extract<FromWebview, { readonly type: 'complete' }> & { readonly query: `#${string}` });

/** Whether it is for {@link PageAttachments}. */
export function isAboutAttachments(message: FromWebview): message is AttachmentRequest {
  return message.type === 'complete' ? message.query.startsWith('#') : isOfType(message, requests);
}

/** The page that they belong to. */
interface AttachmentPage {
  conversation(): Conversation;
  post(message: ToWebview): void;
  notice(text: string): void;
}

/** Attachments that a prompt takes along. */
export interface AttachmentHold {
  /** Resolves when all of them are read. */
  readonly held: Promise<HeldAttachments>;
  /** The prompt does not go out. */
  release(): void;
}

/** Completions whose ids are known: those of the last lists. */
const mostOffered = 400;

/** In milliseconds. In a browser VS Code asks the person before it reads the clipboard, where a terminal's text comes from. */
const longestReading = 30_000;

/** What is attached to the conversation that a page shows, and what could be. */
export class PageAttachments implements vscode.Disposable {
  readonly #page: AttachmentPage;
  readonly #panel: PanelServices;
  readonly #subscriptions: readonly vscode.Disposable[];
  /** By the id that the page was given: whatever else it asks for is not attached. */
  readonly #offered = new Map<string, OfferedSource>();
  #adding = Promise.resolve();
  #completing = 0;
  #telling = 0;
  /** Tokens that are left for what is typed, as it was told last; less than none while something is cut. */
  #free = Infinity;
  /** What the page was told of last, under which name that was kept, and what was attached there at first. */
  #told:
    | { readonly conversation: Conversation; readonly draftKey: string; readonly before: ReadonlySet<string> }
    | undefined;

  constructor(page: AttachmentPage, panel: PanelServices) {
    this.#page = page;
    this.#panel = panel;
    const filesChanged = () => {
      if (this.#tray.shown.some(({ kind }) => kind === 'file')) void this.tell();
    };
    this.#subscriptions = [
      panel.attachments.trays.onDidChange((tray) => {
        if (tray === this.#tray) void this.tell();
      }),
      vscode.workspace.onDidSaveTextDocument(filesChanged),
      vscode.workspace.onDidDeleteFiles(filesChanged),
      vscode.workspace.onDidRenameFiles(filesChanged),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** What people attached until now is read; never rejects. */
  get added(): Promise<void> {
    return this.#adding;
  }

  /** A prompt takes along what was attached to a conversation before it; what comes later is for the next one. */
  hold(conversation: Conversation): AttachmentHold {
    const tray = this.#trayOf(conversation);
    let isHeld = false;
    const held = Promise.all([this.#adding, tray.loaded]).then(() => {
      isHeld = true;
      return tray.hold();
    });
    this.#adding = held.then(() => undefined);
    return {
      held,
      release: () => {
        // What it waits for may never come, and is attached if it does.
        if (!isHeld) this.#adding = Promise.resolve();
        void held.then((late) => late.release());
      },
    };
  }

  get #tray(): AttachmentTray {
    return this.#trayOf(this.#page.conversation());
  }

  #trayOf({ draftKey }: Conversation): AttachmentTray {
    return this.#panel.attachments.trays.of(draftKey);
  }

  /** Tells the page what is attached, and what the next request takes. Never rejects. */
  async tell(): Promise<void> {
    const telling = ++this.#telling;
    const conversation = this.#page.conversation();
    const tray = this.#trayOf(conversation);
    await tray.loaded;
    if (conversation === this.#page.conversation()) this.follow();
    const attachments = tray.shown;
    const target = await knownTarget(conversation, this.#panel);
    const prompt = await this.#panel.drafts.read(conversation.draftKey).catch(() => '');
    const { out, rules, tokens } = await outgoingNow(
      attachments,
      { conversation, target, prompt },
      this.#panel,
    );
    if (telling !== this.#telling) return;
    const isCut = out.texts.some(({ linesLeftOut }) => linesLeftOut > 0);
    this.#free = isCut ? -1 : (rules.limit ?? Infinity) - tokens - out.tokens;
    // What is typed is counted by the page.
    this.#page.post({ type: 'context', context: contextOf(attachments, out, tokens, rules.limit) });
  }

  /** What is typed takes its place from the attachments: the page is told anew if that may cut them. Never rejects. */
  async typed(text: string): Promise<void> {
    if (text.length > this.#free && this.#tray.shown.length > 0) await this.tell();
  }

  /** What was attached while the first prompt made the room belongs to the room; what was there before is of no prompt. */
  follow(): void {
    const conversation = this.#page.conversation();
    const { draftKey } = conversation;
    const told = this.#told;
    if (told?.conversation === conversation && told.draftKey === draftKey) return;
    const tray = this.#tray;
    this.#told = { conversation, draftKey, before: new Set(tray.shown.map(({ id }) => id)) };
    if (told?.conversation !== conversation) return;
    void this.#panel.attachments.trays.of(told.draftKey).moveTo(tray, told.before);
  }

  async handle(message: AttachmentRequest): Promise<void> {
    const { platform, sources } = this.#panel.attachments;
    // The page may show another one when all is read.
    const conversation = this.#page.conversation();
    switch (message.type) {
      case 'complete':
        return this.#complete(message.query);
      case 'attach':
        return this.#addInTurn(conversation, this.#made(this.#offered.get(message.id)));
      case 'pickAttachment':
        return this.#addInTurn(conversation, this.#made(await pickAttachment(sources, platform)));
      case 'attachUris':
        return this.#addInTurn(conversation, this.#dropped(message.uris));
      case 'attachData':
        return this.#addInTurn(conversation, Promise.resolve([dataAttachment(message)]));
      case 'detach':
        return this.#tray.remove(message.attachment);
      case 'sendSecrets':
        return this.#tray.sendSecrets(message.attachment, message.isSent);
      case 'openAttachment': {
        const found = this.#tray.shown.find(({ id }) => id === message.attachment);
        if (found) await this.#open(found);
      }
    }
  }

  /** At once with what is at hand; again when the files are listed, and with symbols. The latest query counts. */
  async #complete(query: string): Promise<void> {
    const completing = ++this.#completing;
    const { sources } = this.#panel.attachments;
    const answer = (found: readonly OfferedSource[]) => {
      if (completing !== this.#completing) return;
      this.#page.post({ type: 'completions', query, items: found.map((source) => this.#offer(source)) });
    };
    const { isPrepared } = sources;
    answer(sources.find(query));
    const prepared = sources.prepare().catch((error: unknown) => {
      this.#panel.log.failure('Files not listed', error);
    });
    if (!isPrepared) {
      await prepared;
      answer(sources.find(query));
    }
    if (completing !== this.#completing) return;
    const symbols = await sources.findSymbols(query);
    if (symbols.length > 0) answer([...sources.find(query), ...symbols]);
  }

  #offer(source: OfferedSource) {
    const { kind, label, details, place } = source;
    // The same in the next list, so that the row that a key went to stays.
    const id = JSON.stringify([kind, label, details, place]);
    this.#offered.delete(id);
    this.#offered.set(id, source);
    keepLatest(this.#offered, mostOffered);
    return { id, kind, label, details };
  }

  async #made(
    source: Pick<OfferedSource, 'label' | 'make'> | undefined,
  ): Promise<readonly (NewAttachment | string)[]> {
    return source ? attachmentsOf(source, this.#panel.log) : [];
  }

  /** In the order in which people attach, however long each takes to be read. */
  async #addInTurn(
    conversation: Conversation,
    making: Promise<readonly (NewAttachment | string)[]>,
  ): Promise<void> {
    const before = this.#adding;
    const done = Promise.withResolvers<void>();
    this.#adding = done.promise;
    try {
      const made = await inTime(making);
      await before;
      await this.#add(conversation, made);
    } finally {
      done.resolve();
    }
  }

  async #add(conversation: Conversation, made: readonly (NewAttachment | string)[]): Promise<void> {
    const refused = made.filter((each) => typeof each === 'string');
    const added = made.filter((each) => typeof each !== 'string');
    const problem = added.length === 0 ? undefined : await this.#trayOf(conversation).add(added);
    const told = [...refused, ...(problem === undefined ? [] : [problem])];
    if (told.length > 0) this.#page.notice(told.slice(0, 5).join(' '));
  }

  async #dropped(texts: readonly string[]): Promise<readonly (NewAttachment | string)[]> {
    const uris: vscode.Uri[] = [];
    const refused: string[] = [];
    for (const text of texts) {
      try {
        uris.push(vscode.Uri.parse(text, true));
      } catch {
        refused.push(vscode.l10n.t('What was dropped is no file.'));
      }
    }
    return [...refused, ...(await fileAttachments(uris, false, this.#panel.attachments.platform))];
  }

  async #open(attachment: Attachment): Promise<void> {
    if (attachment.kind === 'file') {
      await vscode.window.showTextDocument(vscode.Uri.parse(attachment.uri, true), { preview: true });
    } else if (!isMedia(attachment)) {
      const name = attachment.name.slice(attachment.name.lastIndexOf('/') + 1);
      await this.#panel.attachments.documents.show(name, maskSecrets(attachment.text));
    } else if (attachment.uri === undefined) {
      this.#page.notice(vscode.l10n.t('What was pasted is in no file, so there is nothing to open.'));
    } else {
      await vscode.commands.executeCommand('vscode.open', vscode.Uri.parse(attachment.uri, true));
    }
  }
}

/** What is never read must not keep prompts from going out. */
async function inTime<Made>(making: Promise<readonly Made[]>): Promise<readonly (Made | string)[]> {
  const read = new AbortController();
  const late = pause(systemClock, longestReading, read.signal).then(
    () => [vscode.l10n.t('What you attached could not be read within {0} seconds.', longestReading / 1000)],
    () => [],
  );
  try {
    return await Promise.race([making, late]);
  } finally {
    read.abort();
  }
}
