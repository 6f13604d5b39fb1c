import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { dialectOf } from '../../api/dialects.ts';
import { splitAttachments } from '../../chat/attachments/splitAttachments.ts';
import { joinBlocks } from '../../chat/carried.ts';
import { describeError } from '../../chat/describeError.ts';
import { endpointId } from '../../chat/endpointId.ts';
import { leftConnection } from '../../chat/leftRooms.ts';
import { isLocalRoomId } from '../../chat/localRoomNames.ts';
import { quoted } from '../../chat/markdownSafety.ts';
import {
  type OpenedConversation,
  type OpenedRoom,
  openedRecord,
  parseRoomReference,
  readOpenedRoom,
  roomReference,
  type RoomReference,
} from '../../chat/openedRoom.ts';
import { describeStorageError } from '../../chat/storageError.ts';
import { isAbort } from '../../chat/turnOutcome.ts';
import type { TurnBinding } from '../../chat/turns.ts';
import { escapeMarkdown } from '../../chat/untrusted.ts';
import type { RoomServices } from '../rooms/roomServices.ts';
import { repeatedPrompt } from './askAgain.ts';
import { createAnswerWriter } from './answerWriter.ts';
import { signInText } from './conversationNotes.ts';
import { offerAction } from './errorAnswer.ts';
import { chatResult } from './turnMetadata.ts';

/**
 * An imported room of a connection with chatrooms of its own, or one whose connection is not there: the next turn begins
 * another one.
 */
const notOnServer = 'local';

type OpenServices = Omit<RoomServices, 'drafts' | 'pins' | 'choices'>;

/**
 * Answers `/room`: shows the last turns of a chatroom and binds the conversation to it. Never throws. `openCommand` is the
 * command *Open Chatroom…*.
 */
export async function openRoomTurn(
  request: vscode.ChatRequest,
  stream: vscode.ChatResponseStream,
  services: OpenServices,
  signal: AbortSignal,
  openCommand: string,
): Promise<vscode.ChatResult> {
  const reference = parseRoomReference(request.prompt);
  const isLocal = reference !== undefined && isLocalRoomId(reference.room);
  const left = isLocal ? leftConnection(reference.connection) : undefined;
  const connection = left ?? (reference && services.connections.get(reference.connection));
  if (!reference || !connection) {
    stream.markdown(
      reference
        ? vscode.l10n.t('There is no connection “{0}”.', escapeMarkdown(reference.connection))
        : vscode.l10n.t('This names no chatroom. Pick one in the list.'),
    );
    stream.button({ command: openCommand, title: vscode.l10n.t('Open Chatroom…') });
    return chatResult({ unsent: true });
  }
  const isKept = left !== undefined || (isLocal && dialectOf(connection.kind).hasChatrooms);
  if (!isKept && (await services.connections.missing(connection)) === 'credential') {
    stream.markdown(signInText(services.connections, connection));
    offerAction(stream, { action: 'signIn' }, undefined, repeatedPrompt(request));
    return chatResult({ unsent: true });
  }
  try {
    return await showRoom(reference, connection, isKept, stream, services, signal);
  } catch (error) {
    if (signal.aborted || isAbort(error)) return chatResult({ unsent: true });
    services.log.failure('Chatroom not opened', error, { connection: connection.name });
    const described =
      describeStorageError(error, vscode.l10n) ??
      describeError(error, connection.name, vscode.l10n, connection.kind);
    offerAction(stream, described, undefined, repeatedPrompt(request));
    return chatResult({ unsent: true }, described.message);
  }
}

async function showRoom(
  { room }: RoomReference,
  connection: Connection,
  isKept: boolean,
  stream: vscode.ChatResponseStream,
  { rooms, localRooms, journal, carriedTranscripts, live, log }: OpenServices,
  signal: AbortSignal,
): Promise<vscode.ChatResult> {
  stream.progress(vscode.l10n.t('Opening the chatroom…'));
  const endpoint = rooms(connection);
  const { connection: stored } = endpoint;
  const chatrooms = isKept ? localRooms.of(connection) : endpoint.chatrooms;
  const [opened, carried] = await Promise.all([
    readOpenedRoom(chatrooms, room, signal),
    carriedTranscripts.find({ connection: stored, room }).catch(() => []),
  ]);
  const binding: TurnBinding = {
    conversation: crypto.randomUUID(),
    room,
    // The name that turns are kept under: a renamed connection goes on with the room.
    connection: stored,
    turn: crypto.randomUUID(),
    endpoint: isKept ? notOnServer : await endpointId(connection),
  };
  live.opened(roomReference({ connection: stored, room }));
  showTurns({ ...opened, turns: [...carried, ...opened.turns] }, stream, isKept ? connection : undefined);
  try {
    if (!isKept)
      await journal.begin(await openedRecord(binding, opened.messages, await journal.records(room)));
  } catch (error) {
    // Then the first answer tells of turns that were added elsewhere, which is all.
    log.failure('Journal not written or read', error);
  }
  const conversation: OpenedConversation = {
    binding,
    turns: opened.turns,
    ...(carried.length > 0 && { carried }),
  };
  return { metadata: { tachyon: { opened: conversation } } };
}

/** Prompts as quotations, answers as they are. */
function showTurns(
  { turns, earlier }: OpenedRoom,
  stream: vscode.ChatResponseStream,
  kept: Connection | undefined,
): void {
  const writer = createAnswerWriter(stream);
  const notes = [
    ...(turns.length === 0 ? [vscode.l10n.t('This chatroom is empty.')] : []),
    ...(earlier > 0 ? [vscode.l10n.t('Earlier turns that are not shown: {0}.', earlier)] : []),
    ...(kept ? [keptText(kept)] : []),
  ];
  for (const note of notes) writer.note(`> ${note}\n\n`);
  for (const { prompt, reply } of turns) {
    writer.note(`${quoted(shownPrompt(prompt))}\n\n`);
    writer.text(reply === '' ? `_${vscode.l10n.t('No answer')}_` : reply);
    writer.note('\n\n---\n\n');
  }
  writer.finish();
}

/** Attachments by their names, and not with their text. */
function shownPrompt(content: string): string {
  const { names, prompt } = splitAttachments(content);
  const named = names.map((name) => `[${escapeMarkdown(name)}]`);
  return joinBlocks(...named, prompt.replace(/\r\n?/g, '\n'));
}

function keptText({ name }: Connection): string {
  return leftConnection(name)
    ? vscode.l10n.t(
        'The connection of this chatroom is not there any more. The next prompt goes on in a new chatroom of another one, with the turns shown here.',
      )
    : vscode.l10n.t(
        'This chat was imported. The next prompt goes on in a new chatroom of “{0}”, with the turns shown here.',
        escapeMarkdown(name),
      );
}
