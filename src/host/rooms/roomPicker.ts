import * as vscode from 'vscode';
import { groupRooms, type OwnWorkspace, type RoomChoice, roomLabel } from '../../chat/roomChoices.ts';
import { cleanLabel } from '../../chat/untrusted.ts';
import { isAbort } from '../../chat/turnOutcome.ts';
import { renameRoom, removeRoom } from './roomChanges.ts';
import { ownWorkspace, roomDetails } from './roomDetails.ts';
import type { RoomServices } from './roomServices.ts';
import { type ListedRooms, RoomListing, searchRooms } from './roomListing.ts';
import { type RoomSource, roomSources } from './roomSources.ts';
import { errorText } from './tellError.ts';

/** Where a room can be opened. */
export type RoomDoor = 'panel' | 'chatView';

/** What a person picked: a room, or all of them. */
export type PickedRooms =
  | {
      readonly choice: RoomChoice;
      readonly source: RoomSource;
      /** It was picked by the button for another door than the list's own. */
      readonly isOtherDoor?: boolean;
    }
  | 'all';

/** What a list of rooms is for. */
export interface RoomPickOptions {
  readonly title: string;
  /** All rooms at once can be picked too. */
  readonly offersAll: boolean;
  /** Each row has a button that opens its room there. */
  readonly otherDoor?: RoomDoor;
}

interface RoomItem extends vscode.QuickPickItem {
  readonly choice?: RoomChoice;
  readonly action?: 'all' | 'more';
}

/** Milliseconds without a key before the servers are searched. */
const searchDelay = 250;

/**
 * Lets a person pick a chatroom of any connection: this workspace's first, more of them page by page, found by name or by
 * what was written in them, with buttons to rename and delete. Undefined: nothing was picked.
 */
export async function pickRooms(
  services: RoomServices,
  options: RoomPickOptions,
): Promise<PickedRooms | undefined> {
  const sources = await roomSources(services);
  const own = await ownWorkspace(sources, services.workspaceState);
  const picker = new RoomPicker(sources, own, services, options);
  try {
    return await picker.run();
  } finally {
    picker.dispose();
  }
}

class RoomPicker implements vscode.Disposable {
  readonly #pick = vscode.window.createQuickPick<RoomItem>();
  readonly #sources: readonly RoomSource[];
  readonly #own: OwnWorkspace;
  readonly #services: RoomServices;
  readonly #options: RoomPickOptions;
  readonly #listing: RoomListing;
  #searching = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isBehind = false;

  constructor(
    sources: readonly RoomSource[],
    own: OwnWorkspace,
    services: RoomServices,
    options: RoomPickOptions,
  ) {
    this.#sources = sources;
    this.#listing = new RoomListing(sources);
    this.#own = own;
    this.#services = services;
    this.#options = options;
    this.#pick.title = options.title;
    this.#pick.placeholder = vscode.l10n.t('Search chatrooms by name or by what was written in them');
    this.#pick.matchOnDescription = true;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#searching.abort();
    this.#pick.dispose();
  }

