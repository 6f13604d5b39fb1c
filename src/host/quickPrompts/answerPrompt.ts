import * as vscode from 'vscode';
import { withLoadingNotice } from '../../chat/loadingModel.ts';
import { askOnce } from '../../chat/quickPrompts/askOnce.ts';
import type { ReplyEvent } from '../../chat/replyEvents.ts';
import type { SentRequests } from '../../chat/sentRequest.ts';
import type { SentAttachments } from '../attachments/sentAttachments.ts';
import { abortable } from '../cancellation.ts';
import type { SignInServices } from '../models/signInWithModels.ts';
import type { TurnTarget } from '../models/turnTarget.ts';
import type { ChatPanel } from '../panel/chatPanel.ts';
import type { Conversation } from '../panel/conversation.ts';
import { promptOf } from '../panel/placedPrompt.ts';
import type { LiveTurns } from '../rooms/liveTurns.ts';
import { tappedCompletions } from '../sent/tappedEndpoint.ts';
import type { AskedSelections } from './askedSelections.ts';
import type { AskedPrompt, FilledPrompt } from './preparePrompt.ts';
import { keepOwnRoom, roomOf, roomPlace } from './promptRooms.ts';

/** A quick prompt on its way. */
export interface Run {
  readonly id: string;
  readonly asked: AskedPrompt;
  readonly filled: FilledPrompt;
  readonly target: TurnTarget;
  /** For an answer that goes into the editor that it was asked in. */
  readonly selected?: AskedSelections;
  /** The turn that failed and is asked again. */
  readonly again?: string;
}

/** What a quick prompt is sent with. */
export interface SendServices extends Pick<SignInServices, 'connections'> {
  readonly panel: {
    askFor(...asked: Parameters<ChatPanel['askFor']>): Promise<Pick<Conversation, 'key'>>;
  };
  readonly live: Pick<LiveTurns, 'lastRoom'>;
  readonly sent: SentRequests;
  readonly workspaceState: vscode.Memento;
}

/** Who hears of an answer. */
export interface AnswerDoor {
  readonly signal: AbortSignal;
  readonly show: (event: ReplyEvent) => void;
  /** Hears that the prompt goes out: its room shows it. */
  readonly onSent?: () => void;
  /** Hears the `roomReference` of the room that has it, whatever became of it. */
  readonly onRoom: (key: string) => void;
}

/** Asks without a room. Rejects as `askOnce`. */
export async function answerOnce(
  { id, filled, target }: Run,
  attachments: SentAttachments,
  { signal, show }: Pick<AnswerDoor, 'signal' | 'show'>,
  { connections, sent }: SendServices,
): Promise<void> {
  const { connection } = target;
  const endpoint = tappedCompletions(connections.endpoint(connection), (request) => {
    void sent.keep(id, { connection: connection.name, prompt: filled.text }, request);
  });
  const prompt = promptOf({ target, prompt: filled.text, attachments, parameters: {} });
  const events = askOnce({ ...prompt, endpoint, signal });
  for await (const event of withLoadingNotice(events, connection, vscode.l10n)) show(event);
}

/**
 * Asks in the prompt's room; `attachments` are read for the tokens that the room has already. Rejects as
 * `ChatPanel.askFor`, and with what the answer failed with, unless the panel shows that.
 */
export async function answerInRoom(
  { id, asked, filled, target, again }: Run,
  attachments: (tokens: number) => Promise<SentAttachments>,
  { signal, show = () => undefined, onSent, onRoom }: Pick<AnswerDoor, 'signal'> & Partial<AnswerDoor>,
  services: SendServices,
): Promise<void> {
  const { panel, workspaceState } = services;
  const room = roomOf(asked.prompt);
  const { key, name } = roomPlace(room, target.connection.name, services);
  const { promise: ended, resolve, reject } = Promise.withResolvers<void>();
  const door = {
    surface: 'quickPrompt' as const,
    turn: id,
    target,
    signal,
    title: asked.prompt.name,
    ...(name !== undefined && { roomName: name }),
    show,
    end: (error?: unknown) => (error === undefined ? resolve() : reject(error)),
  };
  const shows = asked.prompt.target === 'panel';
  // Nobody may wait for it any more.
  ended.catch(() => undefined);
  const asking = panel.askFor(door, {
    ...(key !== undefined && { key }),
    ...(again !== undefined && { again }),
    prompt: filled.text,
    attachments,
    shows,
  });
  // A room that cannot be read is given up by a stop, too.
  const conversation = await abortable(asking, signal);
  onSent?.();
  try {
    await (shows ? ended.catch(() => undefined) : ended);
  } finally {
    if (conversation.key !== undefined) {
      onRoom?.(conversation.key);
      if (room === 'own') await keepOwnRoom(target.connection.name, conversation.key, workspaceState);
    }
  }
}
