import * as vscode from 'vscode';
import type { PromptTarget, QuickPrompt } from '../../chat/quickPrompts/quickPrompt.ts';
import { cleanLabel, plainText } from '../../chat/untrusted.ts';
import { offer } from './sinks/offer.ts';

/** Prompts that can be picked, each list in its order, and what is wrong with others. */
export interface ListedPrompts {
  readonly recent: readonly PickedPrompt[];
  readonly builtIn: readonly QuickPrompt[];
  readonly user: readonly QuickPrompt[];
  readonly workspace: readonly QuickPrompt[];
  readonly problems: readonly PromptProblem[];
}

/** What is wrong with a prompt of the settings or of a file. */
export interface PromptProblem {
  /** One sentence. */
  readonly text: string;
  /** Of the prompt, as far as it is known. */
  readonly name?: string;
  /** What the button says that shows where. */
  readonly where: string;
  /** Shows where. */
  readonly show: () => Thenable<unknown>;
}

/** What a person picked, or typed and where the answer goes then. */
export type PickedPrompt =
  | { readonly prompt: QuickPrompt }
  | { readonly typed: string; readonly target: PromptTarget };

interface PromptItem extends vscode.QuickPickItem {
  readonly choice?: PickedPrompt;
  readonly problem?: PromptProblem;
}

interface TargetButton extends vscode.QuickInputButton {
  readonly target: PromptTarget;
}

/**
 * Lets a person pick a prompt or type one. `list` is asked again whenever `onDidChange` tells of a change. Undefined if
 * they change their mind.
 */
export function pickPrompt(
  list: () => Promise<ListedPrompts>,
  onDidChange: vscode.Event<void>,
): Promise<PickedPrompt | undefined> {
  const pick = vscode.window.createQuickPick<PromptItem>();
  pick.title = vscode.l10n.t('Quick Prompt');
  pick.placeholder = vscode.l10n.t(
    'Pick a prompt, or type a question; it is about the selection if there is one.',
  );
  pick.matchOnDescription = true;
  const buttons = targetButtons();
  let listed: readonly PromptItem[] | undefined;
  let reads = 0;
  const show = () => {
    // What is typed may be the name of a prompt that is still being read.
    if (!listed) return;
    const typed = pick.value.trim();
    const broken = brokenItem(typed, listed);
    const first = broken ? [broken] : [];
    const others = listed.filter(({ problem }) => !broken || problem !== broken.problem);
    pick.items =
      typed === '' ? listed : [...first, typedItem(typed, [...first, ...others], buttons), ...others];
  };
  const read = async () => {
    reads += 1;
    const own = reads;
    pick.busy = true;
    const found = itemsOf(await list(), buttons);
    // What is read for a later change is newer.
    if (own !== reads) return;
    const [active] = pick.activeItems;
    listed = found;
    pick.busy = false;
    show();
    // Else Enter would ask another prompt than the one that the person has gone to.
    const same = active && pick.items.find((item) => keyOf(item) === keyOf(active));
    if (same) pick.activeItems = [same];
  };
  return new Promise((resolve) => {
    const finish = (picked: PickedPrompt | undefined) => {
      resolve(picked);
      pick.hide();
    };
    const changes = onDidChange(() => void read());
    pick.onDidChangeValue(show);
    pick.onDidTriggerItemButton(({ item, button }) => {
      const target = buttons.find((each) => each === button)?.target;
      if (target && item.choice && 'typed' in item.choice) finish({ ...item.choice, target });
    });
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      // Enter before the list is there.
      if (!item) return;
      if (item.problem && item.alwaysShow) {
        // What is typed stays.
        void tellProblem(item.problem);
        return;
      }
      if (item.problem) void item.problem.show();
      finish(item.choice);
    });
    pick.onDidHide(() => {
      changes.dispose();
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
    void read();
  });
}

