import type { ChatCompletionChunk } from '../api/wire.ts';
import type { ChatCompletionMessage } from '../api/wireRequest.ts';
import type { LocalRoomFiles } from './localRoomFiles.ts';
import type { Stamp } from './localRoomNames.ts';
import { assembleReply } from './replyAssembly.ts';
import type { ReplyEvent } from './replyEvents.ts';

/** What a turn of a local room is recorded with. */
export interface LocalTurnInput {
  readonly files: LocalRoomFiles;
  readonly room: string;
  /** The new messages of the request. */
  readonly messages: readonly ChatCompletionMessage[];
  /** Called when the turn is stored for the first time. */
  readonly newStamp: () => Stamp;
  /** Milliseconds. */
  readonly now: () => number;
  /** Hears the first thing that could not be written. */
  readonly onError: (error: unknown) => void;
}

/** Keeps a turn while its reply comes. Neither call ever throws or rejects. */
export interface LocalTurnRecorder {
  /** Takes a chunk; the first one stores the new messages too. The writing goes on in the background. */
  add(chunk: ChatCompletionChunk): void;
  /** Stores the reply as far as it came; resolves when everything is written. */
  end(isWhole: boolean): Promise<void>;
}

/** Parts are this far apart, in milliseconds: what a killed host loses of a reply. */
const partInterval = 1000;

/** Starts the record of one turn. A request that is refused, and so has no chunk, leaves nothing behind. */
export function recordLocalTurn({
  files,
  room,
  messages,
  newStamp,
  now,
  onError,
}: LocalTurnInput): LocalTurnRecorder {
  let stamp: Stamp | undefined;
  // What the person sees is what the model is told it said: spoken words too, and no thoughts.
  const reply = assembleReply({ alternatives: 1, alwaysFinishes: false });
  let said = '';
  let model: string | undefined;
  let savedAt = 0;
  let savedText = '';
  let hasMessages = false;
  let number = 0;
  const parts: string[] = [];
  let writes = Promise.resolve();
  let hasFailed = false;

  function enqueue(work: (stamp: Stamp) => Promise<void>): void {
    const by = (stamp ??= newStamp());
    const attempt = async () => {
      try {
        await work(by);
      } catch (error) {
        if (!hasFailed) onError(error);
        hasFailed = true;
      }
    };
    writes = writes.then(attempt);
  }

  /** A number of its own for each attempt: the file of one that failed may be there. */
  function write(kind: 'asked' | 'part' | 'reply', by: Stamp, value: Readonly<Record<string, unknown>>) {
    number += 1;
    return files.write(room, kind, by, number, value);
  }

  /** Always before the reply, which means nothing without it. */
  async function saveMessages(by: Stamp): Promise<void> {
    if (hasMessages) return;
    await write('asked', by, { messages });
    hasMessages = true;
  }

  async function savePart(by: Stamp): Promise<void> {
    await saveMessages(by);
    const text = said;
    if (text === savedText) return;
    parts.push(await write('part', by, { from: savedText.length, text: text.slice(savedText.length) }));
    savedText = text;
  }

  async function saveReply(by: Stamp, isWhole: boolean): Promise<void> {
    await saveMessages(by);
    if (said === '') return;
    await write('reply', by, {
      text: said,
      ...(model !== undefined && { model }),
      ...(!isWhole && { isCut: true }),
    });
    await files.remove(room, parts);
  }

  return {
    add(chunk) {
      said += textOf(reply.add(chunk));
      model ??= chunk.model;
      // A clock that went back counts too, or nothing would be kept until it has caught up.
      if (stamp !== undefined && Math.abs(now() - savedAt) < partInterval) return;
      savedAt = now();
      enqueue(savePart);
    },
    async end(isWhole) {
      if (stamp === undefined) return;
      said += restOf(reply);
      enqueue((by) => saveReply(by, isWhole));
      // Another window may have removed the room meanwhile.
      enqueue(() => files.sweep(room));
      await writes;
    },
  };
}

function textOf(events: readonly ReplyEvent[]): string {
  return events.map((event) => (event.type === 'textDelta' ? event.text : '')).join('');
}

function restOf(reply: ReturnType<typeof assembleReply>): string {
  try {
    return textOf(reply.end());
  } catch {
    // An empty reply leaves nothing to keep.
    return '';
  }
}
