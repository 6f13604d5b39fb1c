import * as vscode from 'vscode';

/** What a person may do next; runs when they press its button. */
export interface Offer {
  readonly title: string;
  readonly run: () => unknown;
}

/** Says what became of an answer, with buttons for what may follow. */
export async function offer(
  text: string,
  offers: readonly Offer[],
  severity: 'information' | 'warning' = 'information',
): Promise<void> {
  const titles = offers.map(({ title }) => title);
  const { showInformationMessage, showWarningMessage } = vscode.window;
  const show = severity === 'warning' ? showWarningMessage : showInformationMessage;
  const answer = await show(text, ...titles);
  await offers.find(({ title }) => title === answer)?.run();
}
