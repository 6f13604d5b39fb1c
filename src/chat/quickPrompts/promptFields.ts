import type { L10n } from '../l10n.ts';
import { cleanName, plainText } from '../untrusted.ts';
import { parseTemplate } from './promptTemplate.ts';
import type { PromptRoom, PromptTarget, QuickPrompt } from './quickPrompt.ts';

/** Where answers can go, as a prompt's `target` says it. */
export const promptTargets = [
  'editor',
  'insert',
  'replace',
  'newFile',
  'clipboard',
  'panel',
  'terminal',
  'scm',
] as const satisfies readonly PromptTarget[];

/** What a prompt's `room` can be. */
export const promptRooms = ['none', 'current', 'own'] as const satisfies readonly PromptRoom[];

/** A longer prompt, in characters, is no prompt. */
const longestPrompt = 100_000;

/** Characters. */
const longestName = 60;
const longestDescription = 200;
const longestModel = 300;

/** What a person or a file says of a prompt beside its name and its text: untrusted. */
interface GivenFields {
  readonly description?: unknown;
  readonly target?: unknown;
  readonly model?: unknown;
  readonly room?: unknown;
}

type Fields = Pick<QuickPrompt, 'description' | 'target' | 'model' | 'room'>;

/** What is wrong with a field, in one sentence. */
interface FieldProblem {
  readonly field: string;
  readonly problem: string;
}

/** Reads the fields that a prompt may have; without a target the answer goes into a new editor. */
export function readFields(given: GivenFields, l10n: L10n): Fields | FieldProblem {
  const wrong = (field: string, expectation: string): FieldProblem => ({
    field,
    problem: l10n.t('“{0}” must be {1}.', field, expectation),
  });
  const { description, target = 'editor', model, room } = given;
  const knownTarget = promptTargets.find((known) => known === target);
  const knownRoom = promptRooms.find((known) => known === room);
  if (description !== undefined && typeof description !== 'string')
    return wrong('description', l10n.t('a text that is not empty'));
  if (!knownTarget) return wrong('target', l10n.t('one of: {0}', promptTargets.join(', ')));
  if (room !== undefined && !knownRoom) return wrong('room', l10n.t('one of: {0}', promptRooms.join(', ')));
  if (model !== undefined && !isModel(model))
    return wrong('model', l10n.t('a connection and a model, such as {0}', 'tachyon/openai/gpt-4.1'));
  const shown = typeof description === 'string' ? cleanName(description, longestDescription) : '';
  return {
    target: knownTarget,
    ...(shown !== '' && { description: shown }),
    ...(isModel(model) && { model }),
    ...(knownRoom && { room: knownRoom }),
  };
}

/** The name of a prompt as every surface of VS Code can show it; boxes and notifications make links of Markdown. */
export function promptName(given: unknown): string {
  return typeof given === 'string' ? cleanName(plainText(cleanName(given, longestName)), longestName) : '';
}

/** The text of a prompt, or what is wrong with it. */
export function readPrompt(given: unknown, l10n: L10n): string | { readonly problem: string } {
  if (typeof given !== 'string' || given.trim() === '')
    return { problem: l10n.t('The prompt is empty; write one.') };
  if (given.length > longestPrompt)
    return { problem: l10n.t('The prompt is longer than {0} characters; shorten it.', longestPrompt) };
  const template = parseTemplate(given, l10n);
  return 'problem' in template ? { problem: template.problem } : given;
}

/** Whether it is `<connection>/<model>`, in one line of which all is seen. */
export function isModel(model: unknown): model is string {
  return typeof model === 'string' && /^[^/]+\/./.test(model) && cleanName(model, longestModel) === model;
}
