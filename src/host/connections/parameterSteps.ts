import * as vscode from 'vscode';
import type { Connection, Parameters } from '../../api/connection.ts';
import { dialectOf } from '../../api/dialects.ts';
import { parameterChoices, parameterText, readParameter, withParameter } from '../../chat/parameterInput.ts';
import { cleanLabel } from '../../chat/untrusted.ts';
import { showInput, showPick } from './quickSteps.ts';

/** Whose parameters are changed. */
export interface ParameterOwner {
  /** Title of the list. */
  readonly title: string;
  /** Stands before the parameter in the title of its box. */
  readonly name: string;
  readonly kind: Connection['kind'];
  /** The list offers the way back. */
  readonly hasBack: boolean;
  /** As they are now. */
  readonly read: () => Parameters;
  /** What goes out for a parameter that is not set here; undefined: nothing. */
  readonly otherwise?: (parameter: string) => string | undefined;
  readonly write: (parameters: Parameters | undefined) => Promise<void>;
}

type ParameterItem = vscode.QuickPickItem & {
  readonly parameter?: string;
  readonly action?: 'add' | 'reset';
};

/** Changes parameters, one box each, until the person leaves the list. */
export async function changeParametersOf(owner: ParameterOwner): Promise<void> {
  let last: string | undefined;
  for (;;) {
    const items = itemsOf(owner);
    const picked = await showPick<ParameterItem>({
      title: owner.title,
      placeholder: vscode.l10n.t('Only what you set here is sent'),
      hasBack: owner.hasBack,
      items,
      active: items.find(({ parameter }) => parameter !== undefined && parameter === last),
    });
    if (typeof picked !== 'object') return;
    if (picked.action === 'reset') {
      await owner.write(undefined);
      continue;
    }
    last = picked.parameter ?? (await askName(owner.title));
    if (last !== undefined) await changeParameter(owner, last);
  }
}

function itemsOf({ kind, read, otherwise }: ParameterOwner): ParameterItem[] {
  const parameters = read();
  const set = Object.keys(parameters);
  const unknown = set.filter((known) => !parameterChoices(kind).includes(known));
  const leftAlone = (parameter: string) => otherwise?.(parameter) ?? vscode.l10n.t('left to the server');
  return [
    ...[...unknown, ...parameterChoices(kind)].map((parameter) => ({
      label: cleanLabel(parameter, 80),
      description: Object.hasOwn(parameters, parameter)
        ? cleanLabel(parameterText(parameters[parameter]), 80)
        : leftAlone(parameter),
      parameter,
    })),
    ...(dialectOf(kind).takesAnyParameter
      ? [{ label: vscode.l10n.t('$(add) Another Parameter…'), action: 'add' as const }]
      : []),
    ...(set.length > 0 ? [{ label: vscode.l10n.t('$(discard) Reset All'), action: 'reset' as const }] : []),
  ];
}

async function askName(title: string): Promise<string | undefined> {
  const typed = await showInput({
    title,
    prompt: vscode.l10n.t('The parameter’s name, as the server knows it'),
    placeholder: 'top_k',
    hasBack: true,
    problem: (text) =>
      /^[\w.-]{1,64}$/.test(text.trim())
        ? undefined
        : vscode.l10n.t('A name has letters, digits, dots, hyphens and underscores only.'),
    accept: (text) => text.trim(),
  });
  return typeof typed === 'string' ? typed : undefined;
}

async function changeParameter(owner: ParameterOwner, parameter: string): Promise<void> {
  const { name, kind } = owner;
  const typed = await showInput({
    title: `${name}: ${cleanLabel(parameter, 80)}`,
    prompt: vscode.l10n.t('A number, a word or JSON. Leave it empty to leave it to the server.'),
    value: parameterText(owner.read()[parameter]),
    hasBack: true,
    problem: (text) => readParameter(kind, parameter, text, vscode.l10n).problem,
    accept: (text) => ({ value: readParameter(kind, parameter, text, vscode.l10n).value }),
  });
  if (typeof typed === 'object') await owner.write(withParameter(owner.read(), parameter, typed.value));
}
