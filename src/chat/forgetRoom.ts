import type { Journal } from './journal.ts';
import type { SentRequests } from './sentRequest.ts';

/** Removes what a workspace keeps of a chatroom that is deleted: the requests that went into it, then its journal. */
export async function forgetRoom(
  room: string,
  journal: Pick<Journal, 'records' | 'forget'>,
  sent: Pick<SentRequests, 'forget'>,
): Promise<void> {
  const records = await journal.records(room);
  await sent.forget(records.map(({ turn }) => turn));
  await journal.forget(room);
}
