import * as vscode from 'vscode';
import { createBufferingWatch } from '../chat/bufferedStream.ts';
import { createCarriedTranscripts } from '../chat/carriedTranscripts.ts';
import { systemClock } from '../chat/clock.ts';
import { createFileJournal } from '../chat/fileJournal.ts';
import { createDrafts } from '../chat/panel/drafts.ts';
import { createRoomSignals } from '../chat/panel/roomSignals.ts';
import { createSentRequests } from '../chat/sentRequest.ts';
import { commands, modelVendor, participant } from '../shared/contributions.ts';
import { Attachments } from './attachments/attachments.ts';
import { CodeActions } from './code/codeActions.ts';
import { registerCommands } from './commands.ts';
import { ConnectionNames } from './connections/connectionNames.ts';
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
import { ChatPanel } from './panel/chatPanel.ts';
import { PinnedRooms } from './panel/pinnedRooms.ts';
import { roomChoices } from './panel/roomChoices.ts';
import type { Platform } from './platform.ts';
import { AnswerSinks } from './quickPrompts/answerSinks.ts';
import { KeptAnswers } from './quickPrompts/keptAnswers.ts';
import { registerPromptCodeActions } from './quickPrompts/promptCodeActions.ts';
import { QuickPrompts } from './quickPrompts/quickPrompts.ts';
import { LiveTurns } from './rooms/liveTurns.ts';
import { createLocalRooms } from './rooms/localRooms.ts';
import { RoomNews } from './rooms/roomNews.ts';
import { storageNotices } from './rooms/storageNotices.ts';
import { registerSentDocuments } from './sent/sentDocuments.ts';
import { AudioStore } from './storage/audioStore.ts';
import { createGlobalState } from './storage/globalState.ts';
import { LocalData } from './storage/localData.ts';
import { sharedStoragePath } from './storage/workspaceStorage.ts';
import { createWorkspaceFileStore } from './storage/workspaceFileStore.ts';

/**
 * Builds everything once and registers it. No network and no file is touched here. Returns what is to be done before the
 * window closes.
 */
export function activateExtension(context: vscode.ExtensionContext, platform: Platform): () => Promise<void> {
  const { workspaceState, secrets, subscriptions } = context;
  const globalState = createGlobalState(context.globalState);
  const log = createLog();
  const names = new ConnectionNames(globalState);
  const credentials = new CredentialStore(secrets, platform);
  const connections = new Connections(credentials, workspaceState, platform, names);
  const models = new ModelList(connections, globalState, log);
  const { storageUri, globalStorageUri } = context;
  const storage = vscode.Uri.joinPath(
    storageUri?.with({ path: sharedStoragePath(storageUri.path) }) ?? globalStorageUri,
    'journal',
  );
  const files = createWorkspaceFileStore(storage, platform);
  const window = crypto.randomUUID().slice(0, 8);
  const journal = createFileJournal(files, window);
  // Chatrooms are for all workspaces: their lists show this one's first.
  const roomFiles = createWorkspaceFileStore(
    vscode.Uri.joinPath(context.globalStorageUri, 'chatrooms'),
    platform,
  );
  const notices = storageNotices(globalState, context.globalStorageUri, commands.exportChat);
  const localRooms = createLocalRooms(connections, names, roomFiles, window, log, notices);
  const rooms = createRoomEndpoints(connections, names, localRooms);
  const running = new RunningTurns();
  const audio = new AudioStore(files, log);
  const sent = createSentRequests(files, (error) => {
    log.failure('Request not kept', error);
  });
  // What windows of all workspaces tell each other of chatrooms, and what was carried into these.
  const shared = createWorkspaceFileStore(vscode.Uri.joinPath(context.globalStorageUri, 'panel'), platform);
  const carriedTranscripts = createCarriedTranscripts(shared);
  const signals = createRoomSignals(shared, window, (error) => {
    log.failure('Other windows not told of a chatroom', error);
  });
  const live = new LiveTurns(signals, systemClock);
  const news = new RoomNews(signals, names);
  const drafts = createDrafts(files, window);
  const attachments = new Attachments(drafts, platform, log);
  const pins = new PinnedRooms(globalState);
  const buffering = createBufferingWatch();
  const code = new CodeActions(platform, log);
  const handler = createHandler({
    connections,
    rooms,
    localRooms,
    models,
    journal,
    running,
    live,
    news,
    carriedTranscripts,
    audio,
    sent,
    buffering,
    log,
    platform,
    attachments,
    workspaceState,
  });
  const panel = new ChatPanel(
    {
      extensionUri: context.extensionUri,
      connections,
      names,
      rooms,
      localRooms,
      models,
      journal,
      carriedTranscripts,
      running,
      live,
      signals,
      drafts,
      attachments,
      audio,
      useCode: (request) => code.use(request),
      sent,
      buffering,
      log,
      workspaceState,
      globalState,
    },
    news,
    pins,
  );
  const kept = new KeptAnswers();
  const answers = new AnswerSinks(code.changes, platform, kept, workspaceState);
  const quickPrompts = new QuickPrompts({
    connections,
    names,
    models,
    attachments,
    panel,
    live,
    running,
    sent,
    openSink: (target, place) => answers.open(target, place),
    kept,
    log,
    workspaceState,
  });
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
    live,
    news,
    code,
    panel,
    attachments,
    quickPrompts,
    answers,
    registerPromptCodeActions(),
    registerSentDocuments(sent),
    ...registerCommands({
      connections,
      names,
      models,
      running,
      audio,
      code,
      sent,
      panel,
      quickPrompts,
      answers,
      rooms: {
        connections,
        rooms,
        localRooms,
        journal,
        sent,
        carriedTranscripts,
        drafts,
        pins,
        choices: roomChoices(globalState),
        live,
        news,
        log,
        workspaceState,
      },
      forget: { data: new LocalData(context), workspaceState, globalState, secrets, log },
      diagnosis: {
        connections,
        documents: attachments.documents,
        platform,
        extension: context.extension,
        log,
        turnOffStreaming: (name) => connections.amend(name, { stream: false }),
        ...(platform.probes && { probes: platform.probes }),
      },
      log,
      workspaceState,
    }),
  );
  // VS Code asks vendors for models lazily; without this the picker stays empty and the first prompt fails.
  models.announce();
  void answers.tellUnfinished();
  return () => panel.flush();
}
