import { ApiError } from '../../src/api/apiError.ts';
import { createChatCompletion } from '../../src/api/chatCompletions.ts';
import type { ConnectionKind } from '../../src/api/connection.ts';
import { isObject, type JsonObject } from '../../src/api/json.ts';
import { safe } from '../../src/api/safe.ts';
import { answerOf, listed, type Observation } from './observation.ts';
import { fieldOf, objectIn, parse } from './rawStream.ts';
import type { Exchange } from './recorder.ts';
import { describeFailure } from './replyReading.ts';
import { ask, type Probe, type ProbeRequest, type Session } from './session.ts';
import { compareShape, type Shape } from './shape.ts';

/** A request that is wrong on purpose. */
interface Mistake {
  readonly name: string;
  /** Without it: the row of the kind's errors. */
  readonly row?: string;
  /** Allowed statuses, by kind; a kind that is missing is not asked. */
  readonly statuses: Readonly<Partial<Record<ConnectionKind, readonly number[]>>>;
  /** The contract does not tell the status. */
  readonly open?: boolean;
  readonly needsKey?: boolean;
  readonly request: (session: Session) => ProbeRequest;
}

const refused = [400, 422];

const mistakes: readonly Mistake[] = [
  {
    name: 'a wrong key',
    statuses: { tachyon: [401], openai: [401], atoma: [401], 'openai-compatible': [200, 401, 403] },
    request: (session) => completion(session, {}, { authorization: 'Bearer tachyon-conformance-wrong-key' }),
  },
  {
    name: 'no key',
    statuses: { tachyon: [400, 401], openai: [401], atoma: [401], 'openai-compatible': [200, 401, 403] },
    needsKey: true,
    request: (session) => completion(session, {}, { authorization: null }),
  },
  {
    name: 'bearer in lower case',
    statuses: { atoma: [401] },
    request: ({ connection: { credential }, ...session }) =>
      completion(session, {}, { authorization: `bearer ${String(credential)}` }),
  },
  {
    name: 'an unknown model',
    statuses: {
      tachyon: [400],
      openai: [400, 404],
      atoma: [400, 404],
      'openai-compatible': [200, ...refused, 404],
    },
    open: true,
    request: (session) => completion(session, { model: 'tachyon-conformance/no-such-model' }),
  },
  {
    name: 'no messages',
    statuses: { tachyon: refused, openai: [400], atoma: [400], 'openai-compatible': [200, ...refused] },
    open: true,
    request: (session) => completion(session, { messages: [] }),
  },
  {
    name: 'a message whose content is null',
    row: 'C',
    statuses: { atoma: [400] },
    request: (session) => completion(session, { messages: [{ role: 'user', content: null }] }),
  },
  {
    name: 'no operator',
    row: 'A2',
    statuses: { tachyon: [400, 401, 403] },
    open: true,
    request: ({ dialect }) => ({ path: dialect.modelsPath, headers: { 'x-operator-id': null } }),
  },
  {
    name: 'an empty operator',
    row: 'A2',
    statuses: { tachyon: [401] },
    request: ({ dialect }) => ({ path: dialect.modelsPath, headers: { 'x-operator-id': '' } }),
  },
  {
    name: 'an unknown operator',
    row: 'A2',
    statuses: { tachyon: [400, 401, 403, 404] },
    open: true,
    request: ({ dialect }) => ({
      path: dialect.modelsPath,
      headers: { 'x-operator-id': 'tn_00000000000000000000000000' },
    }),
  },
  {
    name: 'a path that does not exist',
    statuses: { 'openai-compatible': [200, 404, 405] },
    open: true,
    request: () => ({ path: '/tachyon-conformance' }),
  },
];

function completion(
  session: Pick<Session, 'dialect' | 'facts' | 'model'>,
  more: JsonObject,
  headers: ProbeRequest['headers'] = {},
): ProbeRequest {
  return { path: session.dialect.chatCompletionsPath, body: ask(session, 'Hi', more), headers };
}

