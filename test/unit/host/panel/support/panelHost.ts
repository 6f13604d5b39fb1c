import assert from 'node:assert/strict';
import { realpath } from 'node:fs/promises';
import type * as vscode from 'vscode';
import type { Connection } from '../../../../../src/api/connection.ts';
import { createBufferingWatch } from '../../../../../src/chat/bufferedStream.ts';
import { createCarriedTranscripts } from '../../../../../src/chat/carriedTranscripts.ts';
import { systemClock } from '../../../../../src/chat/clock.ts';
import { createFileJournal } from '../../../../../src/chat/fileJournal.ts';
import { createDrafts } from '../../../../../src/chat/panel/drafts.ts';
import { createRoomSignals } from '../../../../../src/chat/panel/roomSignals.ts';
import { createSentRequests } from '../../../../../src/chat/sentRequest.ts';
import type { PanelPage } from '../../../../../src/host/panel/panelPage.ts';
import type { PanelLook } from '../../../../../src/host/panel/quickLook.ts';
import type { PanelServices } from '../../../../../src/host/panel/panelServices.ts';
import type { PanelState } from '../../../../../src/host/panel/panelState.ts';
import type { FromWebview, ToWebview } from '../../../../../src/shared/panelMessages.ts';
import { developmentKey, developmentOperator, type RunningServer } from '../../../../server/server.ts';
import { createMemoryFileStore } from '../../../chat/support/memoryFileStore.ts';
import { configuration } from '../../vscodeParts.ts';
import { standInForVscode, uriOf } from '../../vscodeFiles.ts';

standInForVscode();
const { Attachments } = await import('../../../../../src/host/attachments/attachments.ts');
const { ConnectionNames } = await import('../../../../../src/host/connections/connectionNames.ts');
const { Connections } = await import('../../../../../src/host/connections/connections.ts');
const { createRoomEndpoints } = await import('../../../../../src/host/connections/roomEndpoints.ts');
const { CredentialStore } = await import('../../../../../src/host/connections/credentialStore.ts');
const { ModelList } = await import('../../../../../src/host/models/modelList.ts');
const { RunningTurns } = await import('../../../../../src/host/participant/runningTurns.ts');
const { Conversations } = await import('../../../../../src/host/panel/conversations.ts');
const { PanelActions } = await import('../../../../../src/host/panel/panelActions.ts');
const { PanelPage: Page } = await import('../../../../../src/host/panel/panelPage.ts');
const { PinnedRooms } = await import('../../../../../src/host/panel/pinnedRooms.ts');
const { Prompts } = await import('../../../../../src/host/panel/prompts.ts');
const { RoomDeletes } = await import('../../../../../src/host/panel/roomDeletes.ts');
const { RoomNames } = await import('../../../../../src/host/panel/roomNames.ts');
const { LiveTurns } = await import('../../../../../src/host/rooms/liveTurns.ts');
const { createLocalRooms } = await import('../../../../../src/host/rooms/localRooms.ts');
const { RoomNews } = await import('../../../../../src/host/rooms/roomNews.ts');
const { AudioStore } = await import('../../../../../src/host/storage/audioStore.ts');

type Told<T extends ToWebview['type']> = Extract<ToWebview, { type: T }>;

/** A page that is played: what it was told, and what it says. */
interface PlayedPage {
  readonly page: PanelPage;
  readonly told: readonly ToWebview[];
  /** The rooms that it showed, for after a reload; the last one counts. */
  readonly rooms: readonly (string | undefined)[];
  readonly say: (message: FromWebview) => void;
  /** The next message that fits, told already or not; each is given once. */
  readonly next: <T extends ToWebview['type']>(
    type: T,
    fits?: (message: Told<T>) => boolean,
  ) => Promise<Told<T>>;
}

/** The panel of one window, without its views. */
export interface PanelHost extends PanelState {
  /** Hears when something is logged as failed. */
  onFailure: () => void;
  /** Hears what a title bar shows. */
  onLook: (look: PanelLook) => void;
  open(key?: string): PlayedPage;
  tachyon(): Connection;
  /** The next turn of this window comes to its end. */
  ended(): Promise<void>;
  close(): void;
}

/**
 * The host's side of the panel as `extension.ts` builds it, connected to a server; files are in memory. `fields` are those
 * of the connection beside its address.
 */