function itemsOf(
  { recent, builtIn, user, workspace, problems }: ListedPrompts,
  buttons: readonly TargetButton[],
): PromptItem[] {
  const recentIds = new Set(recent.flatMap((each) => ('prompt' in each ? each.prompt.id : [])));
  const others = (prompts: readonly QuickPrompt[]) =>
    prompts.filter(({ id }) => !recentIds.has(id)).map(promptItem);
  return [
    ...group(
      vscode.l10n.t('Recent'),
      recent.map((each) =>
        'prompt' in each ? promptItem(each.prompt) : recentQuestion(each.typed, buttons),
      ),
    ),
    ...group(vscode.l10n.t('Built In'), others(builtIn)),
    ...group(vscode.l10n.t('Yours'), others(user)),
    ...group(vscode.l10n.t('Of the Workspace'), others(workspace)),
    ...problems.map((problem) => ({ label: `$(warning) ${cleanLabel(problem.text, 300)}`, problem })),
  ];
}

function group(label: string, items: readonly PromptItem[]): PromptItem[] {
  return items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
}

function promptItem(prompt: QuickPrompt): PromptItem {
  // A file can call itself as another prompt.
  const { name, description, origin, file } = prompt;
  const shown = [description, file].filter((each) => each !== undefined).join(' · ');
  return {
    label: cleanLabel(name, 120),
    ...(shown !== '' && { description: cleanLabel(shown, 300) }),
    iconPath: new vscode.ThemeIcon(icons[origin]),
    choice: { prompt },
  };
}

/**
 * The box puts the item first whose label is what was typed: so it is where no prompt is called like that. Else Enter asks
 * that prompt, and what was typed is further down.
 */
function typedItem(
  typed: string,
  listed: readonly PromptItem[],
  buttons: readonly TargetButton[],
): PromptItem {
  const question = recentQuestion(typed, buttons);
  const common = { ...question, iconPath: new vscode.ThemeIcon('comment'), alwaysShow: true };
  return listed.some((item) => isCalledLike(item, typed))
    ? { ...common, label: vscode.l10n.t('Your question'), description: question.label }
    : { ...common, description: vscode.l10n.t('Ask') };
}

/** Whether a word of a prompt's name begins with what was typed. */
function isCalledLike({ choice, problem, label, alwaysShow }: PromptItem, typed: string): boolean {
  const isPrompt = choice ? 'prompt' in choice : problem !== undefined && alwaysShow === true;
  return isPrompt && ` ${label}`.toLowerCase().includes(` ${typed.toLowerCase()}`);
}

/** The prompt of this very name that has a fault: nobody means its name as a question. */
function brokenItem(typed: string, listed: readonly PromptItem[]): PromptItem | undefined {
  const isNamed = (name = '') => name !== '' && name.toLowerCase() === typed.toLowerCase();
  const problem = listed.find((item) => isNamed(item.problem?.name))?.problem;
  const isThere = listed.some(({ choice, label }) => choice && 'prompt' in choice && isNamed(label));
  if (!problem || isThere) return undefined;
  const icon = { iconPath: new vscode.ThemeIcon('warning'), alwaysShow: true };
  return {
    ...icon,
    label: cleanLabel(problem.name ?? '', 120),
    description: cleanLabel(problem.text, 300),
    problem,
  };
}

function tellProblem({ text, where, show }: PromptProblem): Promise<void> {
  return offer(plainText(text), [{ title: where, run: show }], 'warning');
}

/** Tells an item from others, also after the list was read anew. */
function keyOf({ choice, problem, alwaysShow = false }: PromptItem): string {
  if (!choice) return `problem ${String(alwaysShow)} ${problem?.text}`;
  return 'prompt' in choice ? `prompt ${choice.prompt.id}` : `typed ${choice.typed}`;
}

function recentQuestion(typed: string, buttons: readonly TargetButton[]): PromptItem {
  return {
    label: cleanLabel(typed, 500),
    iconPath: new vscode.ThemeIcon('history'),
    buttons,
    choice: { typed, target: 'editor' },
  };
}

function targetButtons(): TargetButton[] {
  return [
    targetButton('editor', 'go-to-file', vscode.l10n.t('Answer in a New Editor')),
    targetButton('insert', 'insert', vscode.l10n.t('Answer at the Cursor')),
    targetButton('panel', 'comment-discussion', vscode.l10n.t('Answer in the Panel')),
  ];
}

function targetButton(target: PromptTarget, icon: string, tooltip: string): TargetButton {
  return { target, iconPath: new vscode.ThemeIcon(icon), tooltip };
}

const icons: Readonly<Record<QuickPrompt['origin'], string>> = {
  builtIn: 'sparkle',
  user: 'account',
  workspace: 'file',
  typed: 'history',
};
