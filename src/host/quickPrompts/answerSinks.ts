import * as vscode from 'vscode';
import { keepLatest } from '../../chat/keepLatest.ts';
import type { PromptTarget } from '../../chat/quickPrompts/quickPrompt.ts';
import { answerCommands } from '../../shared/contributions.ts';
import { type GitRepository, gitRepository } from '../attachments/git.ts';
import { CodeProblem } from '../code/codeProblem.ts';
import type { ProposedChanges } from '../code/proposedChanges.ts';
import type { Platform } from '../platform.ts';
import { AnswerLenses } from './answerLenses.ts';
import { AnswerLinks } from './answerLinks.ts';
import type { AnswerPlace, AnswerSink } from './answerSink.ts';
import { KeptAnswer } from './keptAnswer.ts';
import { CommitMessageSink } from './sinks/commitMessageSink.ts';
import { insertPlan, markdownPlan, newFilePlan, showAnswer } from './sinks/documentSinks.ts';
import type { Offer } from './sinks/offer.ts';
import { clipboardPlace, terminalPlace } from './sinks/placeWhole.ts';
import { ReplaceSink, replacedBy } from './sinks/replaceSink.ts';
import { type StreamPlan, StreamSink } from './sinks/streamSink.ts';
import { WholeSink } from './sinks/wholeSink.ts';

/** The targets that are places outside the panel. */
export type SinkTarget = Exclude<PromptTarget, 'panel'>;

/** So many answers can be shown whole later. */
const mostKept = 50;

/** The places that answers stream into, and what is done with the answers there. */
export class AnswerSinks implements vscode.Disposable {
  readonly #changes: ProposedChanges;
  readonly #platform: Platform;
  readonly #lenses = new AnswerLenses();
  readonly #links: AnswerLinks;
  readonly #kept = new Map<string, KeptAnswer>();

  constructor(changes: ProposedChanges, platform: Platform) {
    this.#changes = changes;
    this.#platform = platform;
    this.#links = new AnswerLinks(platform);
  }

  dispose(): void {
    this.#lenses.dispose();
    this.#links.dispose();
  }

  /** The place of an answer; nothing changes there before the first text. Throws a {@link CodeProblem} where none can go. */
  async open(target: SinkTarget, place: AnswerPlace): Promise<AnswerSink> {
    const sink = await this.#sinkFor(target, place);
    const kept = new KeptAnswer(place, sink, () => this.#lenses.finish(place.id));
    this.#kept.set(place.id, kept);
    keepLatest(this.#kept, mostKept);
    return kept;
  }

  /** Command *Discard Answer*; the argument is untrusted, as those below. */
  async discard(argument: unknown): Promise<void> {
    const kept = this.#find(argument);
    const stream = kept && this.#lenses.streamOf(kept.place.id);
    if (!kept || !stream) return;
    if (await stream.remove()) this.#lenses.remove(kept.place.id);
    else
      void vscode.window.showWarningMessage(vscode.l10n.t('The answer was changed and cannot be discarded.'));
  }

  /** Command *Show Whole Answer*. */
  async showWhole(argument: unknown): Promise<void> {
    const kept = this.#find(argument);
    if (kept) this.#links.add(await showAnswer(kept.place, kept.text));
    else void vscode.window.showInformationMessage(vscode.l10n.t('This answer is no longer kept.'));
  }

  /** Command *Done*: the lenses go. */
  dismiss(argument: unknown): void {
    const kept = this.#find(argument);
    if (kept) this.#lenses.remove(kept.place.id);
  }

  #find(argument: unknown): KeptAnswer | undefined {
    return typeof argument === 'string' ? this.#kept.get(argument) : undefined;
  }

  #sinkFor(target: SinkTarget, place: AnswerPlace): Promise<AnswerSink> {
    const next = continueIn(place);
    const sinks: Record<SinkTarget, () => Promise<AnswerSink>> = {
      editor: async () => this.#streaming(place, markdownPlan(place), 'markdown'),
      insert: async () => this.#streaming(place, await insertPlan(place), 'code'),
      newFile: async () => this.#streaming(place, await newFilePlan(place, this.#platform), 'code'),
      replace: async () => new ReplaceSink(await replacedBy(place), this.#changes, next),
      clipboard: async () => new WholeSink(clipboardPlace(), next),
      terminal: async () => new WholeSink(terminalPlace(), next),
      scm: async () => new CommitMessageSink(await repositoryOf(place), next),
    };
    return sinks[target]();
  }

  #streaming(place: AnswerPlace, plan: StreamPlan, kind: 'markdown' | 'code'): AnswerSink {
    const { id } = place;
    return new StreamSink({
      ...plan,
      open: async (info) => {
        const stream = await plan.open(info);
        if (kind === 'markdown') this.#links.add(stream.document);
        this.#lenses.add({ id, stream, kind });
        return stream;
      },
    });
  }
}

function continueIn({ id }: AnswerPlace): Offer {
  return {
    title: vscode.l10n.t('Continue in Chat'),
    run: () => vscode.commands.executeCommand(answerCommands.continueAnswer, id),
  };
}

async function repositoryOf({ repository }: AnswerPlace): Promise<GitRepository> {
  const found = repository && (await gitRepository(repository));
  if (found) return found;
  throw new CodeProblem(vscode.l10n.t('There is no git repository here.'));
}
