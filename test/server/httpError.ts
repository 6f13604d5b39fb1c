/** A refusal: status and JSON body as the client sees them (wire contract B5). */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: Readonly<Record<string, unknown>>, headers: Record<string, string> = {}) {
    super(`${status} ${JSON.stringify(body)}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** 400 in the shape `{code, message}`. */
export function badRequest(message: string): HttpError {
  return new HttpError(400, { code: 'BAD_REQUEST', message });
}

/** 404 in the shape `{code, message}`. */
export function notFound(message: string): HttpError {
  return new HttpError(404, { code: 'NOT_FOUND', message });
}
