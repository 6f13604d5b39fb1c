import type { Connection } from './connection.ts';
import type { JsonObject } from './json.ts';
import type { ChatCompletionRequest } from './wire.ts';

/** What differs between the APIs: everything else in `api` is the same for all of them. */
export interface Dialect {
  readonly chatCompletionsPath: string;
  readonly modelsPath: string;
  /**
   * The headers that choose what of the account is used: operator, organization, project.
   * @throws {ApiError} `missingOperator`.
   */
  scopeHeaders(connection: Connection): Readonly<Record<string, string>>;
  /** The body that goes over the wire: only fields the API has, and sampling fields only if the user set them. */
  buildRequest(request: ChatCompletionRequest, connection: Connection): JsonObject;
}
