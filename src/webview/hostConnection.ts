import type { FromWebview, RoomKey, ToWebview } from '../shared/panelMessages.ts';

/** What the page itself remembers while it is hidden. No text of people: that is the host's. */
export interface PageState {
  /** The list of chatrooms is unfolded beside the transcript. */
  readonly isListOpen?: boolean;
  /** The chatroom that shows: the host restores an editor tab with it. */
  readonly room?: RoomKey;
  /** Where the transcript was scrolled to; missing: to its end. */
  readonly place?: { readonly room?: RoomKey; readonly turn: number; readonly offset: number };
}

/** The page's side of the messages. */
export interface HostConnection {
  send(message: FromWebview): void;
  onMessage(handle: (message: ToWebview) => void): void;
  readState(): PageState;
  writeState(state: PageState): void;
}

interface VsCodeApi {
  postMessage(message: FromWebview): void;
  getState(): PageState | undefined;
  setState(state: PageState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** Connects the page to its host; VS Code allows this once for a page. */
export function connectHost(): HostConnection {
  const api = acquireVsCodeApi();
  return {
    send: (message) => api.postMessage(message),
    onMessage(handle) {
      window.addEventListener('message', (event: MessageEvent<ToWebview>) => handle(event.data));
    },
    readState: () => api.getState() ?? {},
    writeState: (state) => api.setState(state),
  };
}
