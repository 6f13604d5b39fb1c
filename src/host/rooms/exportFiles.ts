import * as vscode from 'vscode';
import { type ArchiveRoom, longestArchive, writeArchive } from '../../chat/chatArchive.ts';
import { exportFileName, freeFileName, roomToMarkdown } from '../../chat/markdownExport.ts';

/** Markdown for people, or JSON that can be imported. */
export type ExportFormat = 'markdown' | 'json';

/** Where exported rooms go, one after the other. Rejects with what the file system says. */
export interface ExportFiles {
  add(room: ArchiveRoom): Promise<void>;
  /** Writes what is not written yet. Returns whether *Import Chats…* takes it; Markdown is never asked for. */
  end(): Promise<boolean>;
}

/** A file; for Markdown of all rooms, whose `name` is missing, a folder. Undefined: the person gave up. */
export async function pickTarget(
  format: ExportFormat,
  name: string | undefined,
): Promise<vscode.Uri | undefined> {
  const base = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (format === 'markdown' && name === undefined) {
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
  const file = exportFileName(name ?? 'tachyon-chats', format === 'json' ? 'json' : 'md');
  return vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Chat'),
    filters: format === 'json' ? { JSON: ['json'] } : { Markdown: ['md'] },
    ...(base && { defaultUri: vscode.Uri.joinPath(base, file) }),
  });
}

/** Opens the target; in a folder, nothing that is there is written over. */
export function exportFiles(format: ExportFormat, target: vscode.Uri, isFolder: boolean): ExportFiles {
  if (format === 'json') return archiveFile(target);
  return isFolder ? markdownFolder(target) : markdownFile(target);
}

function archiveFile(target: vscode.Uri): ExportFiles {
  const rooms: ArchiveRoom[] = [];
  return {
    add: async (room) => void rooms.push(room),
    end: async () => {
      const bytes = writeArchive(rooms);
      await vscode.workspace.fs.writeFile(target, bytes);
      return bytes.length <= longestArchive;
    },
  };
}

function markdownFile(target: vscode.Uri): ExportFiles {
  return {
    add: async (room) => vscode.workspace.fs.writeFile(target, markdownOf(room)),
    end: async () => true,
  };
}

function markdownFolder(folder: vscode.Uri): ExportFiles {
  let taken: Set<string> | undefined;
  return {
    add: async (room) => {
      taken ??= new Set(
        (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name.toLowerCase()),
      );
      const file = vscode.Uri.joinPath(folder, freeFileName(room.name, 'md', taken));
      await vscode.workspace.fs.writeFile(file, markdownOf(room));
    },
    end: async () => true,
  };
}

function markdownOf(room: ArchiveRoom): Uint8Array {
  return new TextEncoder().encode(roomToMarkdown(room, vscode.l10n));
}
