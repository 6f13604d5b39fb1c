import * as vscode from 'vscode';
import { joinBlocks } from '../../chat/carried.ts';
import { parseModelId } from '../../chat/modelChoice.ts';
import { fillTemplate, parseTemplate, type PromptVariable } from '../../chat/quickPrompts/promptTemplate.ts';
import type { QuickPrompt } from '../../chat/quickPrompts/quickPrompt.ts';
import { cleanName } from '../../chat/untrusted.ts';
import { modelVendor } from '../../shared/contributions.ts';
import type { Attachments } from '../attachments/attachments.ts';
import type { Connections } from '../connections/connections.ts';
import { turnTarget, type TurnTarget, type WantedModel } from '../models/turnTarget.ts';
import { noConnectionText, signInText } from '../participant/conversationNotes.ts';
import { commitRepository } from './commitRepository.ts';
import { type PromptContext, promptContext } from './context/promptContext.ts';
import { offerSignIn, tellNoConnection } from './promptHelp.ts';
import type { SignInServices } from '../models/signInWithModels.ts';
import type { Asking } from './stopControls.ts';

/** A quick prompt as the person asked it. */
export interface AskedPrompt {
  readonly prompt: QuickPrompt;
  /** Whose file and selection are meant; missing: none. */
  readonly editor?: vscode.TextEditor;
  /** Root of the repository that a menu named. */
  readonly repository?: vscode.Uri;
  /** What the person typed already: it answers the first question, or follows the prompt. */
  readonly typed?: string;
}

/** A quick prompt with its variables filled in. */
export interface FilledPrompt extends Pick<PromptContext, 'attachments' | 'repository' | 'tests'> {
  readonly text: string;
  /** In short what was asked, and about what: inert markdown. */
  readonly asked: string;
}

/** What a prompt is about. */
const subjects: readonly PromptVariable[] = ['selection', 'file', 'diff', 'terminal', 'clipboard'];

/**
 * Fills a prompt in; the person is asked by `asking` for what `answers` has not, and it has that then. A sentence that
 * says what to do where that cannot be; undefined if they change their mind.
 */
export async function fillPrompt(
  { prompt, editor, repository: root, typed = '' }: AskedPrompt,
  answers: Map<string, string>,
  attachments: Pick<Attachments, 'platform' | 'sources'>,
  asking: Asking,
): Promise<FilledPrompt | string | undefined> {
  const template = parseTemplate(prompt.prompt, vscode.l10n);
  if ('problem' in template) return template.problem;
  let found: ReturnType<typeof commitRepository> | undefined;
  const repository = () => (found ??= commitRepository(root ?? editor?.document.uri, asking));
  const scope = { repository, target: prompt.target, ...(editor && { editor }), ...(root && { root }) };
  const context = await promptContext(template.variables, scope, attachments);
  if (context === undefined || typeof context === 'string') return context;
  const [first] = template.questions;
  const isAnswer = first !== undefined && typed !== '';
  if (isAnswer) answers.set(first, typed);
  const selectAgain = keepSelected(editor);
  const open = template.questions.filter((question) => !answers.has(question));
  for (const question of open) {
    const placeHolder = template.hints.get(question);
    const box = {
      title: cleanName(prompt.name, 80),
      prompt: question,
      ignoreFocusOut: true,
      ...(placeHolder !== undefined && { placeHolder }),
    };
    const answer = await asking((token) => vscode.window.showInputBox(box, token));
    if (answer === undefined || answer.trim() === '') return undefined;
    answers.set(question, answer);
  }
  if (open.length > 0 && !selectAgain())
    return vscode.l10n.t('What was selected is changed by now; select what is meant and ask again.');
  const text = fillTemplate(template, { variables: context.values, answers });
  const about = subjects.flatMap((variable) => context.values[variable] ?? []).join(', ');
  const said = [prompt.question, ...template.questions.map((question) => answers.get(question))];
  return {
    ...context,
    text: isAnswer || typed === '' ? text : `${text}\n\n${typed}`,
    asked: joinBlocks(...said, isAnswer ? '' : typed, about),
  };
}

/**
 * A person who is asked something may look it up in the file meanwhile: what comes back selects again what the prompt is
 * about, and returns whether it is still there.
 */
function keepSelected(editor: vscode.TextEditor | undefined): () => boolean {
  const { document, selections = [] } = editor ?? {};
  const version = document?.version;
  const textNow = () => editor?.selections.map((selection) => document?.getText(selection)).join('\0');
  const text = textNow();
  return () => {
    if (!editor || textNow() === text) return true;
    if (document?.version !== version) return false;
    editor.selections = selections;
    return true;
  };
}

/**
 * The connection and model of a prompt, which can be asked; `room`: what its room says of them. The person may sign in
 * first. Undefined: they were told why there is none. Throws `ApiError`.
 */
export async function promptTarget(
  { model, name }: Pick<QuickPrompt, 'model' | 'name'>,
  services: SignInServices,
  room: WantedModel,
  asking: Asking,
): Promise<TurnTarget | undefined> {
  const { connections } = services;
  const problem = model === undefined ? undefined : unknownModel(name, model, connections);
  if (problem !== undefined) {
    void vscode.window.showErrorMessage(problem);
    return undefined;
  }
  const wanted = model === undefined ? room : { picked: { vendor: modelVendor, id: model } };
  const target = await turnTarget(wanted, services);
  if (!target) {
    await asking(() => tellNoConnection(noConnectionText(connections)));
    return undefined;
  }
  if ((await connections.missing(target.connection)) !== 'credential') return target;
  const text = signInText(connections, target.connection);
  if (!(await asking(() => offerSignIn(text, services)))) return undefined;
  const signedIn = await turnTarget(wanted, services);
  const isMissing = signedIn && (await connections.missing(signedIn.connection)) === 'credential';
  return isMissing ? undefined : signedIn;
}

function unknownModel(name: string, model: string, connections: Connections): string | undefined {
  const connection = parseModelId(model)?.connection ?? '';
  if (connections.get(connection)) return undefined;
  return vscode.l10n.t(
    '“{0}” names the model “{1}”, but there is no connection “{2}”; write it as connection/model.',
    cleanName(name, 80),
    cleanName(model, 200),
    cleanName(connection, 80),
  );
}
