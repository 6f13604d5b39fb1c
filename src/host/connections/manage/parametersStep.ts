import * as vscode from 'vscode';
import type { Connection } from '../../../api/connection.ts';
import { dialectOf } from '../../../api/dialects.ts';
import {
  parameterChoices,
  parameterText,
  readParameter,
  withParameter,
} from '../../../chat/parameterInput.ts';
import { cleanLabel } from '../../../chat/untrusted.ts';
import { showInput, showPick } from '../quickSteps.ts';
import type { ManageServices } from './manageServices.ts';
import { writeFields } from './writeFields.ts';

type ParameterItem = vscode.QuickPickItem & { readonly parameter?: string };

/** Changes the parameters that go with every prompt of a connection, one box each. */
export async function changeParameters(
  { name, kind }: Connection,
  { connections }: ManageServices,
): Promise<string> {
  let last: string | undefined;
  for (;;) {
    const parameters = connections.get(name)?.parameters ?? {};
    const unknown = Object.keys(parameters).filter((known) => !parameterChoices(kind).includes(known));
    const items: ParameterItem[] = [...unknown, ...parameterChoices(kind)].map((parameter) => ({
      label: cleanLabel(parameter, 80),
      description: Object.hasOwn(parameters, parameter)
        ? cleanLabel(parameterText(parameters[parameter]), 80)
        : vscode.l10n.t('left to the server'),
      parameter,
    }));
    if (dialectOf(kind).takesAnyParameter) items.push({ label: vscode.l10n.t('$(add) Another Parameter…') });
    const picked = await showPick<ParameterItem>({
      title: vscode.l10n.t('Default Parameters of {0}', name),
      placeholder: vscode.l10n.t('Only what you set here is sent'),
      hasBack: true,
      items,
      active: items.find(({ parameter }) => parameter !== undefined && parameter === last),
    });
    if (typeof picked !== 'object') return name;
    last = picked.parameter ?? (await askName(name));
    if (last !== undefined) await changeParameter(name, kind, parameters, last);
  }
}

async function askName(name: string): Promise<string | undefined> {
  const typed = await showInput({
    title: vscode.l10n.t('Default Parameters of {0}', name),
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

async function changeParameter(
  name: string,
  kind: Connection['kind'],
  parameters: Readonly<Record<string, unknown>>,
  parameter: string,
): Promise<void> {
  const typed = await showInput({
    title: `${name}: ${cleanLabel(parameter, 80)}`,
    prompt: vscode.l10n.t('A number, a word or JSON. Leave it empty to leave it to the server.'),
    value: parameterText(parameters[parameter]),
    hasBack: true,
    problem: (text) => readParameter(kind, parameter, text, vscode.l10n).problem,
    accept: (text) => ({ value: readParameter(kind, parameter, text, vscode.l10n).value }),
  });
  if (typeof typed !== 'object') return;
  await writeFields(name, { parameters: withParameter(parameters, parameter, typed.value) });
}
