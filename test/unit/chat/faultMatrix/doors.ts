import type { Connection } from '../../../../src/api/connection.ts';
import { createEndpoint } from '../../../../src/api/createEndpoint.ts';
import type { RoomEndpoint } from '../../../../src/api/endpoint.ts';
import type { AskInput } from '../../../../src/chat/askInput.ts';
import { createCarriedTranscripts } from '../../../../src/chat/carriedTranscripts.ts';
import type { Clock } from '../../../../src/chat/deltaBatcher.ts';
import { createFileJournal } from '../../../../src/chat/fileJournal.ts';
import type { FileStore } from '../../../../src/chat/journal.ts';
import { createLocalChatrooms } from '../../../../src/chat/localChatrooms.ts';
import { placeInRoom } from '../../../../src/chat/panel/panelPlacement.ts';
import { createRoomTranscript, type RoomTranscript } from '../../../../src/chat/panel/roomTranscript.ts';
import { matchRecords } from '../../../../src/chat/panel/turnRecords.ts';
import type { Placement } from '../../../../src/chat/placement.ts';
import { askOnce } from '../../../../src/chat/quickPrompts/askOnce.ts';
import { recoverRoom } from '../../../../src/chat/recoverRoom.ts';
import type { ReplyEvent, StateEvent } from '../../../../src/chat/replyEvents.ts';
import type { VisibleTurn } from '../../../../src/chat/turns.ts';
import { createNodeFetch } from '../../../../src/host/node/nodeFetch.ts';
import { type Asked, askPlaced, askTurn, type OnEvent, shownReply } from '../support/conversation.ts';

/** How a prompt came out, as far as its door shows it. */
export interface Answer {
  readonly reply: string;
  readonly states: readonly StateEvent['state'][];
  readonly events: readonly ReplyEvent[];
  readonly error: unknown;
  /** Of the journal; undefined at a door that keeps none. */
  readonly turn: string | undefined;
  readonly room: string | undefined;
}

/** A conversation at one door of one window. */
export interface OpenDoor {
  ask(prompt: string, onEvent?: OnEvent, isAgain?: boolean): Promise<Answer>;
}

/** One window: its files may be shared with others. */
export interface Window {
  readonly endpoint: RoomEndpoint;
  readonly journal: ReturnType<typeof createFileJournal>;
  readonly more: Partial<AskInput>;
  readonly clock: Clock;
}

/** What a window is opened on. */
export interface WindowInput {
  readonly connection: Connection;
  readonly model: string;
  readonly files: FileStore;
  /** Tells it from other windows. */
  readonly writer: string;
  readonly clock: Clock;
  /** Where a request for this address goes instead. */
  readonly route: (url: string) => string;
}

/** What the Node host gives every request. */
const nodeFetch = createNodeFetch();

/** Opens a window. */
export function openWindow({ connection, model, files, writer, clock, route }: WindowInput): Window {
  const endpoint = createEndpoint(connection, {
    fetch: (url, init) => nodeFetch(typeof url === 'string' ? route(url) : url, init),
  });
  const chatrooms =
    endpoint.chatrooms ??
    createLocalChatrooms({
      files,
      writer,
      connection: connection.name,
      streamChatCompletion: (request, options) => endpoint.streamChatCompletion(request, options),
    });
  const carriedTranscripts = createCarriedTranscripts(files);
  return {
    endpoint: { ...endpoint, chatrooms },
    journal: createFileJournal(files, writer),
    more: { clock, carriedTranscripts, model, endpointId: 'server' },
    clock,
  };
}

export const doorNames = ['participant', 'panel', 'quickRoom', 'quickOnce'] as const;
export type DoorName = (typeof doorNames)[number];

type Open = (window: Window, before?: OpenDoor) => OpenDoor;

/** How each door places a prompt and asks it; `before`: the same one as a dead host left it. */
export const doors: Readonly<Record<DoorName, Open>> = {
  participant: openParticipant,
  panel: (window, before) => openRoom(window, 'panel', before),
  quickRoom: (window, before) => openRoom(window, 'quickPrompt', before),
  quickOnce: openOnce,
};

/** Opens a room in the panel. */
export function openPanel(window: Window, room: string): OpenDoor {
  return new RoomDoor(window, 'panel', room);
}

class Participant implements OpenDoor {
  readonly #window: Window;
  readonly visible: VisibleTurn[];

  constructor(window: Window, visible: readonly VisibleTurn[]) {
    this.#window = window;
    this.visible = [...visible];
  }

