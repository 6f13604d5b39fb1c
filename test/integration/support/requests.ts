import type { RecordedRequest } from '../../server/requestLog.ts';
import type { RunningServer } from '../../server/server.ts';

/** `METHOD path` of everything a server got, oldest first; chatroom ids are shown as `:id`. */
export function routes({ requests }: Pick<RunningServer, 'requests'>): string[] {
  return requests.map(({ method, path }) => `${method} ${path.replace(/ch_[0-9a-z]+/, ':id')}`);
}

/** Whether a request asks for an answer of a model. */
export function isCompletion({ path }: RecordedRequest): boolean {
  return path.endsWith('/chat/completions');
}

/** The completions that a server got, oldest first. */
export function completions({ requests }: Pick<RunningServer, 'requests'>): RecordedRequest[] {
  return requests.filter(isCompletion);
}

/** The JSON object of a request's body. Throws if it is none. */
export function bodyOf(request: RecordedRequest | undefined): Record<string, unknown> {
  const body = request?.body;
  if (typeof body !== 'object' || body === null) throw new Error('The request has no JSON object.');
  return { ...body };
}
