import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningServer } from '../../../../server/server.ts';
import { workspace } from '../../vscodeParts.ts';
import { eachPanelHost } from './eachPanelHost.ts';
import type { PanelHost } from './panelHost.ts';

/** A panel whose models are known, in a workspace of one folder. */
export interface AttachingPanel {
  readonly server: RunningServer;
  readonly host: PanelHost;
  readonly folder: string;
  /** A page that shows a conversation. */
  openPage(): Promise<ReturnType<PanelHost['open']>>;
  uri(name: string): string;
  write(name: string, text: string): Promise<void>;
}

/** Gives each test of a suite such a panel. Returns what `eachPanelHost` does. */
export function eachAttachingPanel(onMade: (made: AttachingPanel) => void): ReturnType<typeof eachPanelHost> {
  let folder: string;
  let host: PanelHost;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'attachments-'));
    workspace.folder = folder;
  });
  const make = eachPanelHost((made) => {
    host = made.host;
    const opened = host;
    onMade({
      ...made,
      folder,
      async openPage() {
        const played = opened.open();
        played.say({ type: 'ready' });
        await played.next('conversation');
        return played;
      },
      uri: (name) => `file://${join(folder, name)}`,
      write: (name, text) => writeFile(join(folder, name), text),
    });
  });
  beforeEach(() => host.panel.models.load(host.tachyon()));
  afterEach(async () => {
    workspace.folder = undefined;
    await rm(folder, { recursive: true });
  });
  return make;
}

/** A page, and the next context with so many attachments; `isNew`: not one that was told already. */
export async function openWithContext(panel: AttachingPanel) {
  const played = await panel.openPage();
  const context = async (count: number, isNew = false) => {
    const before = isNew ? played.told.length : 0;
    const fits = (message: { context: { attachments: readonly unknown[] } }) =>
      message.context.attachments.length === count &&
      played.told.findLastIndex((told) => told === message) >= before;
    return (await played.next('context', fits)).context;
  };
  return { ...played, context };
}
