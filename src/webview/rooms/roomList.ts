import type { FromWebview, PanelRoom, RoomKey, RoomListState } from '../../shared/panelMessages.ts';
import type { PanelTexts } from '../../shared/panelTexts.ts';
import { element, icon, iconButton, textButton } from '../element.ts';
import { openMenu } from '../menu.ts';
import type { MenuPlace } from '../menu.ts';
import { createNameEditor } from '../nameEditor.ts';
import { createRoomOption } from './roomOption.ts';
import { roomMenuItems } from './roomMenu.ts';
import { createRoomSearch } from './roomSearch.ts';

/** The list of chatrooms with its search. */
export interface RoomList {
  readonly element: HTMLElement;
  show(list: RoomListState): void;
  /** Marks the chatroom that the transcript shows. */
  setShownRoom(room: RoomKey | undefined): void;
  room(key: RoomKey | undefined): PanelRoom | undefined;
  focusSearch(): void;
}

/** What the list asks of the page. */
export interface RoomListOptions {
  readonly texts: PanelTexts;
  readonly locale: string;
  readonly send: (message: FromWebview) => void;
  readonly onPick: (room: RoomKey) => void;
}

/** Makes the list; it shows that it is loading until `show`. */
export function createRoomList(options: RoomListOptions): RoomList {
  const { texts, locale, send } = options;
  const search = createRoomSearch(texts, send, () => {
    if (all.length > 0) listbox.focus();
  });
  const listbox = element('div', {
    class: 'rooms-listbox',
    role: 'listbox',
    tabindex: '0',
    'aria-label': texts.chatrooms,
  });
  const rowMenu = iconButton('ellipsis', texts.more, () => openRowMenu(rowMenu));
  rowMenu.classList.add('room-menu-button');
  rowMenu.setAttribute('aria-haspopup', 'menu');
  const status = element('p', { class: 'rooms-status' }, texts.loading);
  const problem = element('p', { class: 'rooms-problem' });
  const more = textButton(texts.showMore, 'link-button rooms-more', () => send({ type: 'loadMoreRooms' }));
  const rows = element('div', { class: 'rooms-rows' }, listbox, rowMenu);
  const scrolled = element('div', { class: 'rooms-scroll' }, rows, status, problem, more);
  const root = element(
    'nav',
    { class: 'rooms', 'aria-label': texts.chatrooms },
    element('div', { class: 'rooms-head' }, icon('search'), search),
    scrolled,
  );

  const titles = {
    pinned: texts.pinned,
    here: texts.thisWorkspace,
    others: texts.otherWorkspaces,
    found: texts.found,
  };
  let all: PanelRoom[] = [];
  let elements: HTMLElement[] = [];
  let state: RoomListState | undefined;
  let shownRoom: RoomKey | undefined;
  let active = 0;
  let activeKey: RoomKey | undefined;
  let hovered: number | undefined;

  function draw(): void {
    if (state === undefined) return;
    const { groups, hasMore, isLoading } = state;
    all = [];
    elements = [];
    const drawn = groups.flatMap(({ kind, rooms }, at) => {
      if (rooms.length === 0) return [];
      const made = rooms.map((room) =>
        createRoomOption(room, `room-${at}-${room.key}`, room.key === shownRoom, texts, locale),
      );
      all.push(...rooms);
      elements.push(...made);
      const title = element('div', { class: 'rooms-title', 'aria-hidden': 'true' }, titles[kind]);
      return [element('div', { role: 'group', 'aria-label': titles[kind] }, title, ...made)];
    });
    listbox.replaceChildren(...drawn);
    rows.hidden = all.length === 0;
    listbox.setAttribute('aria-busy', String(isLoading));
    more.hidden = !hasMore || isLoading;
    drawStatus(state);
    const kept = all.findIndex(({ key }) => key === (activeKey ?? shownRoom));
    setActive(kept >= 0 ? kept : Math.min(active, Math.max(0, all.length - 1)), false);
  }
  function drawStatus({ isLoading, search: searched, problem: sentence = '' }: RoomListState): void {
    const nothing = searched === '' ? texts.noRooms : texts.nothingFound;
    const isQuiet = sentence !== '' && all.length === 0;
    status.textContent = isLoading ? texts.loading : nothing;
    status.hidden = !isLoading && (all.length > 0 || isQuiet);
    problem.replaceChildren(icon('warning'), element('span', {}, sentence));
    problem.hidden = sentence === '';
  }
  function setActive(index: number, isToReveal: boolean): void {
    elements[active]?.classList.remove('is-active');
    active = index;
    activeKey = all[index]?.key;
    const option = elements[index];
    option?.classList.add('is-active');
    if (option === undefined) listbox.removeAttribute('aria-activedescendant');
    else listbox.setAttribute('aria-activedescendant', option.id);
    if (isToReveal) option?.scrollIntoView({ block: 'nearest' });
    placeRowMenu();
  }
  function placeRowMenu(): void {
    const index = hovered ?? active;
    const [option, room] = [elements[index], all[index]];
    rowMenu.hidden = option === undefined || room?.deletedIn !== undefined;
    if (option === undefined || room === undefined) return;
    rowMenu.style.top = `${option.offsetTop}px`;
    rowMenu.style.height = `${option.offsetHeight}px`;
    for (const each of elements) each.classList.toggle('has-menu', each === option);
    rowMenu.setAttribute('aria-label', `${texts.more}: ${room.name}`);
  }
  function pick(index: number): void {
    const room = all[index];
    if (room === undefined) return;
    if (room.deletedIn === undefined) options.onPick(room.key);
    else send({ type: 'undoDelete', room: room.key });
  }
  function remove(index: number): void {
    const room = all[index];
    if (room !== undefined && room.deletedIn === undefined) send({ type: 'deleteRoom', room: room.key });
  }
  function rename(index: number): void {
    const [option, room] = [elements[index], all[index]];
    if (option === undefined || room === undefined || room.deletedIn !== undefined) return;
    // Over the row and not in it: an option holds no box, and the list may be drawn anew meanwhile.
    const editor = createNameEditor(room.name, texts.newName, (name) => {
      const hadFocus = editor === document.activeElement;
      if (hadFocus) listbox.focus();
      editor.remove();
      if (name !== undefined) send({ type: 'renameRoom', room: room.key, name });
    });
    editor.style.top = `${option.offsetTop}px`;
    rows.append(editor);
    editor.focus();
    editor.select();
  }
  function openRowMenu(place: MenuPlace): void {
    const index = hovered ?? active;
    const room = all[index];
    if (room === undefined || room.deletedIn !== undefined) return;
    // The list may be drawn anew while the menu is open, and another room stand at this place.
    const at = (): number => all.findIndex(({ key }) => key === room.key);
    const actions = { rename: () => rename(at()), remove: () => remove(at()) };
    openMenu(roomMenuItems(room, texts, send, actions), room.name, place, root);
  }
  function indexOf(target: EventTarget | null): number {
    const option = target instanceof Element ? target.closest<HTMLElement>('.room-option') : null;
    return option === null ? -1 : elements.indexOf(option);
  }

  listbox.addEventListener('keydown', (event) => {
    const target = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + 8,
      PageUp: active - 8,
      Home: 0,
      End: all.length - 1,
    }[event.key];
    hovered = undefined;
    if (target === -1 && event.key === 'ArrowUp') search.focus();
    else if (target !== undefined) setActive(Math.max(0, Math.min(all.length - 1, target)), true);
    else if (event.key === 'Enter' || event.key === ' ') pick(active);
    else if (event.key === 'F2') rename(active);
    else if (event.key === 'Delete') remove(active);
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) openRowMenu(rowMenu);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  listbox.addEventListener('focus', () => setActive(active, true));
  listbox.addEventListener('click', (event) => {
    const index = indexOf(event.target);
    if (index < 0) return;
    setActive(index, false);
    pick(index);
  });
  listbox.addEventListener('contextmenu', (event) => {
    const index = indexOf(event.target);
    event.preventDefault();
    event.stopPropagation();
    if (index < 0) return;
    hovered = undefined;
    setActive(index, false);
    openRowMenu({ x: event.clientX, y: event.clientY });
  });
  rows.addEventListener('pointermove', (event) => {
    const index = indexOf(event.target);
    if (index < 0 || index === hovered) return;
    hovered = index;
    placeRowMenu();
  });
  rows.addEventListener('pointerleave', () => {
    hovered = undefined;
    placeRowMenu();
  });
  new ResizeObserver(() => placeRowMenu()).observe(rows);
  rows.hidden = true;
  problem.hidden = true;
  more.hidden = true;

  return {
    element: root,
    show(list) {
      // The host may list what was searched for before the page was hidden.
      if (state === undefined) search.value = list.search;
      state = list;
      const { activeElement } = document;
      draw();
      // What had the focus may be gone: all rows, or a button.
      const isGone = (each: HTMLElement): boolean => each.hidden && each.contains(activeElement);
      if (isGone(rows)) search.focus();
      else if (isGone(more) || isGone(rowMenu)) listbox.focus({ preventScroll: true });
    },
    setShownRoom(room) {
      shownRoom = room;
      for (const [index, option] of elements.entries()) {
        option.setAttribute('aria-selected', String(all[index]?.key === room));
      }
    },
    room: (key) => all.find((room) => room.key === key),
    focusSearch: () => search.focus(),
  };
}
