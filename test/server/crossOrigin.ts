import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Lets web pages and workers of any origin use the server, as VS Code's web worker host needs (Fetch standard, CORS).
 * Returns whether the request was a browser's preflight, which is thereby answered.
 */
export function allowAnyOrigin(request: IncomingMessage, response: ServerResponse): boolean {
  response.setHeader('access-control-allow-origin', '*');
  if (request.method !== 'OPTIONS') return false;
  response
    .writeHead(204, {
      'access-control-allow-methods': 'GET, POST, PATCH, DELETE',
      'access-control-allow-headers':
        'authorization, api-key, content-type, openai-organization, openai-project, x-operator-id',
    })
    .end();
  return true;
}
