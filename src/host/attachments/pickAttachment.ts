import * as vscode from 'vscode';
import type { NewAttachment } from '../../chat/attachments/attachment.ts';
import { cleanLabel } from '../../chat/untrusted.ts';
import type { Platform } from '../platform.ts';
import type { AttachmentSources, OfferedSource } from './attachmentSources.ts';
import { fileAttachments } from './sources/files.ts';

interface SourceItem extends vscode.QuickPickItem {
  readonly make: OfferedSource['make'];
  /** The label without its icon. */
  readonly name: string;
}

const icons: Readonly<Record<OfferedSource['kind'], string>> = {
  file: 'file',
  selection: 'selection',
  symbol: 'symbol-method',
  problems: 'warning',
  changes: 'git-compare',
  terminal: 'terminal',
  image: 'file-media',
  audio: 'unmute',
  document: 'file-pdf',
  command: 'terminal',
  editors: 'files',
};

/** Lets a person choose what to attach; undefined if they change their mind. */
export function pickAttachment(
  sources: AttachmentSources,
  platform: Platform,
): Promise<Pick<OfferedSource, 'label' | 'make'> | undefined> {
  const pick = vscode.window.createQuickPick<SourceItem>();
  pick.title = vscode.l10n.t('Attach');
  pick.placeholder = vscode.l10n.t(
    'What shall go out with the prompt? Type a name to find files and symbols.',
  );
  const dialog: SourceItem = {
    label: `$(folder-opened) ${vscode.l10n.t('Files…')}`,
    name: vscode.l10n.t('Files…'),
    alwaysShow: true,
    make: () => pickFiles(platform),
  };
  let finding = 0;
  const find = async (value: string): Promise<void> => {
    finding += 1;
    const own = finding;
    const query = `#${value.trim()}`;
    const show = (found: readonly OfferedSource[]) => {
      if (own === finding) pick.items = [dialog, ...found.map(toItem)];
    };
    show(sources.find(query));
    await sources.prepare().catch(() => undefined);
    show(sources.find(query));
    const symbols = await sources.findSymbols(query);
    if (symbols.length > 0) show([...sources.find(query), ...symbols]);
    if (own === finding) pick.busy = false;
  };
  pick.busy = true;
  void find('');
  return new Promise((resolve) => {
    pick.onDidChangeValue((value) => void find(value));
    pick.onDidAccept(() => {
      const [picked] = pick.selectedItems;
      resolve(picked && { label: picked.name, make: picked.make });
      pick.hide();
    });
    pick.onDidHide(() => {
      finding += 1;
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

function toItem({ kind, label, details, make }: OfferedSource): SourceItem {
  // What fits was found already; the box would look for the letters anew.
  return {
    label: `$(${icons[kind]}) ${cleanLabel(label, 120)}`,
    description: details,
    name: label,
    alwaysShow: true,
    make,
  };
}

async function pickFiles(platform: Platform): Promise<readonly (NewAttachment | string)[]> {
  const uris = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Attach'),
    openLabel: vscode.l10n.t('Attach'),
    canSelectMany: true,
  });
  return fileAttachments(uris ?? [], true, platform);
}
