import type { ServerResponse } from 'node:http';
import type { Dialect } from './dialect.ts';
import type { RequestFault, StatusFault } from './faults.ts';
import type { ExchangeWatch } from './requestLog.ts';
import { isStatusFault } from './faults.ts';
import { HttpError } from './httpError.ts';
import { aborted } from './pause.ts';

/** Bodies as clients have recorded them (wire contract B5). */
const statusBodies: Readonly<Record<number, Readonly<Record<string, unknown>>>> = {
  400: { error: 'BadRequest: the demo fault 400' },
  401: { code: 'UNAUTHORIZED', message: 'verify token failed' },
  402: {
    error: 'payment_required',
    message: 'Insufficient credits. Required: 130, Available: 100',
    code: 'INSUFFICIENT_CREDITS',
  },
  403: { code: 'FORBIDDEN', message: 'the service account has no grant for this operator' },
  404: { code: 'NOT_FOUND', message: 'not found' },
  408: { code: 'REQUEST_TIMEOUT', message: 'the request took too long' },
  409: { code: 'CONFLICT', message: 'the resource was changed meanwhile' },
  422: { code: 'UNPROCESSABLE_ENTITY', message: 'the request cannot be processed' },
  423: { code: 'LOCKED', message: 'the resource is locked' },
  425: { code: 'TOO_EARLY', message: 'the model is not ready yet' },
  429: { code: 'TOO_MANY_REQUESTS', message: 'rate limit exceeded' },
  500: { error: 'InternalServerError: the demo fault 500' },
  502: { code: 'BAD_GATEWAY', message: 'the provider failed' },
  503: { code: 'SERVICE_UNAVAILABLE', message: 'try again later' },
  504: { code: 'GATEWAY_TIMEOUT', message: 'the provider took too long' },
};

const statusHeaders: Readonly<Partial<Record<StatusFault['name'], Readonly<Record<string, string>>>>> = {
  '429retry-after': { 'retry-after': '1' },
  '429retry-after-ms': { 'retry-after-ms': '50' },
  '500final': { 'x-should-retry': 'false' },
};

const page = (title: string): string =>
  `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;

/** Plays a fault that comes instead of an answer. */
export async function playRequestFault(
  fault: StatusFault | RequestFault,
  response: ServerResponse,
  watch: ExchangeWatch,
  dialect: Dialect,
): Promise<void> {
  if (isStatusFault(fault)) {
    sendStatus(fault, response, dialect);
    return;
  }
  const html = { 'content-type': 'text/html; charset=utf-8', ...fault.headers };
  switch (fault.name) {
    case 'reset':
      watch.cutByServer = true;
      response.socket?.resetAndDestroy();
      return;
    case 'hang':
      await aborted(watch.signal);
      return;
    case 'redirect':
      response.writeHead(307, { location: fault.location ?? 'http://127.0.0.1:9/', ...fault.headers }).end();
      return;
    case '502html':
      response.writeHead(502, html).end(page('502 Bad Gateway'));
      return;
    case '200html':
      response.writeHead(200, html).end(page('Welcome'));
      return;
  }
}

function sendStatus({ name, headers, body }: StatusFault, response: ServerResponse, dialect: Dialect): void {
  const status = Number.parseInt(name, 10);
  const error = new HttpError(status, statusBodies[status] ?? {});
  response
    .writeHead(status, { 'content-type': 'application/json', ...statusHeaders[name], ...headers })
    .end(JSON.stringify(body ?? dialect.errorBody(error)));
}
