import type { FromWebview, RoomKey } from '../../shared/panelMessages.ts';
import { createDraftSaver } from '../draftSaver.ts';

/** Tells the host what is typed and not sent, and in which conversation. */
export interface Draft {
  /** A conversation is open: otherwise nobody knows whose draft and whose prompt it is. */
  readonly isOpen: boolean;
  /** What stood here when another room was asked for. */
  readonly left: string | undefined;
  /** A person typed. */
  change(): void;
  /** Sends it at once. */
  send(): void;
  /** Sends it at once if it is due. */
  flush(): void;
  /** It went out as a prompt: there is no draft. */
  drop(): void;
  /** Another conversation, with the draft that the host has of it. */
  open(room: RoomKey | undefined, draft: string): void;
  /** Another room was asked for. */
  leave(): void;
  /** The other room does not come. */
  stay(): void;
  /** The same conversation has a room now. */
  adopt(room: RoomKey | undefined): void;
}

/** Makes the draft of a box. */
export function createDraft(text: () => string, send: (message: FromWebview) => void): Draft {
  let room: RoomKey | undefined;
  /** The host has a draft under the room as it was before its first prompt. */
  let hasDraft = false;
  let isOpen = false;
  let left: string | undefined;
  const saver = createDraftSaver(sendNow);

  function tell(draft: string): void {
    hasDraft = draft !== '';
    send({ type: 'changeDraft', ...(room === undefined ? {} : { room }), text: draft });
  }
  function sendNow(): void {
    saver.drop();
    if (isOpen) tell(text());
  }

  return {
    get isOpen() {
      return isOpen;
    },
    get left() {
      return left;
    },
    change: () => saver.changed(),
    send: sendNow,
    flush: () => saver.flush(),
    drop() {
      saver.drop();
      hasDraft = false;
    },
    open(next, draft) {
      saver.flush();
      room = next;
      hasDraft = draft !== '';
      isOpen = true;
      left = undefined;
    },
    leave() {
      saver.flush();
      left = text();
      isOpen = false;
    },
    stay() {
      isOpen = true;
      left = undefined;
    },
    adopt(next) {
      if (room === next) return;
      const isTyped = hasDraft || saver.isDue;
      if (hasDraft) tell('');
      room = next;
      if (left !== undefined && isTyped) tell(left);
      else if (isTyped) sendNow();
    },
  };
}
