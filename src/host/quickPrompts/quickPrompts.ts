import * as vscode from 'vscode';
import { isObject } from '../../api/json.ts';
import { type BuiltInPrompt, builtInPrompts } from '../../chat/quickPrompts/builtInPrompts.ts';
import { parsePrompts } from '../../chat/quickPrompts/promptSettings.ts';
import type { QuickPrompt } from '../../chat/quickPrompts/quickPrompt.ts';
import type { RecentPrompt } from '../../chat/quickPrompts/recentPrompts.ts';
import { settings } from '../../shared/contributions.ts';
import { editorInSight } from '../attachments/sources/editors.ts';
import { askedEditor } from './askedEditor.ts';
import { PromptFiles } from './promptFiles.ts';
import { type ListedPrompts, type PickedPrompt, pickPrompt, type PromptProblem } from './promptPicker.ts';
import { PromptRuns, type RunServices } from './promptRuns.ts';
import { keepAsked, recentlyAsked } from './recentlyAsked.ts';
import { StopControls } from './stopControls.ts';
import { typedQuestion } from './typedQuestion.ts';

/** What quick prompts work with. */
export type QuickPromptServices = Omit<RunServices, 'controls'>;

/** The commands of quick prompts. */
export class QuickPrompts implements vscode.Disposable {
  readonly #services: QuickPromptServices;
  readonly #controls: StopControls;
  readonly #runs: PromptRuns;
  readonly #files: PromptFiles;

  constructor(services: QuickPromptServices) {
    this.#services = services;
    this.#controls = new StopControls(services.running);
    this.#runs = new PromptRuns({ ...services, controls: this.#controls });
    this.#files = new PromptFiles(services);
  }

  dispose(): void {
    this.#controls.dispose();
  }

  /** Asks one that comes with the extension. The arguments come from menus and code actions, and are untrusted. */
  async ask(id: BuiltInPrompt['id'], argument: unknown, more: unknown): Promise<void> {
    const prompt = builtInPrompts(vscode.l10n).find((each) => each.id === id);
    if (!prompt) return;
    const root = isObject(argument) ? argument['rootUri'] : undefined;
    const editor = await askedEditor(argument, more);
    await this.#keep({ prompt });
    await this.#runs.run({
      prompt,
      ...(editor && { editor }),
      ...(root instanceof vscode.Uri && { repository: root }),
    });
  }

  /** Command *Quick Prompt…*. */
  async pick(): Promise<void> {
    // Before the box takes the focus.
    const editor = editorInSight();
    const watch = this.#files.watch();
    const picked = await pickPrompt(() => this.#list(), watch.onDidChange);
    watch.dispose();
    if (!picked) return;
    const hasSelection = editor?.selections.some(({ isEmpty }) => !isEmpty) === true;
    const prompt =
      'typed' in picked ? typedQuestion(picked.typed, picked.target, hasSelection) : picked.prompt;
    await this.#keep(picked);
    if (prompt.origin === 'workspace' && !(await this.#files.mayRun(prompt))) return;
    await this.#runs.run({ prompt, ...(editor && { editor }) });
  }

  /** Command *Stop Quick Prompt*. */
  stop(argument: unknown): void {
    this.#controls.stop(argument);
  }

  /** Command *Continue in Chat*. */
  continueInChat(argument: unknown): Promise<void> {
    return this.#runs.continueInChat(argument);
  }

  /** Before it is asked: it is there again whatever becomes of it. */
  #keep(picked: PickedPrompt): Promise<void> {
    const asked: RecentPrompt =
      'typed' in picked ? { kind: 'typed', text: picked.typed } : { kind: 'listed', id: picked.prompt.id };
    return keepAsked(asked, this.#services.workspaceState);
  }

  async #list(): Promise<ListedPrompts> {
    const builtIn = builtInPrompts(vscode.l10n);
    const set = parsePrompts(
      vscode.workspace.getConfiguration().get<unknown>(settings.quickPrompts),
      vscode.l10n,
    );
    const files = await this.#files.list();
    const all: QuickPrompt[] = [...builtIn, ...set.prompts, ...files.prompts];
    return {
      recent: recentlyAsked(this.#services.workspaceState).flatMap((each) => recentOf(each, all)),
      builtIn,
      user: set.prompts,
      workspace: files.prompts,
      problems: [...set.problems.map(settingProblem), ...files.problems],
    };
  }
}

function recentOf(recent: RecentPrompt, all: readonly QuickPrompt[]): PickedPrompt[] {
  if (recent.kind === 'typed') return [{ typed: recent.text, target: 'editor' }];
  const prompt = all.find(({ id }) => id === recent.id);
  return prompt ? [{ prompt }] : [];
}

function settingProblem(problem: Pick<PromptProblem, 'name' | 'text'>): PromptProblem {
  return { ...problem, where: vscode.l10n.t('Open Settings'), show: showSetting };
}

function showSetting(): Thenable<unknown> {
  return vscode.commands.executeCommand('workbench.action.openSettings', settings.quickPrompts);
}
