import * as vscode from 'vscode';
import type { Connection } from '../../api/connection.ts';
import type { ModelInfo } from '../../api/wire.ts';
import type { ModelState } from '../../chat/localServer.ts';
import { assumedLimits, modelFacts } from '../../chat/modelFacts.ts';
import { stateNote } from '../../chat/modelSummary.ts';
import { cleanLabel, escapeMarkdown } from '../../chat/untrusted.ts';

/** Without any model VS Code answers `@tachyon` with an error before our handler is called. */
export function signInModel(): vscode.LanguageModelChatInformation {
  return placeholder('tachyon/sign-in', vscode.l10n.t('Sign in to Tachyon'));
}

/**
 * Lets the chatroom, `tachyon.defaultModel` or the connection's own default decide; there also before its list is. VS
 * Code picks what is first by name: that must be the default of the first usable connection.
 */
export function defaultModelOf(
  { name }: Connection,
  isFirst: boolean,
  state: ModelState | undefined,
): vscode.LanguageModelChatInformation {
  return isFirst
    ? {
        ...placeholder(`${name}/default`, vscode.l10n.t('Default')),
        detail: detailOf(name, state),
        tooltip: vscode.l10n.t(
          'The chatroom’s model, else tachyon.defaultModel, else a good one of “{0}”.',
          name,
        ),
      }
    : {
        ...placeholder(`${name}/default`, vscode.l10n.t('Default ({0})', name)),
        detail: detailOf(name, state),
        tooltip: vscode.l10n.t('The chatroom’s model if it is one of “{0}”, else a good one.', name),
      };
}

/** A model of a connection as VS Code's picker shows it. Names come from a server: cleaned and cut. */
export function modelInformation(
  connection: Connection,
  model: ModelInfo,
  state: ModelState | undefined,
): vscode.LanguageModelChatInformation {
  const { name, contextWindow, maxOutputTokens, isEstimate, imageInput, toolCalling } = modelFacts(
    connection,
    model,
  );
  const description = escapeMarkdown(cleanLabel(model.description ?? '', 200));
  const estimate = isEstimate ? vscode.l10n.t('The server gives no limits; these are estimates.') : '';
  return {
    id: `${connection.name}/${model.id}`,
    name: cleanLabel(name, 80) || cleanLabel(model.id, 80),
    family: cleanLabel(model.provider ?? model.id, 80),
    version: '1',
    detail: detailOf(connection.name, state),
    tooltip: [description, stateNote(state, vscode.l10n), estimate].filter(Boolean).join(' '),
    maxInputTokens: contextWindow - maxOutputTokens,
    maxOutputTokens,
    capabilities: { imageInput, toolCalling },
  };
}

function detailOf(name: string, state: ModelState | undefined): string {
  return state === 'loading' ? vscode.l10n.t('{0}, loading…', name) : name;
}

function placeholder(id: string, name: string): vscode.LanguageModelChatInformation {
  return {
    id,
    name,
    family: 'tachyon',
    version: '1',
    maxInputTokens: assumedLimits.contextWindow - assumedLimits.maxOutputTokens,
    maxOutputTokens: assumedLimits.maxOutputTokens,
    // Agent mode, VS Code's default, hides models without tool calling.
    capabilities: { toolCalling: true },
  };
}
