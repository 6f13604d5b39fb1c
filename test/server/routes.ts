import type { Dialect, DialectKind } from './dialect.ts';
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
import { dialects } from './dialects.ts';
import { HttpError, badRequest, notFound } from './httpError.ts';
import { listOpenaiModels, openaiCompletion, unexpectedEndpoint } from './openaiRoutes.ts';

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

const tachyonRoutes: readonly Route[] = [
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

function openaiRoutes(base: string): readonly Route[] {
  return [
    route('POST', `${base}/chat/completions`, openaiCompletion, false),
    route('GET', `${base}/models`, listOpenaiModels, false),
  ];
}

const routes: Readonly<Record<DialectKind, readonly Route[]>> = {
  tachyon: tachyonRoutes,
  openai: openaiRoutes(dialects.openai.base),
  atoma: openaiRoutes(`${dialects.atoma.base}/v1`),
  'openai-compatible': openaiRoutes(dialects['openai-compatible'].base),
};

/** The route of a request and the decoded parts of its path. Throws 404 or 405. */
export function findRoute(
  { kind, acceptsAnyPath }: Dialect,
  method: string,
  path: string,
): { route: Route; params: Record<string, string> } {
  const ofPath = routes[kind].filter(({ pattern }) => pattern.test(path));
  const found = ofPath.find((candidate) => candidate.method === method);
  if (!found && acceptsAnyPath) return { route: route(method, path, unexpectedEndpoint, false), params: {} };
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
