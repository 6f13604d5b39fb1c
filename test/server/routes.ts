import type { Exchange, Services } from './exchange.ts';
import { listModels, listOperators, me } from './accountRoutes.ts';
import {
  createChatroom,
  deleteChatroom,
  listChatrooms,
  listMessages,
  updateChatroom,
} from './chatroomRoutes.ts';
import { chatCompletion, chatroomCompletion } from './completionRoutes.ts';
import { HttpError, badRequest, notFound } from './httpError.ts';

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  /** Whether `x-operator-id` is required (wire contract A2). */
  readonly needsOperator: boolean;
  readonly handle: (exchange: Exchange, services: Services) => void | Promise<void>;
}

function route(method: string, path: string, handle: Route['handle'], needsOperator = true): Route {
  return { method, pattern: new RegExp(`^${path.replace(':id', '(?<id>[^/]+)')}$`), handle, needsOperator };
}

const routes: readonly Route[] = [
  route('POST', '/v1/llms/chat/completions', chatCompletion),
  route('GET', '/v1/llms/chatrooms', listChatrooms),
  route('POST', '/v1/llms/chatrooms', createChatroom),
  route('PATCH', '/v1/llms/chatrooms/:id', updateChatroom),
  route('DELETE', '/v1/llms/chatrooms/:id', deleteChatroom),
  route('GET', '/v1/llms/chatrooms/:id/messages', listMessages),
  route('POST', '/v1/llms/chatrooms/:id/chat/completions', chatroomCompletion),
  route('GET', '/v1/llms/models', listModels),
  route('GET', '/v1/auth/operators/by-user', listOperators, false),
  route('GET', '/v1/me', me, false),
];

/** The route of a request and the decoded parts of its path. Throws 404 or 405. */
export function findRoute(method: string, path: string): { route: Route; params: Record<string, string> } {
  const ofPath = routes.filter(({ pattern }) => pattern.test(path));
  const found = ofPath.find((candidate) => candidate.method === method);
  if (ofPath.length === 0) throw notFound(`no route ${path}`);
  if (!found) {
    const allow = ofPath.map((candidate) => candidate.method).join(', ');
    throw new HttpError(405, { code: 'METHOD_NOT_ALLOWED', message: `use ${allow}` }, { allow });
  }
  const groups = found.pattern.exec(path)?.groups ?? {};
  try {
    return {
      route: found,
      params: Object.fromEntries(
        Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]),
      ),
    };
  } catch {
    throw badRequest('the path is not properly percent-encoded');
  }
}
