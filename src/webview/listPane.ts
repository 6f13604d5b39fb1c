import type { Header } from './header.ts';
import type { HostConnection } from './hostConnection.ts';
import type { RoomList } from './rooms/roomList.ts';

/** From this width on, the list of chatrooms stands beside the transcript; `panel.css` has the same number. */
const besideFrom = 560;

/** The list of chatrooms as a part of the page: beside the transcript, or over it where there is no room. */
export interface ListPane {
  toggle(): void;
  closeIfCovering(): void;
}

/** What the pane is made of. */
export interface ListPaneOptions {
  readonly host: HostConnection;
  readonly header: Header;
  readonly rooms: RoomList;
  readonly main: HTMLElement;
  /** Where the focus goes when the list goes away under it. */
  readonly onClose: () => void;
}

/** Makes the pane: unfolded beside the transcript unless a person folded it, and closed where it would cover it. */
export function createListPane(options: ListPaneOptions): ListPane {
  const { host, header, rooms, main } = options;
  const wide = matchMedia(`(min-width: ${besideFrom}px)`);
  let isOpenBeside = host.readState().isListOpen ?? true;
  let isCovering = false;

  function draw(): void {
    const isOpen = wide.matches ? isOpenBeside : isCovering;
    const hadFocus = rooms.element.contains(document.activeElement);
    rooms.element.hidden = !isOpen;
    // What lies under the list is out of reach for the Tab key and screen readers too.
    main.inert = isOpen && !wide.matches;
    header.setListOpen(isOpen);
    if (hadFocus && !isOpen) options.onClose();
  }
  function toggle(): void {
    if (wide.matches) {
      isOpenBeside = !isOpenBeside;
      host.writeState({ ...host.readState(), isListOpen: isOpenBeside });
    } else isCovering = !isCovering;
    draw();
    if (!rooms.element.hidden) rooms.focusSearch();
  }
  function closeIfCovering(): void {
    if (!isCovering) return;
    isCovering = false;
    draw();
  }

  wide.addEventListener('change', () => {
    isCovering = false;
    draw();
  });
  for (const part of [rooms.element, header.element]) {
    part.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !isCovering || wide.matches) return;
      event.preventDefault();
      event.stopPropagation();
      closeIfCovering();
    });
  }
  draw();
  return { toggle, closeIfCovering };
}
