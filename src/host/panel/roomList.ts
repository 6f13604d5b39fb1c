import * as vscode from 'vscode';
import { groupRooms, type RoomChoice, roomLabel } from '../../chat/roomChoices.ts';
import { isAbort } from '../../chat/turnOutcome.ts';
import { cleanName } from '../../chat/untrusted.ts';
import type { DeletedRoom, PanelRoom, RoomGroup, RoomListState } from '../../shared/panelMessages.ts';
import { ownWorkspace, roomDetails } from '../rooms/roomDetails.ts';
import { type ListedRooms, RoomListing, searchRooms } from '../rooms/roomListing.ts';
import { type RoomSource, roomSources } from '../rooms/roomSources.ts';
import { errorText } from '../rooms/tellError.ts';
import type { RoomNews } from '../rooms/roomNews.ts';
import type { PanelServices } from './panelServices.ts';
import type { PinnedRooms } from './pinnedRooms.ts';
import type { RoomDeletes } from './roomDeletes.ts';
import type { RoomNames } from './roomNames.ts';

/** What a list of rooms works with. */
export interface RoomListServices {
  readonly panel: PanelServices;
  readonly news: RoomNews;
  readonly pins: PinnedRooms;
  readonly deletes: RoomDeletes;
  readonly roomNames: RoomNames;
}

const nothing: ListedRooms = { choices: [], hasMore: false, isWaiting: false };

/** The chatrooms that one page lists. */
export class RoomList {
  readonly #services: RoomListServices;
  readonly #onChange: (list: RoomListState) => void;
  #listed = nothing;
  #listing: RoomListing | undefined;
  #ids: ReadonlyMap<string, string> = new Map();
  #workspace = '';
  #search = '';
  #pages = 0;
  #loading: AbortController | undefined;

  constructor(services: RoomListServices, onChange: (list: RoomListState) => void) {
    this.#services = services;
    this.#onChange = onChange;
  }

  dispose(): void {
    this.#loading?.abort();
  }

