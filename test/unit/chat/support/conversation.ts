import type { RoomEndpoint } from '../../../../src/api/endpoint.ts';
import { ask } from '../../../../src/chat/ask.ts';
import type { AskInput } from '../../../../src/chat/askInput.ts';
import { createFileJournal } from '../../../../src/chat/fileJournal.ts';
import { findPlacement } from '../../../../src/chat/findPlacement.ts';
import { untranslated } from '../../../../src/chat/l10n.ts';
import type { Journal } from '../../../../src/chat/journal.ts';
import type { Placement } from '../../../../src/chat/placement.ts';
import type { ReplyEvent, StateEvent } from '../../../../src/chat/replyEvents.ts';
import type { TurnBinding, VisibleTurn } from '../../../../src/chat/turns.ts';
import { createQuickClock } from './quickClock.ts';
import { createMemoryFileStore } from './memoryFileStore.ts';

export interface Asked {
  readonly placement: Placement;
  readonly events: ReplyEvent[];
  readonly notices: string[];
  readonly states: StateEvent['state'][];
  readonly binding: TurnBinding | undefined;
  readonly error: unknown;
  /** The turn as the Chat view would hand it back. */
  readonly visible: VisibleTurn;
}

/** Hears each event of an answer before the next is pulled. */
export type OnEvent = (event: ReplyEvent) => Promise<void> | void;

export function createMemoryJournal(): Journal {
  return createFileJournal(createMemoryFileStore(), 'test');
}

/** What asks `p` in a new room. */
export function newTurn(endpoint: RoomEndpoint, more: Partial<AskInput> = {}): AskInput {
  return {
    endpoint,
    journal: createMemoryJournal(),
    placement: { kind: 'newRoom', reason: 'first', carried: [] },
    prompt: 'p',
    surface: 'participant',
    conversation: 'c',
    turn: 't',
    newRoom: { name: 'Room' },
    l10n: untranslated,
    clock: createQuickClock(),
    ...more,
  };
}

/** Does what a door does: finds the placement, asks, waits for the background work. */
export async function askTurn(
  endpoint: RoomEndpoint,
  journal: Journal,
  visible: readonly VisibleTurn[],
  prompt: string,
  more: Partial<AskInput> = {},
  onEvent?: OnEvent,
): Promise<Asked> {
  const placement = await findPlacement({
    visible,
    prompt,
    connection: endpoint.connection,
    kind: endpoint.kind,
    journal,
    chatrooms: endpoint.chatrooms,
    ...(more.endpointId !== undefined && { endpointId: more.endpointId }),
    ...(more.onJournalError && { onJournalError: more.onJournalError }),
  });
  return askPlaced(endpoint, journal, placement, prompt, more, onEvent);
}

/** Asks where the prompt was placed, and waits for the background work; what `onEvent` throws leaves the answer. */
export async function askPlaced(
  endpoint: RoomEndpoint,
  journal: Journal,
  placement: Placement,
  prompt: string,
  more: Partial<AskInput> = {},
  onEvent: OnEvent = () => undefined,
): Promise<Asked> {
  const events: ReplyEvent[] = [];
  const background: Promise<void>[] = [];
  let binding: TurnBinding | undefined;
  let error: unknown;
  try {
    const input = newTurn(endpoint, {
      journal,
      placement,
      prompt,
      conversation: placement.conversation ?? `conv-${crypto.randomUUID()}`,
      turn: crypto.randomUUID(),
      onBinding: (bound) => (binding = bound),
      onBackground: (work) => background.push(work),
      ...more,
    });
    for await (const event of ask(input)) {
      events.push(event);
      await onEvent(event);
    }
  } catch (thrown) {
    error = thrown;
  }
  await Promise.all(background);
  return {
    placement,
    events,
    states: events.flatMap((event) => (event.type === 'state' ? event.state : [])),
    notices: events.flatMap((event) => (event.type === 'notice' ? event.text : [])),
    binding,
    error,
    visible: { prompt, reply: shownReply(events), ...(binding && { binding }) },
  };
}

/** What a person sees of the answer. */
export function shownReply(events: readonly ReplyEvent[]): string {
  const shown = events.slice(
    Math.max(
      0,
      events.findLastIndex(({ type }) => type === 'replacement'),
    ),
  );
  return shown
    .flatMap((event) => (event.type === 'textDelta' || event.type === 'replacement' ? event.text : []))
    .join('');
}
