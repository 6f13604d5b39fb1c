import * as vscode from 'vscode';
import { isObject } from '../api/json.ts';
import { isParameterSet } from '../chat/droppedParameter.ts';
import type { BuiltInPrompt } from '../chat/quickPrompts/builtInPrompts.ts';
import { type CommandId, commands } from '../shared/contributions.ts';
import type { SentRequests } from '../chat/sentRequest.ts';
import type { CodeActions } from './code/codeActions.ts';
import type { ConnectionNames } from './connections/connectionNames.ts';
import type { Connections } from './connections/connections.ts';
import { selectOperator } from './connections/operatorChoice.ts';
import { manageConnections } from './connections/manage/manageConnections.ts';
import { parseSignInStart, signOut } from './connections/signIn.ts';
import { diagnoseConnection, type DiagnosisServices } from './diagnosis/diagnose.ts';
import type { Log } from './log.ts';
import type { ModelList } from './models/modelList.ts';
import { selectModel } from './models/selectModel.ts';
import { signInWithModels } from './models/signInWithModels.ts';
import type { ChatPanel } from './panel/chatPanel.ts';
import { showHelp } from './panel/helpDocument.ts';
import { askInChatView, parseRepeatedPrompt } from './participant/askAgain.ts';
import type { RunningTurns } from './participant/runningTurns.ts';
import type { AnswerSinks } from './quickPrompts/answerSinks.ts';
import type { QuickPrompts } from './quickPrompts/quickPrompts.ts';
import { exportChat } from './rooms/exportChat.ts';
import { type ForgetServices, forgetLocalData } from './rooms/forgetLocalData.ts';
import { importChats } from './rooms/importChats.ts';
import { openRoom, searchChats } from './rooms/openRoom.ts';
import type { RoomServices } from './rooms/roomServices.ts';
import { showSent } from './sent/showSent.ts';
import type { AudioStore } from './storage/audioStore.ts';
import { attachWorkspaceId } from './workspace/workspaceGroup.ts';

/** What commands work with. */
export interface CommandServices {
  readonly connections: Connections;
  readonly names: ConnectionNames;
  readonly models: ModelList;
  readonly running: RunningTurns;
  readonly audio: AudioStore;
  readonly code: CodeActions;
  readonly sent: SentRequests;
  readonly panel: ChatPanel;
  readonly quickPrompts: QuickPrompts;
  readonly answers: AnswerSinks;
  readonly rooms: RoomServices;
  readonly forget: ForgetServices;
  readonly diagnosis: DiagnosisServices;
  readonly log: Log;
  readonly workspaceState: vscode.Memento;
}

type Handler = (argument?: unknown, more?: unknown) => unknown;

/** Registers a handler for every command id; a missing one is a type error. */
export function registerCommands(services: CommandServices): vscode.Disposable[] {
  return Object.entries(commandHandlers(services)).map(([id, handler]) =>
    vscode.commands.registerCommand(id, handler),
  );
}

