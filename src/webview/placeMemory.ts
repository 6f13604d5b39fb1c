import type { RoomKey } from '../shared/panelMessages.ts';
import type { HostConnection, PageState } from './hostConnection.ts';

const restDelay = 250;

/** Makes a function that remembers where the transcript stands, once it rests. */
export function rememberPlace(host: HostConnection, read: () => PageState['place']): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const save = (): void => {
    clearTimeout(timer);
    const { place: before, ...state } = host.readState();
    const place = read();
    if (JSON.stringify(before) !== JSON.stringify(place))
      host.writeState({ ...state, ...(place && { place }) });
  };
  window.addEventListener('pagehide', save);
  return () => {
    clearTimeout(timer);
    timer = setTimeout(save, restDelay);
  };
}

/** Remembers which chatroom shows. */
export function rememberRoom(host: HostConnection, room: RoomKey | undefined): void {
  const { room: before, ...state } = host.readState();
  if (before !== room) host.writeState({ ...state, ...(room !== undefined && { room }) });
}
