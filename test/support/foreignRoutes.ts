import type { ServerResponse } from 'node:http';
import type { ForeignChatroom } from './foreignChatrooms.ts';
import { changeChatroom, listChatrooms, listMessages, newChatroom } from './foreignChatrooms.ts';
import type { CompletionStyle, Script } from './foreignCompletion.ts';
import { complete, send } from './foreignCompletion.ts';
import type { ForeignRequest } from './foreignRequests.ts';
import { bodyViolations, field, headerViolations, items } from './foreignRequests.ts';

/** What the routes work with. */
export interface ForeignState {
  readonly key: string;
  readonly operatorId: string;
  readonly models: readonly object[];
  readonly style: CompletionStyle;
  readonly violations: string[];
  readonly chatrooms: Map<string, ForeignChatroom>;
  readonly scripts: Script[];
}

/** Checks a request's headers and body and answers it. */
export async function answer(
  request: ForeignRequest,
  response: ServerResponse,
  state: ForeignState,
): Promise<void> {
  const wrong = headerViolations(request);
  state.violations.push(...wrong, ...bodyViolations(request));
  const { headers, path } = request;
  if (headers.authorization !== `Bearer ${state.key}`) {
    send(response, 401, { code: 'UNAUTHORIZED', message: 'verify token failed' });
  } else if (wrong.length > 0) {
    send(response, 400, { error: `BadRequest: ${wrong.join('; ')}` });
  } else if (path.startsWith('/v1/llms/') && headers['x-operator-id'] !== state.operatorId) {
    send(response, 403, { code: 'FORBIDDEN', message: 'operator not allowed' });
  } else {
    const roomId = /^\/v1\/llms\/chatrooms\/([^/]+)/.exec(path)?.[1];
    if (roomId === undefined) await answerPlain(request, response, state);
    else await answerRoom(request, response, state, decodeURIComponent(roomId));
  }
}

async function answerPlain(
  request: ForeignRequest,
  response: ServerResponse,
  state: ForeignState,
): Promise<void> {
  const { method, path, query, body } = request;
  switch (`${method} ${path}`) {
    case 'POST /v1/llms/chat/completions':
      await complete(request, response, undefined, state.scripts.shift(), state.style);
      break;
    case 'GET /v1/llms/chatrooms':
      send(response, 200, listChatrooms(state.chatrooms.values(), query, state.operatorId));
      break;
    case 'POST /v1/llms/chatrooms': {
      const room = newChatroom();
      state.chatrooms.set(room.id, room);
      send(response, 200, changeChatroom(room, body, state.operatorId));
      break;
    }
    case 'GET /v1/llms/models': {
      const all = query.get('require_agent_product') === 'false';
      const models = state.models.filter(
        (entry) => all || items(field(entry, 'supported_features')).includes('agent'),
      );
      send(response, 200, { models, total_count: models.length });
      break;
    }
    case 'GET /v1/auth/operators/by-user':
      send(response, 200, [
        { id: state.operatorId, name: 'Foreign', operatorName: 'foreign', platformId: 'tn_01jplatform' },
      ]);
      break;
    case 'GET /v1/me':
      // Whether this route takes service-account keys is unknown (wire contract A4): here it does not.
      send(response, 401, { code: 'UNAUTHORIZED', message: 'verify token failed' });
      break;
    default:
      refuseRoute(request, response, state);
  }
}

async function answerRoom(
  request: ForeignRequest,
  response: ServerResponse,
  state: ForeignState,
  id: string,
): Promise<void> {
  const room = state.chatrooms.get(id);
  const rest = request.path.split('/').slice(5).join('/');
  if (!room) {
    send(response, 404, { code: 'NOT_FOUND', message: `chatroom ${id} not found` });
    return;
  }
  switch (`${request.method} ${rest}`) {
    case 'PATCH ':
      send(response, 200, changeChatroom(room, request.body, state.operatorId));
      break;
    case 'DELETE ':
      state.chatrooms.delete(id);
      response.writeHead(204).end();
      break;
    case 'GET messages':
      if (['limit', 'offset', 'search'].every((name) => request.query.has(name))) {
        send(response, 200, listMessages(room, request.query));
      } else {
        state.violations.push(`GET ${request.path}: limit, offset and search are required`);
        send(response, 400, { error: 'BadRequest: limit, offset and search are required' });
      }
      break;
    case 'POST chat/completions':
      await complete(request, response, room, state.scripts.shift(), state.style);
      break;
    default:
      refuseRoute(request, response, state);
  }
}

function refuseRoute({ method, path }: ForeignRequest, response: ServerResponse, state: ForeignState): void {
  state.violations.push(`${method} ${path}: no such route`);
  send(response, 404, { code: 'NOT_FOUND', message: 'no such route' });
}
