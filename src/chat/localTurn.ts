import type { ChatCompletionChunk } from '../api/wire.ts';
import type { ChatCompletionMessage } from '../api/wireRequest.ts';
import type { Clock } from './deltaBatcher.ts';
import type { KeptPiece } from './keptPieces.ts';
import type { LocalRoomFiles } from './localRoomFiles.ts';
import type { Stamp } from './localRoomNames.ts';
import { assembleReply } from './replyAssembly.ts';
import type { ReplyEvent } from './replyEvents.ts';
import { createReplyKeeper } from './replyKeeper.ts';

/** What a turn of a local room is recorded with. */
export interface LocalTurnInput {
  readonly files: LocalRoomFiles;
  readonly room: string;
  /** The new messages of the request. */
  readonly messages: readonly ChatCompletionMessage[];
  /** Called when the turn is stored for the first time. */
  readonly newStamp: () => Stamp;
  readonly clock: Clock;
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

/** Starts the record of one turn. A request that is refused, and so has no chunk, leaves nothing behind. */
export function recordLocalTurn({
  files,
  room,
  messages,
  newStamp,
  clock,
  onError,
}: LocalTurnInput): LocalTurnRecorder {
  let stamp: Stamp | undefined;
  // What the person sees is what the model is told it said: spoken words too, and no thoughts.
  const reply = assembleReply({ alternatives: 1, alwaysFinishes: false });
  let said = '';
  let model: string | undefined;
  let asked: Promise<unknown> | undefined;
  let number = 0;
  const parts: string[] = [];
  let hasFailed = false;
  const keeper = createReplyKeeper(savePart, clock, tell);

  function tell(error: unknown): void {
    if (!hasFailed) onError(error);
    hasFailed = true;
  }

  /** A number of its own for each attempt: the file of one that failed may be there. */
  function write(
    kind: 'asked' | 'part' | 'reply',
    value: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    number += 1;
    return files.write(room, kind, (stamp ??= newStamp()), number, value);
  }

  /** Always before the reply, which means nothing without it. */
  async function saveMessages(): Promise<void> {
    asked ??= write('asked', { messages });
    try {
      await asked;
    } catch (error) {
      asked = undefined;
      throw error;
    }
  }

  async function savePart(piece: KeptPiece): Promise<void> {
    await saveMessages();
    parts.push(await write('part', { ...piece }));
  }

  async function saveReply(isWhole: boolean): Promise<void> {
    await saveMessages();
    if (said === '') return;
    await write('reply', {
      text: said,
      ...(model !== undefined && { model }),
      ...(!isWhole && { isCut: true }),
    });
    await files.remove(room, parts);
  }

  return {
    add(chunk) {
      if (stamp === undefined) void saveMessages().catch(tell);
      const text = textOf(reply.add(chunk));
      said += text;
      keeper.add(text);
      model ??= chunk.model;
    },
    async end(isWhole) {
      if (stamp === undefined) return;
      said += restOf(reply);
      await keeper.end(false);
      await saveReply(isWhole).catch(tell);
      // Another window may have removed the room meanwhile.
      await files.sweep(room).catch(tell);
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
