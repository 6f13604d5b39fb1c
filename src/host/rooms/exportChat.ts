import * as vscode from 'vscode';
import { type ArchiveRoom, writeArchive } from '../../chat/chatArchive.ts';
import { exportFileName, roomToMarkdown } from '../../chat/markdownExport.ts';
import type { RoomChoice } from '../../chat/roomChoices.ts';
import { archiveServerRoom } from '../../chat/serverArchive.ts';
import { isAbort } from '../../chat/turnOutcome.ts';
import { toAbortSignal } from '../cancellation.ts';
import { pickRooms } from './roomPicker.ts';
import type { RoomServices } from './roomServices.ts';
import { allRooms, type RoomSource, roomSources } from './roomSources.ts';
import { tellError } from './tellError.ts';

type Format = 'markdown' | 'json';

/** Command *Export Chat…*: one chatroom or all of them, as Markdown for people or as JSON that can be imported. */
export async function exportChat(services: RoomServices): Promise<void> {
  const picked = await pickRooms(services, { title: vscode.l10n.t('Export Chat'), offersAll: true });
  if (picked === undefined) return;
  const format = await pickFormat();
  if (format === undefined) return;
  const target = await pickTarget(format, picked === 'all' ? undefined : picked.choice);
  if (target === undefined) return;
  const sources = picked === 'all' ? await roomSources(services) : [picked.source];
  try {
    const count = await withProgress(async (signal, report) => {
      const rooms: ArchiveRoom[] = [];
      const found = picked === 'all' ? allRooms(sources, signal) : [picked];
      for await (const { source, choice } of found) {
        const room = await read(source, choice, services, signal);
        if (room) rooms.push(room);
        report(vscode.l10n.t('Chatrooms: {0}', rooms.length));
      }
      signal.throwIfAborted();
      await write(rooms, format, target, picked === 'all');
      return rooms.length;
    });
    await tellDone(count, target);
  } catch (error) {
    if (isAbort(error)) return;
    services.log.failure('Chats not exported', error);
    const [first] = sources;
    if (first && !(error instanceof vscode.FileSystemError)) tellError(error, first.connection);
    else
      void vscode.window.showErrorMessage(vscode.l10n.t('The file could not be written; check the folder.'));
  }
}

function pickFormat(): Promise<Format | undefined> {
  const items: (vscode.QuickPickItem & { readonly format: Format })[] = [
    { label: 'Markdown', description: vscode.l10n.t('for people to read'), format: 'markdown' },
    { label: 'JSON', description: vscode.l10n.t('everything; can be imported'), format: 'json' },
  ];
  return Promise.resolve(
    vscode.window.showQuickPick(items, { title: vscode.l10n.t('Export As') }).then((item) => item?.format),
  );
}

/** A file; for Markdown of all rooms a folder. */
async function pickTarget(format: Format, choice: RoomChoice | undefined): Promise<vscode.Uri | undefined> {
  const base = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (format === 'markdown' && !choice) {
    const [folder] =
      (await vscode.window.showOpenDialog({
        title: vscode.l10n.t('Export Chats Into'),
        openLabel: vscode.l10n.t('Export Here'),
        canSelectFiles: false,
        canSelectFolders: true,
        ...(base && { defaultUri: base }),
      })) ?? [];
    return folder;
  }
  const extension = format === 'json' ? 'json' : 'md';
  const name = exportFileName(choice?.room.name ?? 'tachyon-chats', extension);
  return vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Chat'),
    filters: format === 'json' ? { JSON: ['json'] } : { Markdown: ['md'] },
    ...(base && { defaultUri: vscode.Uri.joinPath(base, name) }),
  });
}

async function read(
  source: RoomSource,
  { room }: RoomChoice,
  { localRooms, journal }: RoomServices,
  signal: AbortSignal,
): Promise<ArchiveRoom | undefined> {
  signal.throwIfAborted();
  const { connection, chatrooms, isLocal } = source;
  if (isLocal) return localRooms.archive(connection).read(room.id);
  const records = await journal.records(room.id);
  return archiveServerRoom({ chatrooms, room, kind: connection.kind, records, signal });
}

async function write(
  rooms: readonly ArchiveRoom[],
  format: Format,
  target: vscode.Uri,
  isAll: boolean,
): Promise<void> {
  const { fs } = vscode.workspace;
  if (format === 'json') {
    await fs.writeFile(target, writeArchive(rooms));
    return;
  }
  const taken = new Set<string>();
  for (const room of rooms) {
    const text = new TextEncoder().encode(roomToMarkdown(room, vscode.l10n));
    await fs.writeFile(isAll ? vscode.Uri.joinPath(target, freeName(room.name, taken)) : target, text);
  }
}

/** Rooms may have one name, and some disks do not tell capitals apart. */
function freeName(name: string, taken: Set<string>): string {
  for (let number = 1; ; number += 1) {
    const found = exportFileName(number === 1 ? name : `${name.slice(0, 50)} ${number}`, 'md');
    if (taken.has(found.toLowerCase())) continue;
    taken.add(found.toLowerCase());
    return found;
  }
}

function withProgress<T>(
  work: (signal: AbortSignal, report: (message: string) => void) => Promise<T>,
): Thenable<T> {
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Exporting chats'),
      cancellable: true,
    },
    (progress, token) => work(toAbortSignal(token), (message) => progress.report({ message })),
  );
}

async function tellDone(count: number, target: vscode.Uri): Promise<void> {
  const open = vscode.l10n.t('Open');
  const text =
    count === 1
      ? vscode.l10n.t('1 chatroom was exported.')
      : vscode.l10n.t('{0} chatrooms were exported.', count);
  const isFile = /\.(?:md|json)$/.test(target.path);
  const answer = await vscode.window.showInformationMessage(text, ...(isFile ? [open] : []));
  if (answer === open) await vscode.commands.executeCommand('vscode.open', target);
}
