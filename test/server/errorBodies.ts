import type { HttpError } from './httpError.ts';

function messageOf({ body }: HttpError): string {
  return String(body['message'] ?? body['error']);
}

/** `{code, message}` and the other shapes of wire contract B5. */
export function tachyonError({ body }: HttpError): object {
  return body;
}

const openaiCodes: Readonly<Record<number, string>> = {
  401: 'invalid_api_key',
  405: 'method_not_supported',
  429: 'rate_limit_exceeded',
};

/** `{error: {message, type, param, code}}` (wire contract D). */
export function openaiError(error: HttpError): object {
  const { status } = error;
  const { param = '', code = openaiCodes[status] ?? null } = error.detail;
  const type = status >= 500 ? 'server_error' : status === 429 ? 'requests' : 'invalid_request_error';
  return { error: { message: messageOf(error), type, param: param === '' ? null : param, code } };
}

const atomaCodes: Readonly<Record<number, string>> = {
  401: 'AUTH_ERROR',
  402: 'BALANCE_ERROR',
  403: 'AUTH_ERROR',
  404: 'NOT_FOUND',
  423: 'LOCKED',
  425: 'UNAVAILABLE_STACK',
  429: 'TOO_MANY_REQUESTS',
};

/** `{error: {code, message}}` (wire contract C). */
export function atomaError(error: HttpError): object {
  const fallback = error.status < 500 ? 'REQUEST_ERROR' : 'INTERNAL_ERROR';
  return { error: { code: atomaCodes[error.status] ?? fallback, message: messageOf(error) } };
}

/** OpenAI's shape without its codes, as Ollama answers. */
export function compatibleError(error: HttpError): object {
  const { status } = error;
  const type = status === 404 ? 'not_found_error' : status < 500 ? 'invalid_request_error' : 'api_error';
  return { error: { message: messageOf(error), type, param: null, code: null } };
}
