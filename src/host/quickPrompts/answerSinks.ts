import * as vscode from 'vscode';
import type { PromptTarget } from '../../chat/quickPrompts/quickPrompt.ts';
import { answerCommands } from '../../shared/contributions.ts';
import { type GitRepository, gitRepository } from '../attachments/git.ts';
import { CodeProblem } from '../code/codeProblem.ts';
import type { ProposedChanges } from '../code/proposedChanges.ts';
import type { Platform } from '../platform.ts';
import { AnswerLenses } from './answerLenses.ts';
import { AnswerLinks } from './answerLinks.ts';
import type { AnswerPlace, AnswerSink } from './answerSink.ts';
import type { KeptAnswers } from './keptAnswers.ts';
import { CommitMessageSink } from './sinks/commitMessageSink.ts';
import { insertPlan, markdownPlan, newFilePlan, showAnswer } from './sinks/documentSinks.ts';
import type { Offer } from './sinks/offer.ts';
import { clipboardPlace, terminalPlace } from './sinks/placeWhole.ts';
import { ReplaceSink, replacedBy } from './sinks/replaceSink.ts';
import { type StreamPlan, StreamSink } from './sinks/streamSink.ts';
import { WholeSink } from './sinks/wholeSink.ts';
import { SteadySink } from './steadySink.ts';
import { UnfinishedAnswers } from './unfinishedAnswers.ts';

/** The targets that are places outside the panel. */
export type SinkTarget = Exclude<PromptTarget, 'panel'>;

/** The places that answers stream into, and what is done with the answers there. */
export class AnswerSinks implements vscode.Disposable {
  readonly #changes: ProposedChanges;
  readonly #platform: Platform;
  readonly #lenses = new AnswerLenses();
  readonly #links: AnswerLinks;
  readonly #unfinished: UnfinishedAnswers;
  readonly #kept: Pick<KeptAnswers, 'find'>;

  constructor(
    changes: ProposedChanges,
    platform: Platform,
    kept: Pick<KeptAnswers, 'find'>,
    workspaceState: vscode.Memento,
  ) {
    this.#changes = changes;
    this.#platform = platform;
    this.#kept = kept;
    this.#links = new AnswerLinks(platform);
    this.#unfinished = new UnfinishedAnswers(workspaceState);
  }

  dispose(): void {
    this.#unfinished.dispose();
    this.#lenses.dispose();
    this.#links.dispose();
  }

  /** Says which answers an earlier window left half written. Never rejects. */
  tellUnfinished(): Promise<void> {
    return this.#unfinished.tell();
  }

  /** The place of an answer; nothing changes there before the first text. Throws a {@link CodeProblem} where none can go. */
  async open(target: SinkTarget, place: AnswerPlace): Promise<AnswerSink> {
    // Else the whole answer would stand behind the half one.
    if (place.again !== undefined) await this.#lenses.discard(place.again);
    const sink = await this.#sinkFor(target, place);
    return new SteadySink(sink, () => {
      this.#lenses.finish(place.id);
      this.#unfinished.end(place.id);
    });
  }

  /** Command *Discard Answer*; the argument is untrusted, as those below. */
  async discard(argument: unknown): Promise<void> {
    if (typeof argument === 'string' && (await this.#lenses.discard(argument)) === false)
      void vscode.window.showWarningMessage(vscode.l10n.t('The answer was changed and cannot be discarded.'));
  }

  /** Command *Show Whole Answer*. */
  async showWhole(argument: unknown): Promise<void> {
    const kept = this.#kept.find(argument);
    if (kept) this.#links.add(await showAnswer(kept, kept.reply));
    else void vscode.window.showInformationMessage(vscode.l10n.t('This answer is no longer kept.'));
  }

  /** Command *Done*: the lenses go. */
  dismiss(argument: unknown): void {
    if (typeof argument === 'string') this.#lenses.remove(argument);
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
    const { id, title } = place;
    return new StreamSink({
      ...plan,
      open: async (info) => {
        const stream = await plan.open(info);
        const note = () => {
          if (stream.state === 'growing') this.#unfinished.begin(id, title, stream.document.uri);
        };
        note();
        stream.onDidChange(note);
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
