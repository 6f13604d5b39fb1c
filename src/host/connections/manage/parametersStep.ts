import * as vscode from 'vscode';
import type { Connection } from '../../../api/connection.ts';
import { changeParametersOf } from '../parameterSteps.ts';
import type { ManageServices } from './manageServices.ts';
import { writeFields } from './writeFields.ts';

/** Changes the parameters that go with every prompt of a connection. */
export async function changeParameters(
  { name, kind }: Connection,
  { connections }: ManageServices,
): Promise<string> {
  await changeParametersOf({
    title: vscode.l10n.t('Default Parameters of {0}', name),
    name,
    kind,
    hasBack: true,
    read: () => connections.get(name)?.parameters ?? {},
    write: async (parameters) => {
      await writeFields(name, { parameters });
    },
  });
  return name;
}
