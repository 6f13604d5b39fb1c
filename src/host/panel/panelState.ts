import type { Conversations } from './conversations.ts';
import type { RoomListServices } from './roomList.ts';

/** What all pages of the panel in this window share. */
export interface PanelState extends RoomListServices {
  readonly conversations: Conversations;
}
