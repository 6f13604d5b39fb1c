import * as vscode from 'vscode';
import { ApiError, type ApiErrorKind } from '../../api/apiError.ts';
import type { Connection } from '../../api/connection.ts';
import { parseJson } from '../../api/json.ts';
import type { ChatCompletionRequest } from '../../api/wireRequest.ts';
import { type CallExtras, createCallExtras } from '../../chat/callExtras.ts';
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
import { countableText, mediaCount, toWireMessages, toWireTools } from './wireMessages.ts';

/** Gives every model of every connection to VS Code. Always stateless: it never makes a chatroom. */
export function createModelProvider(
  connections: Connections,
  models: ModelList,
): vscode.LanguageModelChatProvider {
  const extras = createCallExtras();
  return {
    onDidChangeLanguageModelChatInformation: models.onDidChange,
    async provideLanguageModelChatInformation() {
      const usable = await connections.usable();
      models.refresh(usable);
      const offered = connections.all().flatMap((connection) => {
        const isUsable = usable.includes(connection);
        const shown = models.shown(connection) ?? (isUsable ? models.known(connection) : undefined);
        if (!shown && !isUsable) return [];
        // The default stays when the list comes: VS Code fails a prompt whose picked model is gone.
        return [
          defaultModelOf(connection, connection === usable[0], models.state(connection)),
          ...(shown ?? []).map((model) =>
            modelInformation(connection, model, models.state(connection, model.id)),
          ),
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
        const model = reference.model ?? (await defaultOf(connection, models));
        const request: ChatCompletionRequest = {
          ...(model !== undefined && { model }),
          messages: toWireMessages(messages, extras),
          ...(options.tools?.length && {
            tools: toWireTools(options.tools),
            tool_choice: options.toolMode === vscode.LanguageModelChatToolMode.Required ? 'required' : 'auto',
          }),
        };
        const endpoint = connections.endpoint(connection);
        const reply = assembleReply(endpoint.expects(request));
        for await (const chunk of endpoint.streamChatCompletion(request, { signal })) {
          report(reply.add(chunk), progress, extras);
        }
        report(reply.end(), progress, extras);
      } catch (error) {
        if (signal.aborted) throw new vscode.CancellationError();
        throw toLanguageModelError(error, connection);
      }
    },
    provideTokenCount: (_model, text) => Promise.resolve(countTokens(text)),
  };
}

async function defaultOf(connection: Connection, models: ModelList): Promise<string | undefined> {
  const candidates = models.known(connection) ?? (await models.load(connection));
  return defaultModel(connection.kind, candidates)?.id;
}

/** An image of usual size costs about this much at the large providers, whose rules differ. */
const tokensPerMedium = 1000;

function countTokens(text: string | vscode.LanguageModelChatRequestMessage): number {
  if (typeof text === 'string') return estimateTokens(text);
  return estimateTokens(countableText(text.content)) + tokensPerMedium * mediaCount(text.content);
}

function report(
  events: readonly ReplyEvent[],
  progress: vscode.Progress<vscode.LanguageModelResponsePart>,
  extras: CallExtras,
): void {
  for (const event of events) {
    if (event.type === 'textDelta') progress.report(new vscode.LanguageModelTextPart(event.text));
    if (event.type === 'toolCall') {
      // VS Code finds a result's call by its id, and some servers give none.
      const id = event.id || `call_${crypto.randomUUID().replaceAll('-', '')}`;
      if (event.extraContent !== undefined) extras.keep(id, event.extraContent);
      progress.report(new vscode.LanguageModelToolCallPart(id, event.name, toolInput(event.arguments)));
    }
  }
}

/** Models write broken JSON now and then; the tool then sees no input and says so. */
function toolInput(text: string): object {
  const value = parseJson(text);
  return typeof value === 'object' && value !== null ? value : {};
}

function toLanguageModelError(error: unknown, { name, kind }: Connection): Error {
  // Callers show it as plain text.
  const message = plainText(describeError(error, name, vscode.l10n, kind).message);
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