  async ask(prompt: string, onEvent?: OnEvent): Promise<Answer> {
    const { endpoint, journal, more } = this.#window;
    const asked = await askTurn(endpoint, journal, this.visible, prompt, more, onEvent);
    // One that never got to a room is marked as unsent, and is no part of the conversation.
    if (asked.binding) this.visible.push(asked.visible);
    return answerOf(asked);
  }
}

/** The Chat view keeps what it showed; VS Code drops the metadata of a turn whose host died. */
function openParticipant(window: Window, before?: OpenDoor): OpenDoor {
  const visible = before instanceof Participant ? before.visible : [];
  return new Participant(
    window,
    visible.map((turn, i) => (i < visible.length - 1 ? turn : { prompt: turn.prompt, reply: turn.reply })),
  );
}

class RoomDoor implements OpenDoor {
  readonly #window: Window;
  readonly #surface: 'panel' | 'quickPrompt';
  room: string | undefined;
  #transcript: RoomTranscript | undefined;
  #last: string | undefined;

  constructor(window: Window, surface: 'panel' | 'quickPrompt', room?: string) {
    this.#window = window;
    this.#surface = surface;
    this.room = room;
  }

  async ask(prompt: string, onEvent?: OnEvent, isAgain = false): Promise<Answer> {
    const { endpoint, journal, more } = this.#window;
    const placement = await this.#place(prompt, isAgain ? this.#last : undefined);
    const asked = await askPlaced(
      endpoint,
      journal,
      placement,
      prompt,
      { ...more, surface: this.#surface },
      onEvent,
    );
    const { room = this.room } = asked.binding ?? {};
    if (room !== this.room) this.#transcript = undefined;
    this.room = room;
    this.#last = asked.binding?.turn;
    await this.#read();
    return answerOf(asked);
  }

  /** A room that is opened is looked through for turns whose end nobody has seen. */
  async #open(): Promise<RoomTranscript | undefined> {
    const { endpoint, journal, clock } = this.#window;
    const { kind, chatrooms } = endpoint;
    const { room } = this;
    if (room === undefined || this.#transcript) return this.#transcript;
    await recoverRoom({ room, kind, chatrooms, journal, clock }, () => false);
    return this.#read();
  }

  /** A room that is gone is shown as it was; `ask` notices it. */
  async #read(): Promise<RoomTranscript | undefined> {
    if (this.room === undefined) return undefined;
    this.#transcript ??= createRoomTranscript(this.#window.endpoint.chatrooms, this.room);
    await this.#transcript.refresh().catch(() => undefined);
    return this.#transcript;
  }

  async #place(prompt: string, again: string | undefined): Promise<Placement> {
    const { endpoint, journal, more } = this.#window;
    const { connection, kind, chatrooms } = endpoint;
    const { room } = this;
    const transcript = await this.#open();
    if (room === undefined || !transcript) return { kind: 'newRoom', reason: 'first', carried: [] };
    const records = await journal.records(room);
    const turns = transcript.keptEnd();
    const own = await matchRecords(turns, records, new Map());
    const carried = (await more.carriedTranscripts?.find({ connection, room })) ?? [];
    return placeInRoom({
      room,
      connection,
      kind,
      prompt,
      records,
      carried,
      isEmpty: transcript.count === 0,
      shown: [
        ...carried,
        ...turns.map(({ prompt: asked, reply }, i) => {
          const turn = own[i]?.turn;
          return { prompt: asked, reply, ...(turn !== undefined && { turn }) };
        }),
      ],
      ...(again !== undefined && { again }),
      journal,
      chatrooms,
    });
  }
}

function openRoom(window: Window, surface: 'panel' | 'quickPrompt', before?: OpenDoor): OpenDoor {
  return new RoomDoor(window, surface, before instanceof RoomDoor ? before.room : undefined);
}

function openOnce({ endpoint, more: { model } }: Window): OpenDoor {
  return {
    ask: async (prompt, onEvent) => {
      const events: ReplyEvent[] = [];
      let error: unknown;
      try {
        for await (const event of askOnce({ endpoint, prompt, ...(model !== undefined && { model }) })) {
          events.push(event);
          await onEvent?.(event);
        }
      } catch (thrown) {
        error = thrown;
      }
      const states = events.flatMap((event) => (event.type === 'state' ? event.state : []));
      return { reply: shownReply(events), states, events, error, turn: undefined, room: undefined };
    },
  };
}

function answerOf({ visible, states, events, error, binding }: Asked): Answer {
  return { reply: visible.reply, states, events, error, turn: binding?.turn, room: binding?.room };
}
