/** What OpenAI's error format tells beside status and message (wire contract D). */
export interface RefusalDetail {
  /** The field of the request that is wrong. */
  readonly param?: string;
  readonly code?: string;
}

/** A refusal: status and JSON body as Tachyon tells it (wire contract B5); other dialects word it in their own shape. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly detail: RefusalDetail;

  constructor(
    status: number,
    body: Readonly<Record<string, unknown>>,
    headers: Readonly<Record<string, string>> = {},
    detail: RefusalDetail = {},
  ) {
    super(`${status} ${JSON.stringify(body)}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
    this.detail = detail;
  }
}

/** 400 in the shape `{code, message}`. */
export function badRequest(message: string, detail: RefusalDetail = {}): HttpError {
  return new HttpError(400, { code: 'BAD_REQUEST', message }, {}, detail);
}

/** 404 in the shape `{code, message}`. */
export function notFound(message: string, detail: RefusalDetail = {}): HttpError {
  return new HttpError(404, { code: 'NOT_FOUND', message }, {}, detail);
}
