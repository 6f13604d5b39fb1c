import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import { dialectOf } from '../../api/dialects.ts';
import {
  ArchiveError,
  type ArchiveProblem,
  type ArchiveRoom,
  longestArchive,
  parseArchive,
} from '../../chat/chatArchive.ts';
import { StorageError } from '../../chat/storageError.ts';
import { openRoom, type OpenInPanel } from './openRoom.ts';
import type { RoomServices } from './roomServices.ts';
import { tellError } from './tellError.ts';

/**
 * Command *Import Chats…*: makes chatrooms on this machine of an archive. No API writes messages into a server's rooms, so
 * those of a connection with a server stay here too, and go on there with their transcript.
 */
export async function importChats(services: RoomServices, openInPanel: OpenInPanel): Promise<void> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Import Chats'),
      openLabel: vscode.l10n.t('Import'),
      filters: { JSON: ['json'] },
    })) ?? [];
  if (!file) return;
  const rooms = await read(file);
  if (!rooms) return;
  const connection = await pickConnection(services, rooms);
  if (!connection) return;
  await keep(rooms, connection, services, openInPanel);
}

async function read(file: vscode.Uri): Promise<ArchiveRoom[] | undefined> {
  try {
    const { size } = await vscode.workspace.fs.stat(file);
    // Before the whole file is read.
    if (size > longestArchive) throw new ArchiveError('tooLarge');
    const rooms = parseArchive(await vscode.workspace.fs.readFile(file));
    if (rooms.length > 0) return rooms;
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no chat in this file.'));
  } catch (error) {
    const text =
      error instanceof ArchiveError
        ? archiveText(error)
        : vscode.l10n.t('The file could not be read; check its permissions.');
    void vscode.window.showErrorMessage(text);
  }
  return undefined;
}

function archiveText({ problem, room }: ArchiveError): string {
  const texts: Readonly<Record<ArchiveProblem, string>> = {
    notAnArchive: vscode.l10n.t('This file is no export of Tachyon Chat; nothing was imported.'),
    damaged: vscode.l10n.t('This file is damaged or was cut off; nothing was imported.'),
    newerVersion: vscode.l10n.t(
      'This file was written by a newer version of Tachyon Chat; update the extension. Nothing was imported.',
    ),
    tooDeep: vscode.l10n.t('This file is nested too deeply; nothing was imported.'),
    tooLarge: vscode.l10n.t('This file is larger than 256 MB; nothing was imported.'),
  };
  return room === undefined ? texts[problem] : `${texts[problem]} ${vscode.l10n.t('(Chat {0})', room)}`;
}

async function pickConnection(
  { connections }: RoomServices,
  rooms: readonly ArchiveRoom[],
): Promise<Connection | undefined> {
  // Those of the kind that the chats came from first.
  const kinds = new Set(rooms.map(({ kind }) => kind));
  const all = connections.all().toSorted((a, b) => Number(kinds.has(b.kind)) - Number(kinds.has(a.kind)));
  const picked = await vscode.window.showQuickPick(
    all.map((connection) => ({
      label: connection.name,
      description: connection.kind,
      detail: dialectOf(connection.kind).hasChatrooms
        ? vscode.l10n.t(
            'Kept on this machine. The next prompt goes on in a new chatroom of the server, with the transcript.',
          )
        : vscode.l10n.t('Kept on this machine, like all chatrooms of this connection.'),
      connection,
    })),
    {
      title:
        rooms.length === 1
          ? vscode.l10n.t('Import 1 Chat For')
          : vscode.l10n.t('Import {0} Chats For', rooms.length),
      placeHolder: vscode.l10n.t('The connection that goes on with these chats'),
    },
  );
  return picked?.connection;
}

async function keep(
  rooms: readonly ArchiveRoom[],
  connection: Connection,
  services: RoomServices,
  openInPanel: OpenInPanel,
): Promise<void> {
  const archive = services.localRooms.archive(connection);
  let [added, done] = [0, 0];
  const title = vscode.l10n.t('Importing chats');
  try {
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      async (progress, token) => {
        for (const room of rooms) {
          if (token.isCancellationRequested) break;
          if (await archive.write(room)) added += 1;
          done += 1;
          progress.report({ increment: 100 / rooms.length });
        }
      },
    );
  } catch (error) {
    services.log.failure('Chats not imported', error, { connection: connection.name });
    tellError(error instanceof StorageError ? error : new StorageError('unreadable'), connection);
  }
  services.log.info('Chats imported', { connection: connection.name, count: added });
  if (done === 0) return;
  const open = vscode.l10n.t('Open Chatroom…');
  const text = [
    vscode.l10n.t('Chats imported: {0}.', added),
    ...(done > added ? [vscode.l10n.t('Here already: {0}.', done - added)] : []),
    ...(rooms.length > done ? [vscode.l10n.t('Not imported: {0}.', rooms.length - done)] : []),
  ].join(' ');
  if ((await vscode.window.showInformationMessage(text, open)) === open)
    await openRoom(services, openInPanel);
}
