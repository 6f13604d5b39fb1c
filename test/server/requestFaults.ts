import type { ServerResponse } from 'node:http';
import type { RequestFault, StatusFaultName } from './faults.ts';
import type { ExchangeWatch } from './requestLog.ts';
import { aborted } from './pause.ts';

/** Bodies as clients have recorded them (wire contract B5). */
const statusBodies: Readonly<Record<StatusFaultName, Readonly<Record<string, unknown>>>> = {
  '400': { error: 'BadRequest: the demo fault 400' },
  '401': { code: 'UNAUTHORIZED', message: 'verify token failed' },
  '402': {
    error: 'payment_required',
    message: 'Insufficient credits. Required: 130, Available: 100',
    code: 'INSUFFICIENT_CREDITS',
  },
  '403': { code: 'FORBIDDEN', message: 'the service account has no grant for this operator' },
  '404': { code: 'NOT_FOUND', message: 'not found' },
  '409': { code: 'CONFLICT', message: 'the resource was changed meanwhile' },
  '422': { code: 'UNPROCESSABLE_ENTITY', message: 'the request cannot be processed' },
  '429': { code: 'TOO_MANY_REQUESTS', message: 'rate limit exceeded' },
  '500': { error: 'InternalServerError: the demo fault 500' },
  '503': { code: 'SERVICE_UNAVAILABLE', message: 'try again later' },
};

const page = (title: string): string =>
  `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;

/** Plays a fault that comes instead of an answer. */
export async function playRequestFault(
  fault: RequestFault,
  response: ServerResponse,
  watch: ExchangeWatch,
): Promise<void> {
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
    case '400':
    case '401':
    case '402':
    case '403':
    case '404':
    case '409':
    case '422':
    case '429':
    case '500':
    case '503':
      response
        .writeHead(Number(fault.name), { 'content-type': 'application/json', ...fault.headers })
        .end(JSON.stringify(fault.body ?? statusBodies[fault.name]));
  }
}
