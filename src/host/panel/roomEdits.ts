import type { RoomChoice } from '../../chat/roomChoices.ts';
import { cleanName } from '../../chat/untrusted.ts';
import type { PanelState } from './panelState.ts';
import { placeOf } from './roomPlaces.ts';

/** What servers take as a name (wire contract A5). */
const longestName = 100;

/** Gives a room another name; an empty one changes nothing. Rejects with an `ApiError`. */
export async function renameRoom(
  key: string,
  name: string,
  { panel, news, roomNames, pins }: PanelState,
): Promise<void> {
  const place = placeOf(key, panel);
  const cleaned = cleanName(name, longestName).slice(0, longestName);
  if (!place || cleaned === '') return;
  const room = await place.chatrooms.rename(place.room, cleaned);
  roomNames.forget(place.key);
  if (pins.has(key)) await pins.set(key, room);
  news.tell(place.connection, place.room);
}

/** Pins a room in the list, or no longer; `choice` is what the list knows of it. */
export async function pinRoom(
  key: string,
  isPinned: boolean,
  choice: RoomChoice | undefined,
  { panel, news, pins }: PanelState,
): Promise<void> {
  const place = placeOf(key, panel);
  if (!isPinned) await pins.remove(key);
  else if (place) await pins.set(key, { name: choice?.room.name ?? '' });
  if (place) news.tell(place.connection, place.room);
}
