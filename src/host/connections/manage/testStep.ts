import * as vscode from 'vscode';
import type { Connection } from '../../../api/connection.ts';
import type { ChatCompletionRequest } from '../../../api/wireRequest.ts';
import { defaultModel } from '../../../chat/defaultModel.ts';
import { describeError } from '../../../chat/describeError.ts';
import { isShown, withOwnModels } from '../../../chat/modelFacts.ts';
import { hasNoModelList } from '../../../chat/noModelList.ts';
import { cleanLabel, plainText } from '../../../chat/untrusted.ts';
import { toAbortSignal } from '../../cancellation.ts';
import type { Connections } from '../connections.ts';
import type { ManageServices } from './manageServices.ts';

/** Lists the models and asks one for a word, then says what came. */
export async function testConnection(
  connection: Connection,
  { connections, log }: ManageServices,
): Promise<string> {
  const { name, kind } = connection;
  const progress = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Testing {0}…', name),
    cancellable: true,
  };
  await vscode.window.withProgress(progress, async (_, token) => {
    const signal = toAbortSignal(token);
    try {
      const text = await tryOut(connections, connection, signal);
      void vscode.window.showInformationMessage(text);
    } catch (error) {
      if (signal.aborted) return;
      log.failure('Connection tested', error, { connection: name });
      const { message } = describeError(error, name, vscode.l10n, kind);
      void vscode.window.showErrorMessage(plainText(message));
    }
  });
  return name;
}

async function tryOut(
  connections: Connections,
  connection: Connection,
  signal: AbortSignal,
): Promise<string> {
  const endpoint = connections.endpoint(connection);
  const options = { signal, retry: { strategy: 'none' } } as const;
  const listed = await endpoint.listModels(options).catch((error: unknown) => {
    if (hasNoModelList(error)) return undefined;
    throw error;
  });
  const chat = withOwnModels(connection, listed ?? []).filter((model) => isShown(connection, model));
  const model = defaultModel(connection.kind, chat)?.id;
  const request: ChatCompletionRequest = {
    ...(model !== undefined && { model }),
    messages: [{ role: 'user', content: 'Answer with the one word OK.' }],
  };
  const { name } = connection;
  const asked = cleanLabel(model ?? name, 80);
  const start = performance.now();
  for await (const { choices } of endpoint.streamChatCompletion(request, options)) {
    const { content, reasoning_content: reasoning } = choices[0]?.delta ?? {};
    if (!content && !reasoning) continue;
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    return listed
      ? vscode.l10n.t(
          '{0} works: {1} models for chat, and {2} began to answer after {3} s.',
          name,
          chat.length,
          asked,
          seconds,
        )
      : vscode.l10n.t(
          '{0} works: it lists no models, and {1} began to answer after {2} s.',
          name,
          asked,
          seconds,
        );
  }
  return listed
    ? vscode.l10n.t(
        '{0} lists {1} models for chat, but {2} answered without any text.',
        name,
        chat.length,
        asked,
      )
    : vscode.l10n.t('{0} lists no models, and {1} answered without any text.', name, asked);
}
