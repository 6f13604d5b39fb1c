import * as vscode from 'vscode';
import { modelVendor } from '../../../src/shared/contributions.ts';

/** The models that VS Code has of us, once `match` is true of their ids. */
export async function modelsOnce(
  match: (ids: readonly string[]) => boolean,
): Promise<vscode.LanguageModelChat[]> {
  let changed = nextChange();
  for (;;) {
    const models = await vscode.lm.selectChatModels({ vendor: modelVendor });
    if (match(models.map(({ id }) => id))) return models;
    await changed;
    changed = nextChange();
  }
}

/** A model by its id, as soon as it is listed. */
export async function modelOnce(id: string): Promise<vscode.LanguageModelChat> {
  const models = await modelsOnce((ids) => ids.includes(id));
  const found = models.find((model) => model.id === id);
  if (!found) throw new Error(`There is no model ${id}.`);
  return found;
}

/** Sends one user message and returns the text of the whole answer. */
export async function askModel(
  model: vscode.LanguageModelChat,
  content: string,
  token?: vscode.CancellationToken,
): Promise<string> {
  const response = await model.sendRequest([vscode.LanguageModelChatMessage.User(content)], {}, token);
  let text = '';
  for await (const piece of response.text) text += piece;
  return text;
}

function nextChange(): Promise<void> {
  return new Promise((resolve) => {
    const subscription = vscode.lm.onDidChangeChatModels(() => {
      subscription.dispose();
      resolve();
    });
  });
}