export function createPanelHost(
  server: Pick<RunningServer, 'url'>,
  fields: Readonly<Record<string, unknown>> = {},
): PanelHost {
  configuration.set('tachyon.connections', {
    tachyon: { kind: 'tachyon', url: server.url, operatorId: developmentOperator, ...fields },
  });
  const [workspaceState, globalState] = [createMemento(), createMemento()];
  const platform = {
    environmentVariable: (name: string) => (name === 'TACHYON_API_KEY' ? developmentKey : undefined),
    restrictToOwner: () => Promise.resolve(),
    realPath: ({ fsPath }: vscode.Uri) => realpath(fsPath),
  };
  const log = { show: ignore, info: ignore, failure: () => host.onFailure(), dispose: ignore };
  const names = new ConnectionNames(globalState);
  const connections = new Connections(
    new CredentialStore(createSecrets(), platform),
    workspaceState,
    platform,
    names,
  );
  const [files, shared] = [createMemoryFileStore(), createMemoryFileStore()];
  const localRooms = createLocalRooms(connections, names, shared, 'w', log);
  const signals = createRoomSignals(shared, 'w', ignore);
  const live = new LiveTurns(signals, systemClock);
  const drafts = createDrafts(files, 'w');
  const attachments = new Attachments(drafts, platform, log);
  const panel: PanelServices = {
    extensionUri: uriOf('/extension'),
    connections,
    names,
    rooms: createRoomEndpoints(connections, names, localRooms),
    localRooms,
    models: new ModelList(connections, globalState, log),
    journal: createFileJournal(files, 'w'),
    carriedTranscripts: createCarriedTranscripts(shared),
    running: new RunningTurns(),
    live,
    signals,
    drafts,
    attachments,
    audio: new AudioStore(files, log),
    useCode: () => Promise.resolve(),
    sent: createSentRequests(files, ignore),
    buffering: createBufferingWatch(),
    log,
    workspaceState,
    globalState,
  };
  const news = new RoomNews(signals, names);
  const pins = new PinnedRooms(globalState);
  const deletes = new RoomDeletes(panel, news, pins);
  const conversations = new Conversations(panel);
  const state: PanelState = { panel, news, pins, deletes, roomNames: new RoomNames(), conversations };
  const actions = new PanelActions(state, new Prompts(panel, conversations), ignore);
  const pages: PanelPage[] = [];
  const host: PanelHost = {
    ...state,
    onFailure: ignore,
    onLook: ignore,
    open: (key) => {
      const played = play((post, onRoom) => {
        const holder = {
          isEditor: false,
          post,
          onLook: (look: PanelLook) => host.onLook(look),
          onRoom,
          onReady: ignore,
          onFocus: ignore,
        };
        return new Page(state, actions, holder, key);
      });
      pages.push(played.page);
      return played;
    },
    tachyon: () => {
      const connection = connections.get('tachyon');
      assert.ok(connection);
      return connection;
    },
    ended: () =>
      new Promise((resolve) => {
        const subscription = live.onEvent(({ type }) => {
          if (type !== 'ended') return;
          subscription.dispose();
          resolve();
        });
      }),
    close: () => {
      panel.running.stop();
      for (const page of pages) page.dispose();
      for (const each of [attachments, deletes, conversations, news, live, panel.models, connections])
        each.dispose();
    },
  };
  return host;
}

function play(
  make: (post: (message: ToWebview) => void, onRoom: (key: string | undefined) => void) => PanelPage,
): PlayedPage {
  const told: ToWebview[] = [];
  const rooms: (string | undefined)[] = [];
  const taken = new Set<ToWebview>();
  const listeners = new Set<() => void>();
  const post = (message: ToWebview): void => {
    told.push(message);
    for (const listener of listeners) listener();
  };
  const page = make(post, (key) => rooms.push(key));
  return {
    page,
    told,
    rooms,
    say: (message) => page.receive(message),
    next: (type, fits = () => true) =>
      new Promise((resolve) => {
        const look = () => {
          const found = told.find(
            (message): message is Told<typeof type> =>
              isOf(message, type) && !taken.has(message) && fits(message),
          );
          if (!found) return;
          taken.add(found);
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
        look();
      }),
  };
}

function isOf<T extends ToWebview['type']>(message: ToWebview, type: T): message is Told<T> {
  return message.type === type;
}

function ignore(): void {
  // Nobody listens.
}

export function createMemento(): vscode.Memento {
  const values = new Map<string, unknown>();
  return {
    keys: () => [...values.keys()].filter((key) => values.get(key) !== undefined),
    get: (key: string, otherwise?: unknown) => values.get(key) ?? otherwise,
    update: async (key, value) => void values.set(key, value),
  };
}

function createSecrets(): vscode.SecretStorage {
  return {
    keys: async () => [],
    get: async () => undefined,
    store: async () => undefined,
    delete: async () => undefined,
    onDidChange: () => ({ dispose: ignore }),
  };
}
