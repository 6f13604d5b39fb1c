import * as vscode from 'vscode';
import type { Connection } from '../../../api/connection.ts';
import { describeError } from '../../../chat/describeError.ts';
import { isShown } from '../../../chat/modelFacts.ts';
import { modelSummary } from '../../../chat/modelSummary.ts';
import { withShownModels } from '../../../chat/shownModels.ts';
import { cleanLabel, plainText } from '../../../chat/untrusted.ts';
import { userEntry } from '../connectionEntries.ts';
import type { ManageServices } from './manageServices.ts';
import { writeFields } from './writeFields.ts';

/** Lets a person check which of the server's models stand in the pickers. */
export async function changeModels(connection: Connection, { models, log }: ManageServices): Promise<string> {
  const { name, kind } = connection;
  let isOld = false;
  try {
    const listed = await models.all(connection).catch((error: unknown) => {
      const known = models.known(connection);
      if (!known) throw error;
      log.failure('Models not listed', error, { connection: name });
      isOld = true;
      return known;
    });
    const picked = await vscode.window.showQuickPick(
      listed.map((model) => ({
        label: cleanLabel(model.id, 80),
        description: modelSummary(connection, model, undefined, vscode.l10n),
        picked: isShown(connection, model),
        id: model.id,
      })),
      {
        title: vscode.l10n.t('Models of {0} in the Pickers', name),
        placeHolder: isOld
          ? vscode.l10n.t('The server could not be asked; these are the chat models known so far')
          : vscode.l10n.t('Models that do not chat are left out unless you check them'),
        canPickMany: true,
        matchOnDescription: true,
        ignoreFocusOut: true,
      },
    );
    if (!picked) return name;
    const shown = new Set(picked.map(({ id }) => id));
    const changed = withShownModels(connection, userEntry(name)['models'], listed, shown);
    await writeFields(name, { models: Object.keys(changed).length === 0 ? undefined : changed });
  } catch (error) {
    void vscode.window.showErrorMessage(plainText(describeError(error, name, vscode.l10n, kind).message));
  }
  return name;
}
