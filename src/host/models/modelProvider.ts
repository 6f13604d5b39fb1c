import * as vscode from 'vscode';
import { ApiError, type ApiErrorKind } from '../../api/apiError.ts';
import type { ChatCompletionRequest } from '../../api/wire.ts';
import { defaultModel } from '../../chat/defaultModel.ts';
import { describeError } from '../../chat/describeError.ts';
import { parseModelId } from '../../chat/modelChoice.ts';
import { assembleReply } from '../../chat/replyAssembly.ts';
import { estimateTokens } from '../../chat/tokenEstimate.ts';
import { plainText } from '../../chat/untrusted.ts';
import type { ReplyEvent } from '../../chat/replyEvents.ts';
import { toAbortSignal } from '../cancellation.ts';
import type { Connections } from '../connections/connections.ts';
import { defaultModelOf, modelInformation, signInModel } from './modelInformation.ts';
import type { ModelList } from './modelList.ts';
import { countableText, imageCount, toWireMessages, toWireTools } from './wireMessages.ts';

/** Gives every model of every connection to VS Code. Always stateless: it never makes a chatroom. */
export function createModelProvider(
  connections: Connections,
  models: ModelList,
): vscode.LanguageModelChatProvider {
  return {
    onDidChangeLanguageModelChatInformation: models.onDidChange,
    async provideLanguageModelChatInformation() {
      const usable = await connections.usable();
      models.refresh(usable);
      const offered = connections.all().flatMap((connection) => {
        const shown = models.shown(connection);
        if (!shown && !usable.includes(connection)) return [];
        // The default stays when the list comes: VS Code fails a prompt whose picked model is gone.
        return [
          defaultModelOf(connection),
          ...(shown ?? []).map((model) => modelInformation(connection, model)),
        ];
      });
      return offered.length > 0 ? offered : [signInModel()];
    },
    async provideLanguageModelChatResponse(information, messages, options, progress, token) {
      const reference = parseModelId(information.id);
      const connection = reference && connections.get(reference.connection);
      if (!connection || information.id === signInModel().id) {
        throw vscode.LanguageModelError.NoPermissions(
          vscode.l10n.t('Sign in first: run “Tachyon: Sign In” from the command palette.'),
        );
      }
      const signal = toAbortSignal(token);
      try {
        const model = reference.model ?? defaultModel(connection.kind, await models.load(connection))?.id;
        const request: ChatCompletionRequest = {
          ...(model !== undefined && { model }),
          messages: toWireMessages(messages),
          ...(options.tools?.length && {
            tools: toWireTools(options.tools),
            tool_choice: options.toolMode === vscode.LanguageModelChatToolMode.Required ? 'any' : 'auto',
          }),
        };
        const reply = assembleReply();
        for await (const chunk of connections
          .endpoint(connection)
          .streamChatCompletion(request, { signal })) {
          report(reply.add(chunk), progress);
        }
        report(reply.end(), progress);
      } catch (error) {
        if (signal.aborted) throw new vscode.CancellationError();
        throw toLanguageModelError(error, connection.name);
      }
    },
    provideTokenCount: (_model, text) => Promise.resolve(countTokens(text)),
  };
}

/** An image of usual size costs about this much at the large providers, whose rules differ. */
const tokensPerImage = 1000;

function countTokens(text: string | vscode.LanguageModelChatRequestMessage): number {
  if (typeof text === 'string') return estimateTokens(text);
  return estimateTokens(countableText(text.content)) + tokensPerImage * imageCount(text.content);
}

function report(
  events: readonly ReplyEvent[],
  progress: vscode.Progress<vscode.LanguageModelResponsePart>,
): void {
  for (const event of events) {
    if (event.type === 'textDelta') progress.report(new vscode.LanguageModelTextPart(event.text));
    if (event.type === 'toolCall') {
      progress.report(new vscode.LanguageModelToolCallPart(event.id, event.name, toolInput(event.arguments)));
    }
  }
}

/** Models write broken JSON now and then; the tool then sees no input and says so. */
function toolInput(text: string): object {
  try {
    const value: unknown = JSON.parse(text || '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function toLanguageModelError(error: unknown, connection: string): Error {
  // Callers show it as plain text.
  const message = plainText(describeError(error, connection, vscode.l10n).message);
  const make = error instanceof ApiError ? errorKinds[error.kind] : undefined;
  return make ? make(message) : new vscode.LanguageModelError(message);
}

/** VS Code's own kinds, which callers can tell apart. */
const errorKinds: Readonly<Partial<Record<ApiErrorKind, (message: string) => Error>>> = {
  unauthorized: (message) => vscode.LanguageModelError.NoPermissions(message),
  forbidden: (message) => vscode.LanguageModelError.NoPermissions(message),
  missingCredential: (message) => vscode.LanguageModelError.NoPermissions(message),
  missingOperator: (message) => vscode.LanguageModelError.NoPermissions(message),
  notFound: (message) => vscode.LanguageModelError.NotFound(message),
  rateLimited: (message) => vscode.LanguageModelError.Blocked(message),
  paymentRequired: (message) => vscode.LanguageModelError.Blocked(message),
};
