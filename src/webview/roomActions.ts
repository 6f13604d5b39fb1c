import type { FromWebview, RoomKey, ToWebview } from '../shared/panelMessages.ts';
import type { MenuItem } from './menu.ts';
import { roomMenuItems } from './rooms/roomMenu.ts';

/** What the menu of the header depends on. */
export interface RoomActionsInput {
  readonly room: RoomKey | undefined;
  readonly isPinned: boolean;
  readonly hasTurns: boolean;
  readonly start: Extract<ToWebview, { type: 'start' }>;
  readonly send: (message: FromWebview) => void;
  readonly findBar: { open(): void };
  readonly onRename: () => void;
}

/** What can be done with the chatroom that shows; a new chat has fewer. */
export function roomActions(input: RoomActionsInput): MenuItem[] {
  const { room, start, send } = input;
  const { texts } = start;
  const remove = (): void => {
    if (room !== undefined) send({ type: 'deleteRoom', room });
  };
  const pinned = { key: room ?? '', isPinned: input.isPinned };
  return [
    ...((room !== undefined || input.hasTurns) && start.hasChatView
      ? [{ label: texts.continueInChat, run: () => send({ type: 'continueInChat' }) }]
      : []),
    ...(input.hasTurns ? [{ label: texts.find, run: () => input.findBar.open() }] : []),
    ...(start.isEditor ? [] : [{ label: texts.openInEditor, run: () => send({ type: 'openInEditor' }) }]),
    ...(room === undefined ? [] : roomMenuItems(pinned, texts, send, { rename: input.onRename, remove })),
  ];
}
