import { isObject } from '../../api/json.ts';
import type { Drafts } from './drafts.ts';

/** A prompt that was sent and is being edited. */
export interface EditDraft {
  /** The turn whose prompt it is. */
  readonly turn: string;
  readonly text: string;
}

/** The prompt that is being edited in a conversation, as it was left; undefined if there is none. */
export async function readEdit(drafts: Drafts, conversation: string): Promise<EditDraft | undefined> {
  try {
    const value: unknown = JSON.parse((await drafts.read(draftOf(conversation))) || 'null');
    if (!isObject(value)) return undefined;
    const { turn, text } = value;
    return typeof turn === 'string' && typeof text === 'string' ? { turn, text } : undefined;
  } catch {
    // A file that cannot be read keeps nobody from the conversation.
    return undefined;
  }
}

/** Keeps it in place of the one before; undefined, or with an empty text: nothing is being edited any more. */
export async function writeEdit(
  drafts: Pick<Drafts, 'write'>,
  conversation: string,
  edit: EditDraft | undefined,
): Promise<void> {
  const { turn, text = '' } = edit ?? {};
  await drafts.write(draftOf(conversation), text === '' ? '' : JSON.stringify({ turn, text }));
}

/** Apart from what stands in the composer of the same conversation. */
function draftOf(conversation: string): string {
  return `edit ${conversation}`;
}