  /** Lists anew, as far as it was read before. Never rejects. */
  async refresh(): Promise<void> {
    await (this.#search === '' ? this.#list(Math.max(1, this.#pages), this.#pages > 0) : this.#find());
  }

  /** Looks for rooms by name and by what was written in them; an empty text lists all. */
  async search(text: string): Promise<void> {
    this.#search = text.trim();
    this.#pages = 0;
    await this.refresh();
  }

  async loadMore(): Promise<void> {
    const listing = this.#listing;
    if (!listing || !this.#listed.hasMore) return;
    await this.#load(async (signal) => {
      await listing.load(signal, () => this.#take(listing.listed));
      this.#pages += 1;
    });
  }

  /** The room as it was last listed. */
  find(key: string): RoomChoice | undefined {
    return this.#listed.choices.find((choice) => this.#keyOf(choice) === key);
  }

  /** Tells the page the list as it stands. */
  show(): void {
    this.#onChange(this.#state());
  }

  /** `isQuiet`: the list is there, and nobody waits for it. */
  #list(pages: number, isQuiet: boolean): Promise<void> {
    return this.#load(async (signal) => {
      const listing = new RoomListing(await this.#sources());
      for (let page = 0; page < pages && (page === 0 || listing.listed.hasMore); page += 1) {
        await listing.load(signal, () => {
          if (!isQuiet) this.#take(listing.listed);
        });
      }
      this.#listing = listing;
      this.#pages = pages;
      this.#take(listing.listed);
    }, isQuiet);
  }

  #find(): Promise<void> {
    return this.#load(async (signal) => {
      await searchRooms(await this.#sources(), this.#search, signal, (found) => this.#take(found));
    });
  }

  async #load(work: (signal: AbortSignal) => Promise<void>, isQuiet = false): Promise<void> {
    this.#loading?.abort();
    const loading = new AbortController();
    this.#loading = loading;
    if (!isQuiet) this.show();
    try {
      await work(loading.signal);
    } catch (error) {
      if (!isAbort(error)) this.#services.panel.log.failure('Chatrooms not listed', error);
    }
    if (this.#loading !== loading) return;
    this.#loading = undefined;
    this.show();
  }

  #take(listed: ListedRooms): void {
    this.#listed = listed;
    for (const choice of listed.choices) this.#services.roomNames.keep(this.#keyOf(choice), choice);
    this.show();
  }

  async #sources(): Promise<readonly RoomSource[]> {
    const { panel } = this.#services;
    const sources = await roomSources(panel);
    const { workspace, ids } = await ownWorkspace(sources, panel.workspaceState);
    this.#workspace = workspace;
    this.#ids = ids;
    return sources;
  }

  #state(): RoomListState {
    const { deletes, pins } = this.#services;
    const { failure } = this.#listed;
    const isSearch = this.#search !== '';
    const there = this.#listed.choices.filter((choice) => !deletes.isGone(this.#keyOf(choice)));
    const pinned = isSearch ? [] : there.filter((choice) => pins.has(this.#keyOf(choice)));
    const { here, others } = groupRooms(
      there.filter((choice) => !pinned.includes(choice)),
      { workspace: this.#workspace, ids: this.#ids },
    );
    const toRooms = (choices: readonly RoomChoice[]) => choices.map((choice) => this.#room(choice));
    return {
      groups: isSearch
        ? group('found', toRooms([...here, ...others]))
        : [
            ...group('pinned', [...toRooms(pinned), ...this.#farPins()]),
            ...group('here', toRooms(here)),
            ...group('others', toRooms(others)),
          ],
      deleted: deletes.waiting().map((key) => this.#deleted(key)),
      search: this.#search,
      hasMore: this.#listed.hasMore,
      isLoading: this.#loading !== undefined,
      ...(failure && { problem: errorText(failure.error, failure.connection) }),
    };
  }

  /** Pinned rooms that are on no page that was read. */
  #farPins(): PanelRoom[] {
    const { pins, deletes } = this.#services;
    return pins
      .all()
      .filter(({ key }) => !this.find(key) && !deletes.isGone(key))
      .map(({ key, name }) => ({
        key,
        name: cleanName(name, 100) || vscode.l10n.t('Unnamed chatroom'),
        details: cleanName(key.slice(0, key.indexOf('/')), 40),
        isPinned: true,
        ...this.#deletion(key),
      }));
  }

  #room(choice: RoomChoice): PanelRoom {
    const key = this.#keyOf(choice);
    const { updated_at: updated, created_at: created } = choice.room;
    const time = Date.parse(updated ?? created ?? '');
    return {
      key,
      name: roomLabel(choice.room, vscode.l10n.t('Unnamed chatroom')),
      details: roomDetails(choice),
      isPinned: this.#services.pins.has(key),
      ...(!Number.isNaN(time) && { updatedAt: new Date(time).toISOString() }),
      ...this.#deletion(key),
    };
  }

  /** A search, or a list with more pages, may not have it. */
  #deleted(key: string): DeletedRoom {
    const { deletes, roomNames } = this.#services;
    const room = (this.find(key) ?? roomNames.get(key))?.room;
    const unnamed = vscode.l10n.t('Unnamed chatroom');
    return { key, name: room ? roomLabel(room, unnamed) : unnamed, deletedIn: deletes.remaining(key) ?? 0 };
  }

  #deletion(key: string): Pick<PanelRoom, 'deletedIn'> {
    const deletedIn = this.#services.deletes.remaining(key);
    return deletedIn === undefined ? {} : { deletedIn };
  }

  #keyOf({ connection, room }: RoomChoice): string {
    return this.#services.news.keyOf({ name: connection }, room.id);
  }
}

function group(kind: RoomGroup['kind'], rooms: readonly PanelRoom[]): RoomGroup[] {
  return rooms.length === 0 ? [] : [{ kind, rooms }];
}