  run(): Promise<PickedRooms | undefined> {
    const { promise, resolve } = Promise.withResolvers<PickedRooms | undefined>();
    this.#pick.onDidAccept(() => {
      const [item] = this.#pick.selectedItems;
      if (item?.action === 'more') void this.#loadMore();
      else if (item?.action === 'all') resolve('all');
      else if (item?.choice) resolve(this.#picked(item.choice, false));
    });
    this.#pick.onDidHide(() => {
      // A question of ours stands in front of the list, which comes back.
      if (!this.#isBehind) resolve(undefined);
    });
    this.#pick.onDidChangeValue((value) => this.#searchSoon(value.trim()));
    this.#pick.onDidTriggerItemButton(({ item, button }) => {
      if (button !== renameButton && button !== removeButton && item.choice)
        resolve(this.#picked(item.choice, true));
      else void this.#change(item, button);
    });
    this.#pick.show();
    void this.#loadMore();
    return promise;
  }

  #picked(choice: RoomChoice, isOtherDoor: boolean): PickedRooms | undefined {
    const source = this.#sourceOf(choice);
    return source && { choice, source, isOtherDoor };
  }

  #sourceOf({ connection, isLocal }: RoomChoice): RoomSource | undefined {
    return this.#sources.find(
      (source) => source.connection.name === connection && source.isLocal === isLocal,
    );
  }

  #loadMore(): Promise<void> {
    return this.#load((signal) => this.#listing.load(signal, () => this.#show(this.#listing.listed, false)));
  }

  #searchSoon(search: string): void {
    clearTimeout(this.#timer);
    this.#searching.abort();
    if (search === '') {
      this.#show(this.#listing.listed, false);
      // The first pages may have been on their way when the person began to type.
      if (this.#listing.listed.isWaiting) void this.#loadMore();
      return;
    }
    this.#timer = setTimeout(() => {
      void this.#load((signal) =>
        searchRooms(this.#sources, search, signal, (found) => this.#show(found, true)),
      );
    }, searchDelay);
  }

  async #load(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#searching.abort();
    const searching = new AbortController();
    this.#searching = searching;
    this.#pick.busy = true;
    try {
      await work(searching.signal);
    } catch (error) {
      if (!isAbort(error)) this.#services.log.failure('Chatrooms not listed', error);
    } finally {
      if (this.#searching === searching) this.#pick.busy = false;
    }
  }

  #show({ choices, hasMore, isWaiting, failure }: ListedRooms, isSearch: boolean): void {
    const { here, others } = groupRooms(choices, this.#own);
    const { offersAll, otherDoor } = this.#options;
    const toItem = (choice: RoomChoice) => roomItem(choice, isSearch, otherDoor);
    const items: RoomItem[] = [
      ...(offersAll && !isSearch
        ? [{ label: vscode.l10n.t('$(archive) All chatrooms'), action: 'all' as const }]
        : []),
      ...group(vscode.l10n.t('This workspace'), here.map(toItem)),
      ...group(vscode.l10n.t('Other workspaces'), others.map(toItem)),
    ];
    if (hasMore)
      items.push({
        label: vscode.l10n.t('$(ellipsis) Show more chatrooms'),
        action: 'more',
        alwaysShow: true,
      });
    if (failure) {
      const label = `$(warning) ${cleanLabel(errorText(failure.error, failure.connection), 200)}`;
      items.push({ label, alwaysShow: true });
    }
    if (items.length === 0 && !isWaiting)
      items.push({ label: vscode.l10n.t('There are no chatrooms.'), alwaysShow: true });
    const [active] = this.#pick.activeItems;
    this.#pick.items = items;
    const same = items.find(({ choice }) => choice && choice.room.id === active?.choice?.room.id);
    if (same) this.#pick.activeItems = [same];
  }

  async #change({ choice }: RoomItem, button: vscode.QuickInputButton): Promise<void> {
    const source = choice && this.#sourceOf(choice);
    if (!choice || !source) return;
    this.#isBehind = true;
    try {
      const change = button === renameButton ? renameRoom : removeRoom;
      const changed = await change(source, choice.room, this.#services);
      if (changed) this.#services.news.tell(source.connection, choice.room.id);
      if (changed) this.#listing.change(source, choice.room.id, changed);
    } finally {
      this.#isBehind = false;
      this.#pick.show();
      this.#searchSoon(this.#pick.value.trim());
    }
  }
}

const renameButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('edit'),
  tooltip: vscode.l10n.t('Rename'),
};

const removeButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('trash'),
  tooltip: vscode.l10n.t('Delete'),
};

const doorButtons: Readonly<Record<RoomDoor, () => vscode.QuickInputButton>> = {
  panel: () => ({
    iconPath: new vscode.ThemeIcon('layout-sidebar-right'),
    tooltip: vscode.l10n.t('Open in Panel'),
  }),
  chatView: () => ({
    iconPath: new vscode.ThemeIcon('comment-discussion'),
    tooltip: vscode.l10n.t('Continue in Chat View'),
  }),
};

function group(label: string, items: readonly RoomItem[]): RoomItem[] {
  return items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
}

function roomItem(choice: RoomChoice, isSearch: boolean, otherDoor: RoomDoor | undefined): RoomItem {
  const { room } = choice;
  const time = Date.parse(room.updated_at ?? room.created_at ?? '');
  const shown = Number.isNaN(time)
    ? undefined
    : new Date(time).toLocaleString(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' });
  return {
    label: roomLabel(room, vscode.l10n.t('Unnamed chatroom')),
    description: cleanLabel(roomDetails(choice, shown), 200),
    buttons: [...(otherDoor ? [doorButtons[otherDoor]()] : []), renameButton, removeButton],
    choice,
    // What was found by its text need not have the words in its name.
    ...(isSearch && { alwaysShow: true }),
  };
}