function commandHandlers(services: CommandServices): Record<CommandId, Handler> {
  const { connections, names, models, running, audio, code, sent, panel, rooms, forget, diagnosis, log } =
    services;
  const { quickPrompts, answers } = services;
  const ask =
    (id: BuiltInPrompt['id']): Handler =>
    (argument, more) =>
      quickPrompts.ask(id, argument, more);
  const openInPanel = (key: string) => panel.open(key);
  return {
    [commands.signIn]: async (argument) => {
      const start = parseSignInStart(argument, connections);
      const connection = await signInWithModels(services, start);
      if (!connection) return;
      // The picker may still hold the placeholder that asked to sign in, and VS Code refuses prompts to that. Where the
      // key of a connection was refused it holds what the person picked.
      const isSame = typeof start === 'object' && start.name === connection.name;
      await askInChatView(parseRepeatedPrompt(argument), isSame ? undefined : `${connection.name}/default`);
    },
    [commands.signOut]: async () => {
      const connection = await signOut(connections, commands.forgetLocalData);
      if (connection) await models.forget(connection);
    },
    [commands.selectOperator]: async (argument) => {
      const connection = await selectOperator(connections);
      const prompt = parseRepeatedPrompt(argument);
      if (!connection || prompt === undefined) return;
      const hadModels = connection.operatorId !== undefined;
      await askInChatView(prompt, hadModels ? undefined : `${connection.name}/default`);
    },
    [commands.manageConnections]: () => manageConnections({ connections, names, models, log }),
    [commands.selectModel]: () => selectModel({ connections, models, log }),
    [commands.openRoom]: () => openRoom(rooms, openInPanel),
    [commands.searchChats]: () => searchChats(rooms, openInPanel),
    [commands.newChat]: () => panel.newChat(),
    [commands.openPanel]: (argument) => panel.open(argument),
    [commands.openInPanel]: () => panel.openLastRoom(),
    [commands.openInEditor]: () => panel.openInEditor(),
    [commands.continueInChat]: (argument) => panel.continueInChat(argument),
    [commands.findInChat]: () => panel.run('find'),
    [commands.renameRoom]: () => panel.run('rename'),
    [commands.pinRoom]: () => panel.run('pin'),
    [commands.forkRoom]: () => panel.run('fork'),
    [commands.deleteRoom]: () => panel.run('delete'),
    [commands.exportRoom]: () => panel.run('export'),
    [commands.attach]: () => panel.run('attach'),
    [commands.showReceipt]: () => panel.run('receipt'),
    [commands.pickModel]: () => panel.run('model'),
    [commands.setParameters]: () => panel.run('parameters'),
    [commands.panelHelp]: () => showHelp(),
    [commands.exportChat]: () => exportChat(rooms),
    [commands.importChats]: () => importChats(rooms, openInPanel),
    [commands.forgetLocalData]: () => forgetLocalData(forget),
    [commands.diagnose]: () => diagnoseConnection(diagnosis),
    [commands.showSent]: () => showSent(sent),
    [commands.showLog]: () => log.show(),
    [commands.stop]: (argument) => {
      tellIfOver(running.stop(typeof argument === 'string' ? argument : undefined));
    },
    [commands.ask]: askAgain,
    [commands.tryNow]: (argument) => {
      tellIfOver(typeof argument === 'string' && running.tryNow(argument));
    },
    [commands.dropParameter]: (argument) => dropParameter(argument, connections),
    [commands.saveAudio]: (argument) => audio.save(argument),
    [commands.wholeReplies]: async (name) => {
      if (typeof name === 'string' && connections.get(name)) await connections.amend(name, { stream: false });
    },
    [commands.acceptChange]: (argument) => code.accept(argument),
    [commands.rejectChange]: (argument) => code.reject(argument),
    [commands.quickPrompt]: () => quickPrompts.pick(),
    [commands.explain]: ask('explain'),
    [commands.fix]: ask('fix'),
    [commands.writeTests]: ask('writeTests'),
    [commands.document]: ask('document'),
    [commands.refactor]: ask('refactor'),
    [commands.review]: ask('review'),
    [commands.commitMessage]: ask('commitMessage'),
    [commands.askTerminal]: ask('askTerminal'),
    [commands.stopQuickPrompt]: (argument) => quickPrompts.stop(argument),
    [commands.continueAnswer]: (argument) => quickPrompts.continueInChat(argument),
    [commands.discardAnswer]: (argument) => answers.discard(argument),
    [commands.showWholeAnswer]: (argument) => answers.showWhole(argument),
    [commands.dismissAnswer]: (argument) => answers.dismiss(argument),
    [commands.attachChats]: async (id) => {
      if (typeof id === 'string' && /^[0-9a-f-]{36,64}$/.test(id))
        await attachWorkspaceId(id, services.workspaceState);
    },
  };
}

async function askAgain(argument: unknown): Promise<void> {
  const prompt = parseRepeatedPrompt(argument);
  if (prompt) await askInChatView(prompt);
}

/** Buttons of an answer stay when it is over. */
function tellIfOver(wasRunning: boolean): void {
  if (wasRunning) return;
  void vscode.window.showInformationMessage(vscode.l10n.t('No answer of @tachyon is under way.'));
}

/** The argument comes from a button that VS Code stored: untrusted. */
async function dropParameter(argument: unknown, connections: Connections): Promise<void> {
  if (!isObject(argument)) return;
  const { connection, model, parameter, repeated } = argument;
  if (typeof connection !== 'string' || typeof parameter !== 'string') return;
  const known = connections.get(connection);
  const ofModel = typeof model === 'string' ? model : undefined;
  if (!known || !isParameterSet(known, ofModel, parameter)) return;
  await connections.dropParameter(connection, ofModel, parameter);
  await askAgain(repeated);
}
