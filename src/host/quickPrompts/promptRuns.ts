import * as vscode from 'vscode';
import { joinBlocks } from '../../chat/carried.ts';
import { withLoadingNotice } from '../../chat/loadingModel.ts';
import { askOnce } from '../../chat/quickPrompts/askOnce.ts';
import type { ReplyEvent } from '../../chat/replyEvents.ts';
import type { SentRequests } from '../../chat/sentRequest.ts';
import { estimateTokens } from '../../chat/tokenEstimate.ts';
import { isAbort } from '../../chat/turnOutcome.ts';
import { plainText } from '../../chat/untrusted.ts';
import { usageText } from '../../chat/usageText.ts';
import { answerCommands, settings } from '../../shared/contributions.ts';
import type { Attachments } from '../attachments/attachments.ts';
import { inputRules } from '../attachments/inputRules.ts';
import { outgoingNotes } from '../attachments/outgoingNotes.ts';
import {
  readOutgoing,
  type SentAttachments,
  toSend,
  UnsentAttachments,
} from '../attachments/sentAttachments.ts';
import { CodeProblem } from '../code/codeProblem.ts';
import type { SignInServices } from '../models/signInWithModels.ts';
import type { TurnTarget } from '../models/turnTarget.ts';
import type { ChatPanel } from '../panel/chatPanel.ts';
import { promptOf } from '../panel/placedPrompt.ts';
import type { RunningTurns } from '../participant/runningTurns.ts';
import type { LiveTurns } from '../rooms/liveTurns.ts';
import { tappedCompletions } from '../sent/tappedEndpoint.ts';
import { stringSetting } from '../settings.ts';
import { AnswerReading } from './answerReading.ts';
import type { AnswerEnding, AnswerPlace, AnswerSink } from './answerSink.ts';
import type { SinkTarget } from './answerSinks.ts';
import { FinishedAnswers } from './finishedAnswers.ts';
import { type AskedPrompt, type FilledPrompt, fillPrompt, promptTarget } from './preparePrompt.ts';
import { offerHelp } from './promptHelp.ts';
import { keepOwnRoom, roomOf, roomPlace } from './promptRooms.ts';
import { offer } from './sinks/offer.ts';
import type { StopControls } from './stopControls.ts';

/** Opens the place of an answer; undefined if the person changed their mind. Throws a `CodeProblem` if it takes none. */
type OpenSink = (target: SinkTarget, place: AnswerPlace) => Promise<AnswerSink | undefined>;

/** What quick prompts are asked with. */
export interface RunServices extends SignInServices {
  readonly attachments: Pick<Attachments, 'platform' | 'sources'>;
  readonly panel: Pick<ChatPanel, 'askFor' | 'continueFrom' | 'open'>;
  readonly live: LiveTurns;
  readonly running: RunningTurns;
  readonly sent: SentRequests;
  readonly controls: StopControls;
  readonly openSink: OpenSink;
  readonly workspaceState: vscode.Memento;
}

/** A quick prompt on its way. */
interface Run {
  readonly id: string;
  readonly asked: AskedPrompt;
  readonly filled: FilledPrompt;
  readonly target: TurnTarget;
  readonly attachments: SentAttachments;
}

/** Asks quick prompts; several may run at once. */
export class PromptRuns {
  readonly #services: RunServices;
  readonly #finished = new FinishedAnswers();

  constructor(services: RunServices) {
    this.#services = services;
  }

