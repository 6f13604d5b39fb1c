import * as vscode from 'vscode';
import { createFileJournal } from '../chat/fileJournal.ts';
import { modelVendor, participant } from '../shared/contributions.ts';
import { registerCommands } from './commands.ts';
import { Connections } from './connections/connections.ts';
import { createRoomEndpoints } from './connections/roomEndpoints.ts';
import { watchSettings } from './connections/settingsProblems.ts';
import { CredentialStore } from './connections/credentialStore.ts';
import { createLog } from './log.ts';
import { ModelList } from './models/modelList.ts';
import { createModelProvider } from './models/modelProvider.ts';
import { followupProvider } from './participant/followups.ts';
import { createHandler } from './participant/handler.ts';
import { RunningTurns } from './participant/runningTurns.ts';
import type { Platform } from './platform.ts';
import { AudioStore } from './storage/audioStore.ts';
import { createWorkspaceFileStore } from './storage/workspaceFileStore.ts';

/** Builds everything once and registers it. No network and no file is touched here. */
export function activateExtension(context: vscode.ExtensionContext, platform: Platform): void {
  const { workspaceState, globalState, secrets, subscriptions } = context;
  const log = createLog();
  const connections = new Connections(new CredentialStore(secrets, platform), workspaceState, platform);
  const models = new ModelList(connections, globalState, log);
  const storage = vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'journal');
  const files = createWorkspaceFileStore(storage, platform);
  const window = crypto.randomUUID().slice(0, 8);
  const journal = createFileJournal(files, window);
  // Chatrooms are for all workspaces: their lists show this one's first.
  const roomFiles = createWorkspaceFileStore(
    vscode.Uri.joinPath(context.globalStorageUri, 'chatrooms'),
    platform,
  );
  const rooms = createRoomEndpoints(connections, roomFiles, window, log);
  const running = new RunningTurns();
  const audio = new AudioStore(files, log);
  const participantServices = { connections, rooms, models, journal, running, audio, log, workspaceState };
  const handler = createHandler(participantServices);
  const chat = vscode.chat.createChatParticipant(participant.id, handler);
  chat.iconPath = vscode.Uri.joinPath(context.extensionUri, 'media', 'icon.png');
  chat.followupProvider = followupProvider;
  subscriptions.push(
    log,
    connections,
    watchSettings(connections),
    models,
    chat,
    vscode.lm.registerLanguageModelChatProvider(modelVendor, createModelProvider(connections, models)),
    ...registerCommands({ connections, models, running, audio, log, workspaceState }),
  );
  // VS Code asks vendors for models lazily; without this the picker stays empty and the first prompt fails.
  models.announce();
}
