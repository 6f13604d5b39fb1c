import type { Drafts } from '../panel/drafts.ts';
import { type Attachment, isMedia, parseAttachments } from './attachment.ts';

/** What is attached to the drafts of conversations, beside these drafts. */
export interface KeptAttachments {
  read(draft: string): Promise<Attachment[]>;
  /** `before`: what was kept until now. */
  write(draft: string, attachments: readonly Attachment[], before: readonly Attachment[]): Promise<void>;
}

/** Keeps bytes apart from the list, which is written anew with every change. */
export function createKeptAttachments(drafts: Drafts): KeptAttachments {
  let writes = Promise.resolve();

  async function writeNow(
    draft: string,
    attachments: readonly Attachment[],
    before: readonly Attachment[],
  ): Promise<void> {
    const [ids, known] = [idsOf(attachments), idsOf(before)];
    const added = attachments.filter(isMedia).filter(({ id }) => !known.has(id));
    // Before the list that names them.
    for (const attachment of added) await drafts.write(bytesOf(attachment), attachment.data);
    const listed = attachments.map((attachment) =>
      isMedia(attachment) ? { ...attachment, data: '' } : attachment,
    );
    await drafts.write(listOf(draft), listed.length === 0 ? '' : JSON.stringify(listed));
    for (const gone of before.filter(isMedia)) if (!ids.has(gone.id)) await drafts.write(bytesOf(gone), '');
  }

  return {
    read: async (draft) => {
      await writes;
      const listed = parseAttachments(await drafts.read(listOf(draft)));
      const whole = listed.map(async (attachment) =>
        isMedia(attachment) ? { ...attachment, data: await drafts.read(bytesOf(attachment)) } : attachment,
      );
      return (await Promise.all(whole)).filter(
        (attachment) => !isMedia(attachment) || attachment.data !== '',
      );
    },
    // One after the other: a list must not be written over a later one because its bytes took longer.
    write: (draft, attachments, before) => {
      const done = writes.then(() => writeNow(draft, attachments, before));
      writes = done.catch(() => undefined);
      return done;
    },
  };
}

function idsOf(attachments: readonly Attachment[]): Set<string> {
  return new Set(attachments.map(({ id }) => id));
}

function bytesOf({ id }: Attachment): string {
  return `attached:${id}`;
}

function listOf(draft: string): string {
  return `attachments:${draft}`;
}
