import * as vscode from 'vscode';
import { joinBlocks } from '../../chat/carried.ts';
import type { QuickPrompt } from '../../chat/quickPrompts/quickPrompt.ts';
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
import { abortable } from '../cancellation.ts';
import { CodeProblem } from '../code/codeProblem.ts';
import type { SignInServices } from '../models/signInWithModels.ts';
import type { TurnTarget } from '../models/turnTarget.ts';
import type { ChatPanel } from '../panel/chatPanel.ts';
import type { RunningTurns } from '../participant/runningTurns.ts';
import { stringSetting } from '../settings.ts';
import { type AnswerDoor, answerInRoom, answerOnce, type Run, type SendServices } from './answerPrompt.ts';
import { AnswerReading } from './answerReading.ts';
import type { AnswerEnding, AnswerPlace, AnswerSink, PlacedAnswer } from './answerSink.ts';
import type { SinkTarget } from './answerSinks.ts';
import { AskedSelections } from './askedSelections.ts';
import type { KeptAnswers } from './keptAnswers.ts';
import { type AskedPrompt, fillPrompt, promptTarget } from './preparePrompt.ts';
import { offerHelp } from './promptHelp.ts';
import { roomOf } from './promptRooms.ts';
import { offer } from './sinks/offer.ts';
import type { RunControls, StopControls } from './stopControls.ts';

/** Opens the place of an answer; undefined if the person changed their mind. Throws a `CodeProblem` if it takes none. */
type OpenSink = (target: SinkTarget, place: AnswerPlace) => Promise<AnswerSink | undefined>;

/** What quick prompts are asked with. */
export interface RunServices extends SignInServices, SendServices {
  readonly attachments: Pick<Attachments, 'platform' | 'sources'>;
  readonly panel: SendServices['panel'] & Pick<ChatPanel, 'continueFrom' | 'modelOf' | 'open' | 'hasFocus'>;
  readonly running: RunningTurns;
  readonly controls: StopControls;
  readonly openSink: OpenSink;
  readonly kept: KeptAnswers;
}

/** Asks quick prompts; several may run at once. */
export class PromptRuns {
  readonly #services: RunServices;

  constructor(services: RunServices) {
    this.#services = services;
  }

