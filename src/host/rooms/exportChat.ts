import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import type { ArchiveRoom } from '../../chat/chatArchive.ts';
import { archiveServerRoom } from '../../chat/serverArchive.ts';
import { isAbort } from '../../chat/turnOutcome.ts';
import { toAbortSignal } from '../cancellation.ts';
import { type ExportFiles, exportFiles, type ExportFormat, pickTarget } from './exportFiles.ts';
import { type PickedRooms, pickRooms } from './roomPicker.ts';
import type { RoomServices } from './roomServices.ts';
import { allRooms, type FoundRoom, roomSources } from './roomSources.ts';
import { errorText } from './tellError.ts';

/** Something of an export that could not be read. */
interface Failure {
  readonly connection: Connection;
  readonly error: unknown;
  /** One chatroom, or the list of all. */
  readonly isList: boolean;
}

/** What became of an export. */
interface Exported {
  readonly count: number;
  readonly failures: readonly Failure[];
  readonly canBeImported: boolean;
}

/**
 * Command *Export Chat…*: one chatroom or all of them, as Markdown for people or as JSON that can be imported. Of all of
 * them, what can be read is exported; what cannot is told.
 */
export async function exportChat(services: RoomServices): Promise<void> {
  const picked = await pickRooms(services, { title: vscode.l10n.t('Export Chat'), offersAll: true });
  if (picked !== undefined) await exportPicked(picked, services);
}

/** Exports what was picked, in the format and to the file that the person picks now. */
export async function exportPicked(picked: PickedRooms, services: RoomServices): Promise<void> {
  const format = await pickFormat();
  if (format === undefined) return;
  const isAll = picked === 'all';
  const target = await pickTarget(format, isAll ? undefined : picked.choice.room.name);
  if (target === undefined) return;
  const files = exportFiles(format, target, isAll && format === 'markdown');
  try {
    tellDone(await runExport(picked, files, services), target);
  } catch (error) {
    if (isAbort(error)) return;
    services.log.failure('Chats not exported', error);
    void vscode.window.showErrorMessage(vscode.l10n.t('The file could not be written; check the folder.'));
  }
}

function pickFormat(): Promise<ExportFormat | undefined> {
  const items: (vscode.QuickPickItem & { readonly format: ExportFormat })[] = [
    { label: 'Markdown', description: vscode.l10n.t('for people to read'), format: 'markdown' },
    { label: 'JSON', description: vscode.l10n.t('everything; can be imported'), format: 'json' },
  ];
  return Promise.resolve(
    vscode.window.showQuickPick(items, { title: vscode.l10n.t('Export As') }).then((item) => item?.format),
  );
}

/** Rejects with what the file system says, or an `AbortError`. */
function runExport(picked: PickedRooms, files: ExportFiles, services: RoomServices): Thenable<Exported> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Exporting chats'),
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (progress, token) => {
    const signal = toAbortSignal(token);
    const failures: Failure[] = [];
    let count = 0;
    const found = picked === 'all' ? allRooms(await roomSources(services), signal) : [picked];
    for await (const each of found) {
      const room = await read(each, services, signal).catch((error: unknown) => {
        signal.throwIfAborted();
        const { connection } = each.source;
        services.log.failure('Chat not exported', error, { connection: connection.name });
        failures.push({ connection, error, isList: 'error' in each });
      });
      if (!room) continue;
      await files.add(room);
      count += 1;
      progress.report({ message: vscode.l10n.t('Chatrooms: {0}', count) });
    }
    signal.throwIfAborted();
    // Nothing but failures: no empty file looks like a copy.
    const canBeImported = (count === 0 && failures.length > 0) || (await files.end());
    return { count, failures, canBeImported };
  });
}

async function read(
  found: FoundRoom,
  { localRooms, journal }: RoomServices,
  signal: AbortSignal,
): Promise<ArchiveRoom | undefined> {
  signal.throwIfAborted();
  if ('error' in found) throw found.error;
  const {
    source: { connection, chatrooms, isLocal },
    choice: { room },
  } = found;
  if (isLocal) return localRooms.archive(connection).read(room.id);
  const records = await journal.records(room.id);
  return archiveServerRoom({ chatrooms, room, kind: connection.kind, records, signal });
}

function tellDone({ count, failures, canBeImported }: Exported, target: vscode.Uri): void {
  const [first] = failures;
  if (first && count === 0) {
    void vscode.window.showErrorMessage(errorText(first.error, first.connection));
    return;
  }
  const unlisted = failures.filter(({ isList }) => isList).map(({ connection }) => connection.name);
  const unread = failures.length - unlisted.length;
  const texts = [
    count === 1
      ? vscode.l10n.t('1 chatroom was exported.')
      : vscode.l10n.t('{0} chatrooms were exported.', count),
    ...(unread > 0
      ? [vscode.l10n.t('Chatrooms that could not be read: {0}; the log says more.', unread)]
      : []),
    ...(unlisted.length > 0
      ? [vscode.l10n.t('Not all chatrooms of {0} could be listed; the log says more.', unlisted.join(', '))]
      : []),
    ...(canBeImported
      ? []
      : [
          vscode.l10n.t(
            'The file is larger than 256 MB, so “Import Chats…” refuses it; export chatrooms one by one to import them.',
          ),
        ]),
  ];
  void offerToOpen(texts, target);
}

/** What is missing is a warning. */
async function offerToOpen(texts: readonly string[], target: vscode.Uri): Promise<void> {
  const { showInformationMessage, showWarningMessage } = vscode.window;
  const open = vscode.l10n.t('Open');
  const show = texts.length > 1 ? showWarningMessage : showInformationMessage;
  const isFile = /\.(?:md|json)$/.test(target.path);
  const answer = await show(texts.join(' '), ...(isFile ? [open] : []));
  if (answer === open) await vscode.commands.executeCommand('vscode.open', target);
}
