import { createKeptAttachments } from './attachments/keptAttachments.ts';
import type { CarriedTranscripts } from './carriedTranscripts.ts';
import type { Journal } from './journal.ts';
import { type RoomReference, roomReference } from './openedRoom.ts';
import type { Drafts } from './panel/drafts.ts';
import { writeEdit } from './panel/editDrafts.ts';
import { readDraft } from './panel/outgoingDrafts.ts';
import type { SentRequests } from './sentRequest.ts';

/** Where something of a chatroom may be kept beside the room itself. */
export interface RoomTraces {
  readonly journal: Pick<Journal, 'records' | 'forget'>;
  readonly sent: Pick<SentRequests, 'forget'>;
  readonly carriedTranscripts: Pick<CarriedTranscripts, 'remove'>;
  readonly drafts: Drafts;
  /** By `roomReference`. */
  readonly pins: { remove(key: string): Promise<void> };
  /** Model, parameters and the like, by `roomReference`. */
  readonly choices: { forget(key: string): Promise<void> };
}

/**
 * Removes what this workspace and the panel keep of a chatroom that is deleted; `owner` names its connection as it is
 * stored. Rejects with the first fault, when everything was tried.
 */
export async function forgetRoom(
  owner: RoomReference,
  { journal, sent, carriedTranscripts, drafts, pins, choices }: RoomTraces,
): Promise<void> {
  const key = roomReference(owner);
  const kept = createKeptAttachments(drafts);
  const forgetTurns = async () => {
    const records = await journal.records(owner.room);
    // The journal last: it says which requests are the room's.
    await sent.forget(records.map(({ turn }) => turn));
    await journal.forget(owner.room);
  };
  const tried = await Promise.allSettled([
    forgetTurns(),
    carriedTranscripts.remove(owner),
    readDraft(drafts, key, () => false).then(() => drafts.write(key, '')),
    kept.read(key).then((attached) => kept.write(key, [], attached)),
    writeEdit(drafts, key, undefined),
    pins.remove(key),
    choices.forget(key),
  ]);
  const failed = tried.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