  /** Asks a prompt, again as long as that helps and the person wants it. Never rejects. */
  async run(asked: AskedPrompt): Promise<void> {
    const answers = new Map<string, string>();
    for (let again = true; again;) {
      let target: TurnTarget | undefined;
      try {
        const filled = await fillPrompt(asked, answers, this.#services.attachments);
        if (filled === undefined) return;
        if (typeof filled === 'string') {
          tell(filled);
          return;
        }
        target = await promptTarget(asked.prompt, this.#services);
        if (!target) return;
        const attachments = await this.#attachments(filled, target);
        await this.#ask({ id: crypto.randomUUID(), asked, filled, target, attachments });
        again = false;
      } catch (error) {
        if (isAbort(error)) return;
        if (error instanceof UnsentAttachments || error instanceof CodeProblem) {
          tell(error.message);
          return;
        }
        again = await offerHelp(error, target, this.#services);
      }
    }
  }

  /** Goes on with an answer in the panel; the argument comes from a command and is untrusted. */
  async continueInChat(id: unknown): Promise<void> {
    const answer = this.#finished.find(id);
    if (!answer) tell(vscode.l10n.t('This answer is no longer kept; copy it into a chat.'));
    else if (answer.room !== undefined) await this.#services.panel.open(answer.room);
    else await this.#services.panel.continueFrom(answer);
  }

  async #attachments({ attachments, text }: FilledPrompt, target: TurnTarget): Promise<SentAttachments> {
    const rules = inputRules(target.connection, target.model, this.#services.models);
    const tokens = estimateTokens(stringSetting(settings.systemPrompt));
    const asked = { rules, tokens, prompt: text };
    const out = await readOutgoing(attachments, asked, this.#services.attachments.platform);
    const sent = toSend(attachments, out);
    const notes = outgoingNotes(out, new Map(attachments.map(({ id, name }) => [id, name])));
    if (notes.length > 0) void vscode.window.showInformationMessage(notes.map(plainText).join(' '));
    return sent;
  }

  async #ask(run: Run): Promise<void> {
    const { target } = run.asked.prompt;
    if (target === 'panel') {
      await this.#inRoom(run, new AbortController().signal, () => undefined);
      return;
    }
    const sink = await this.#services.openSink(target, placeOf(run));
    if (sink) await this.#into(sink, run);
  }

  /** Rejects with what the answer failed with, after what came is in its place. */
  async #into(sink: AnswerSink, run: Run): Promise<void> {
    const { id, asked, filled, target, attachments } = run;
    const { controls, running, log } = this.#services;
    const { name } = asked.prompt;
    const stop = new AbortController();
    const shown = controls.begin({ id, name, stop: () => stop.abort() });
    const closed = sink.onClosed(() => stop.abort());
    running.add(id, () => stop.abort());
    const price = target.model === undefined ? undefined : target.connection.models?.[target.model]?.price;
    const connection = { name: target.connection.name, ...(price && { price }) };
    const reading = new AnswerReading(sink, connection, (message) => shown.tell(message));
    let ending: AnswerEnding = 'failed';
    let room: string | undefined;
    try {
      const show = (event: ReplyEvent) => {
        if (event.type === 'state' && event.state === 'waiting') running.waiting(id, event.tryNow);
        reading.show(event);
      };
      if (roomOf(asked.prompt) === 'none') await this.#once(run, stop.signal, show);
      else room = await this.#inRoom(run, stop.signal, show);
      ending = 'answered';
    } catch (error) {
      if (!stop.signal.aborted && !isAbort(error)) throw error;
      ending = 'stopped';
    } finally {
      closed.dispose();
      running.remove(id);
      const isCode = asked.prompt.target !== 'editor';
      // What a model says instead of code has no place in a file.
      if (isCode && reading.isRefusal) sink.replace('');
      const prompt = joinBlocks(attachments.text, filled.text);
      this.#finished.add(id, { prompt, reply: reading.reply, ...(room !== undefined && { room }) });
      const placed = await sink.end(ending);
      sink.dispose();
      shown.end();
      const remarks = [
        ...(placed.problem === undefined ? [] : [placed.problem]),
        ...(placed.isEmpty && !placed.problem && ending === 'answered' && reading.reply.trim() === ''
          ? [vscode.l10n.t('The model gave no answer; nothing was changed.')]
          : []),
        ...reading.remarks,
      ];
      if (remarks.length > 0)
        tell(`${name}: ${remarks.join(' ')}`, placed.problem === undefined ? undefined : id);
      const { usage } = reading;
      log.info('Quick prompt ended', { ending, input: usage?.input, output: usage?.output });
      if (usage) vscode.window.setStatusBarMessage(`${name}: ${usageText(usage, vscode.l10n)}`, 8000);
    }
  }

  async #once(
    { id, filled, target, attachments }: Run,
    signal: AbortSignal,
    show: (event: ReplyEvent) => void,
  ) {
    const { connections, sent } = this.#services;
    const { connection } = target;
    const endpoint = tappedCompletions(connections.endpoint(connection), (request) => {
      void sent.keep(id, { connection: connection.name, prompt: filled.text }, request);
    });
    const prompt = promptOf({ target, prompt: filled.text, attachments, parameters: {} });
    const events = askOnce({ ...prompt, endpoint, signal });
    for await (const event of withLoadingNotice(events, connection, vscode.l10n)) show(event);
  }

  /** Returns `roomReference` of the room. */
  async #inRoom(
    { id, asked, filled, target, attachments }: Run,
    signal: AbortSignal,
    show: (event: ReplyEvent) => void,
  ): Promise<string | undefined> {
    const { panel, workspaceState } = this.#services;
    const room = roomOf(asked.prompt);
    const { key, name } = roomPlace(room, target.connection.name, this.#services);
    const { promise: ended, resolve, reject } = Promise.withResolvers<void>();
    const door = {
      surface: 'quickPrompt' as const,
      turn: id,
      target,
      signal,
      title: asked.prompt.name,
      ...(name !== undefined && { roomName: name }),
      show,
      end: (error?: unknown) => (error === undefined ? resolve() : reject(error)),
    };
    const shows = asked.prompt.target === 'panel';
    const conversation = await panel.askFor(door, {
      ...(key !== undefined && { key }),
      prompt: filled.text,
      attachments,
      shows,
    });
    // The panel tells what becomes of it.
    await (shows ? ended.catch(() => undefined) : ended);
    if (room === 'own' && conversation.key !== undefined)
      await keepOwnRoom(target.connection.name, conversation.key, workspaceState);
    return conversation.key;
  }
}

function placeOf({ id, asked: { prompt, editor }, filled }: Run): AnswerPlace {
  const language = editor?.document.languageId;
  return {
    id,
    title: prompt.name,
    prompt: filled.text,
    ...(editor && { editor }),
    ...(language !== undefined && { language }),
    ...(filled.tests && { path: filled.tests }),
    ...(filled.repository && { repository: filled.repository }),
  };
}

/** A warning: what was asked for is not there, or not all of it. `id`: of an answer that can be shown whole. */
function tell(sentence: string, id?: string): void {
  const show = vscode.l10n.t('Show Whole Answer');
  const run = () => vscode.commands.executeCommand(answerCommands.showWholeAnswer, id);
  void offer(plainText(sentence), id === undefined ? [] : [{ title: show, run }], 'warning');
}