/** The probes of wrong requests to one kind of endpoint. */
export function errorProbes(kind: ConnectionKind, hasKey: boolean): Probe[] {
  return mistakes.flatMap((mistake) => {
    const { statuses, needsKey = false } = mistake;
    const allowed = statuses[kind];
    return allowed === undefined || (needsKey && !hasKey)
      ? []
      : [
          {
            group: 'Errors',
            requests: 1,
            completions: allowed.includes(200) ? 1 : 0,
            run: async (session: Session) => await observeError(session, mistake, allowed),
          },
        ];
  });
}

async function observeError(
  session: Session,
  { name, row = session.facts.rows.errors, open = false, request }: Mistake,
  allowed: readonly number[],
): Promise<Observation[]> {
  const reply = await session.send(request(session));
  const status: Observation = {
    row,
    name,
    expected: `status ${allowed.join(' or ')}`,
    seen: answerOf(reply),
    holds: reply.status === 429 ? undefined : allowed.includes(reply.status),
    open: open || allowed.length > 1,
  };
  const isError = reply.status >= 400 || fieldOf(parse(reply.text), 'error') !== undefined;
  return isError
    ? [status, bodyObservation(session, reply, name), await clientReads(session, reply, name)]
    : [status];
}

const openaiError: Shape = {
  message: 'string',
  type: 'string|null',
  param: 'string|null?',
  code: 'string|null?',
  misalignment: 'object|null?',
};

/** The bodies by which each kind tells an error; one of them has to fit. */
const bodies: Readonly<Record<ConnectionKind, readonly { outer: Shape; inner?: Shape }[]>> = {
  tachyon: [
    { outer: { code: 'string', message: 'string' } },
    { outer: { error: 'string' } },
    { outer: { message: 'string' } },
    { outer: { error: 'string', message: 'string', code: 'string' } },
  ],
  openai: [{ outer: { error: 'object' }, inner: openaiError }],
  atoma: [{ outer: { error: 'object' }, inner: { code: 'string', message: 'string' } }],
  'openai-compatible': [
    {
      outer: { error: 'object' },
      inner: { ...openaiError, type: 'string|null?', code: 'string|number|null?' },
    },
    { outer: { error: 'string' } },
    {
      outer: {
        object: 'string',
        message: 'string',
        type: 'string?',
        param: 'string|null?',
        code: 'number|string|null?',
      },
    },
    { outer: { message: 'string' } },
    { outer: { detail: 'string|array' } },
  ],
};

function bodyObservation(
  { connection: { kind }, facts }: Session,
  reply: Exchange,
  name: string,
): Observation {
  const body = parse(reply.text);
  const shapes = bodies[kind];
  const fits = shapes.some(({ outer, inner }) => {
    const compared = [compareShape([body], outer, 'body')];
    if (inner) {
      compared.push(compareShape([objectIn(body, 'error')], inner, 'error'));
    }
    return compared.every(({ problems, unknown }) => problems.length === 0 && unknown.length === 0);
  });
  const told = shapes.map(({ outer, inner }) =>
    inner ? `{error: {${Object.keys(inner).join(', ')}}}` : `{${Object.keys(outer).join(', ')}}`,
  );
  return {
    row: facts.rows.errors,
    name: `${name}: fields of the error`,
    expected: told.join(' or '),
    seen: isObject(body) ? `{${listed(fieldNames(body))}}` : reply.text.slice(0, 100),
    holds: fits,
  };
}

function fieldNames(body: JsonObject): string[] {
  return Object.entries(body).map(([field, value]) =>
    isObject(value) ? `${field}: {${Object.keys(value).join(', ')}}` : field,
  );
}

async function clientReads(session: Session, reply: Exchange, name: string): Promise<Observation> {
  const { connection } = session;
  const read = await safe(createChatCompletion(connection, { messages: [] }, session.reread(reply)));
  const error = read.ok ? undefined : read.error;
  return {
    row: 'G4',
    name: `${name}: our client tells it`,
    expected: 'an error with the message of the server',
    seen: read.ok ? 'no error' : describeFailure(error),
    holds: error instanceof ApiError && error.details.providerMessage !== undefined,
  };
}