  /** Asks a prompt, again as long as that helps and the person wants it. Never rejects. */
  async run(asked: AskedPrompt): Promise<void> {
    const { controls } = this.#services;
    const answers = new Map<string, string>();
    let run: Run | undefined;
    for (let isOver = false; !isOver;) {
      const id = crypto.randomUUID();
      const again = run?.id;
      let target: TurnTarget | undefined;
      // What it is about, the models and the room may be slow to read: from here on it can be stopped.
      const shown = controls.begin({ id, name: asked.prompt.name });
      const selected = askedSelections(asked);
      try {
        const filling = fillPrompt(asked, answers, this.#services.attachments, shown.asking);
        const filled = await abortable(filling, shown.signal);
        if (filled === undefined) return;
        if (typeof filled === 'string') {
          tell(filled);
          return;
        }
        target = await abortable(this.#target(asked.prompt, shown), shown.signal);
        if (!target) return;
        run = {
          id,
          asked,
          filled,
          target,
          ...(selected && { selected }),
          ...(again !== undefined && { again }),
        };
        await this.#ask(run, shown);
        isOver = true;
      } catch (error) {
        shown.end();
        if (shown.signal.aborted || isAbort(error)) return;
        if (error instanceof UnsentAttachments || error instanceof CodeProblem) {
          tell(error.message);
          return;
        }
        isOver = !(await offerHelp(error, target, this.#services));
      } finally {
        shown.end();
        selected?.dispose();
      }
    }
  }

  /** Goes on with an answer in the panel; the argument comes from a command and is untrusted. */
  async continueInChat(id: unknown): Promise<void> {
    const { kept, panel } = this.#services;
    const answer = kept.find(id);
    if (!answer) tell(vscode.l10n.t('This answer is no longer kept; copy it into a chat.'));
    else if (answer.room !== undefined) await panel.open(answer.room);
    else await panel.continueFrom({ prompt: answer.prompt, reply: answer.reply });
  }

  /** As `promptTarget`. The current room goes on with its own model. */
  async #target(prompt: QuickPrompt, { asking }: RunControls): Promise<TurnTarget | undefined> {
    const { live, panel } = this.#services;
    const isCurrent = roomOf(prompt) === 'current' && live.lastRoom !== undefined;
    const room = isCurrent ? await panel.modelOf(live.lastRoom) : {};
    return promptTarget(prompt, this.#services, room, asking);
  }

  /** `tokens`: of what the room has already. Throws `UnsentAttachments`. */
  async #attachments(
    { filled: { attachments, text }, target }: Run,
    tokens: number,
    signal: AbortSignal,
  ): Promise<SentAttachments> {
    const rules = inputRules(target.connection, target.model, this.#services.models);
    const system = estimateTokens(stringSetting(settings.systemPrompt));
    const asked = { rules, tokens: tokens + system, prompt: text };
    const reading = readOutgoing(attachments, asked, this.#services.attachments.platform);
    const out = await abortable(reading, signal);
    const sent = toSend(attachments, out);
    const notes = outgoingNotes(out, new Map(attachments.map(({ id, name }) => [id, name])));
    if (notes.length > 0) void vscode.window.showInformationMessage(notes.map(plainText).join(' '));
    return sent;
  }

  async #ask(run: Run, shown: RunControls): Promise<void> {
    const { target } = run.asked.prompt;
    const { signal } = shown;
    const read = (tokens: number) => this.#attachments(run, tokens, signal);
    if (target === 'panel') {
      // From then on the panel shows it, with a button to stop it.
      await answerInRoom(run, read, { signal, onSent: shown.end }, this.#services);
      return;
    }
    const isOnce = roomOf(run.asked.prompt) === 'none';
    const attachments = isOnce ? await read(0) : undefined;
    const isInPanel = () => this.#services.panel.hasFocus;
    const sink = await this.#services.openSink(target, { ...placeOf(run), isInPanel });
    if (sink) await this.#into(sink, run, shown, attachments ?? read);
  }

  /** Rejects with what the answer failed with, after what came is in its place. `attachments`: a function for a room. */
  async #into(
    sink: AnswerSink,
    run: Run,
    shown: RunControls,
    attachments: SentAttachments | ((tokens: number) => Promise<SentAttachments>),
  ): Promise<void> {
    const { id, asked, filled, target } = run;
    const { running, log, kept } = this.#services;
    const { name } = asked.prompt;
    const { signal } = shown;
    const closed = sink.onClosed(shown.stop);
    const isOnce = typeof attachments === 'object';
    const answer = kept.begin(id, {
      title: name,
      asked: filled.asked,
      prompt: joinBlocks(isOnce ? attachments.text : undefined, filled.text),
    });
    const price = target.model === undefined ? undefined : target.connection.models?.[target.model]?.price;
    const connection = { name: target.connection.name, ...(price && { price }) };
    const reading = new AnswerReading({ sink, answer, connection, tell: shown.tell });
    let ending: AnswerEnding = 'failed';
    try {
      const door: AnswerDoor = {
        signal,
        show: (event) => {
          if (event.type === 'state' && event.state === 'waiting') running.waiting(id, event.tryNow);
          reading.show(event);
        },
        onRoom: (room) => (answer.room = room),
      };
      if (isOnce) await answerOnce(run, attachments, door, this.#services);
      else await answerInRoom(run, attachments, door, this.#services);
      ending = reading.isWhole ? 'answered' : 'stopped';
    } catch (error) {
      if (!signal.aborted && !isAbort(error)) throw error;
      ending = 'stopped';
    } finally {
      closed.dispose();
      const isCode = asked.prompt.target !== 'editor';
      // What a model says instead of code has no place in a file.
      if (isCode && reading.isRefusal) sink.replace('');
      const placed = await sink.end(ending);
      sink.dispose();
      shown.end();
      const isMissing = placed.problem !== undefined || (isCode && reading.isRefusal);
      const remarks = [...placeRemarks(placed, ending, reading), ...reading.remarks];
      if (remarks.length > 0) tell(`${name}: ${remarks.join(' ')}`, isMissing ? id : undefined);
      const { usage } = reading;
      log.info('Quick prompt ended', { ending, input: usage?.input, output: usage?.output });
      if (usage) vscode.window.setStatusBarMessage(`${name}: ${usageText(usage, vscode.l10n)}`, 8000);
    }
  }
}

/** Of a prompt whose answer goes into the editor. */
function askedSelections({ prompt: { target }, editor }: AskedPrompt): AskedSelections | undefined {
  return editor && (target === 'insert' || target === 'replace') ? new AskedSelections(editor) : undefined;
}

function placeOf({ id, asked: { prompt, editor }, filled, selected, again }: Run): AnswerPlace {
  const language = editor?.document.languageId;
  return {
    id,
    title: prompt.name,
    asked: filled.asked,
    ...(again !== undefined && { again }),
    ...(selected && { selected }),
    ...(language !== undefined && { language }),
    ...(filled.tests && { path: filled.tests }),
    ...(filled.repository && { repository: filled.repository }),
  };
}

/** What the person should know of what stands in the place. */
function placeRemarks(
  { isEmpty, problem }: PlacedAnswer,
  ending: AnswerEnding,
  { reply, isRefusal }: AnswerReading,
): string[] {
  if (problem !== undefined) return [problem];
  if (!isEmpty || ending !== 'answered' || isRefusal) return [];
  if (reply.trim() === '') return [vscode.l10n.t('The model gave no answer; nothing was changed.')];
  return [vscode.l10n.t('There is no code in the answer; nothing was changed.')];
}

/** A warning: what was asked for is not there, or not all of it. `id`: of an answer that can be shown whole. */
function tell(sentence: string, id?: string): void {
  const show = vscode.l10n.t('Show Whole Answer');
  const run = () => vscode.commands.executeCommand(answerCommands.showWholeAnswer, id);
  void offer(plainText(sentence), id === undefined ? [] : [{ title: show, run }], 'warning');
}
