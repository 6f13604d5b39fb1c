import type { ReplyDelta } from './chunks.ts';
import type { CompletionRequest } from './requestBodies.ts';

/** An entry of the model list (wire contract A5, ModelInfo); optional fields are missing or null in real lists. */
export interface ListedModel {
  readonly id: string;
  readonly name: string;
  readonly provider: string;
  readonly supported_features: readonly string[];
  readonly description?: string | null;
  readonly context_window?: number | null;
  readonly max_output_tokens?: number | null;
}

/** Where answers come from: the built-in demo model or an upstream server. */
export interface ModelBackend {
  listModels(signal: AbortSignal): Promise<readonly ListedModel[]>;
  /**
   * Starts an answer of the listed model `model`; the promise settles when it is known whether there will be
   * one, so that a refusal still becomes an HTTP status. After an abort the deltas end without error.
   */
  reply(model: string, request: CompletionRequest, signal: AbortSignal): Promise<AsyncIterable<ReplyDelta>>;
}
