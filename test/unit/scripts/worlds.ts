import type { ReceivedRequest } from '../../support/loopback.ts';
import { changeJson, type Deviation, mapEntries, type PassingReply, setField } from './deviatingServer.ts';

// Worlds in which much is other than in the wire contract, so that each check is wrong in one of them.

const isGood = ({ status }: PassingReply): boolean => status < 300;
const isStream = ({ body }: PassingReply): boolean => /^(?:data|:)/.test(body);
const makesRoom = ({ method, url }: ReceivedRequest): boolean =>
  method === 'POST' && url.endsWith('/chatrooms');

/** Numbers are strings, objects have a field too much or too little, bodies of errors say nothing. */
const otherFields: Deviation = (reply) => {
  if (!isGood(reply)) {
    reply.body = '{"oops":true}';
    return;
  }
  setField(reply, 'error', () => '');
  setField(reply, 'finish_reason', (reason) => (reason === null ? null : {}));
  let calls = 0;
  setField(reply, 'tool_calls', (list) =>
    Array.isArray(list) ? list.map((call: object) => ({ ...call, id: `call_${(calls += 1)}` })) : list,
  );
  const missing = ['operatorName', 'username', 'owner_id', 'user_id', 'message', 'data'];
  changeJson(reply, (body) =>
    mapEntries(body, (entries) => [
      ...entries
        .filter(([name]) => !missing.includes(name))
        .map(([name, value]): [string, unknown] => [name, typeof value === 'number' ? String(value) : value]),
      ['extra', 1],
    ]),
  );
};

/** The fields are there, with values of no meaning, in a stream of another form. */
const otherValues: Deviation = (reply, request) => {
  reply.headers['content-type'] = 'text/html';
  reply.headers['x-request-id'] = 'always-the-same';
  setField(reply, 'object', () => 'thing');
  setField(reply, 'finish_reason', (reason) => (reason === null ? 'banana' : 'apple'));
  setField(reply, 'role', () => 'robot');
  setField(reply, 'total_tokens', () => 1);
  setField(reply, 'completion_tokens', () => 9999);
  setField(reply, 'supported_features', () => ['streaming']);
  setField(reply, 'items_per_page', () => 7);
  if (isStream(reply)) {
    setField(reply, 'content', (content) => (content === '' ? 'x' : content));
    setField(reply, 'type', () => 'gadget');
    setField(reply, 'arguments', (text) => (text === '' ? '' : 'zone'));
    setField(reply, 'name', () => 'other_tool');
    let events = 0;
    setField(reply, 'id', () => `another-${(events += 1)}`);
    setField(reply, 'index', () => undefined);
    const hasDone = reply.body.includes('[DONE]');
    reply.body = `: ${'long '.repeat(30)}\n\n${reply.body.replace('data: [DONE]\n\n', '')}`;
    if (!hasDone) reply.body += 'data: [DONE]\n\n';
    reply.body = reply.body.replace('\n\n', '\r\n\r\nevent: odd\n');
  }
  if (request.url.includes('/chatrooms/') && !isStream(reply)) setField(reply, 'content', () => 'no idea');
  if (makesRoom(request)) setField(reply, 'name', () => 'another');
  if (/\/messages\b/.test(request.url)) {
    changeJson(reply, (body) => ({ messages: [...(Object(body).messages ?? []), { content: 'too much' }] }));
  }
  if (request.url.endsWith('/chatrooms') && request.method === 'GET') {
    changeJson(reply, (body) => ({ ...Object(body), chatrooms: [{ id: 'ch_1' }, {}, { id: 'ch_2' }] }));
  }
};

/** Every reply is an error at the same time; what the server stores is not what was said. */
const errorsInside: Deviation = (reply, request) => {
  delete reply.headers['x-request-id'];
  if (reply.body.startsWith('[')) reply.body = `{"operators":${reply.body}}`;
  changeJson(reply, (body) => ({ ...Object(body), error: { message: 'not really' } }));
  if (/\/messages\b/.test(request.url)) {
    setField(reply, 'content', () => 7);
    setField(reply, 'role', () => 'user');
  }
};

/** What is right is refused, what is wrong is accepted. */
const otherStatuses: Deviation = (reply, request) => {
  if (makesRoom(request) || request.method === 'DELETE') {
    reply.status = isGood(reply) ? 200 : reply.status;
    return;
  }
  reply.status = isGood(reply) ? 418 : 202;
};

/** What belongs into one place stands in many; streams break off. */
const otherPlaces: Deviation = (reply, request) => {
  if (!isStream(reply)) return;
  if (!request.body.includes('"tools"')) {
    reply.isCut = true;
    changeJson(reply, (body) => ({ ...Object(body), usage: { total_tokens: 3 } }));
  }
  setField(reply, 'tool_calls', (list) =>
    Array.isArray(list) ? list.map((call: object) => ({ ...call, id: 'call_again' })) : list,
  );
};

/** All worlds by name. */
export const worlds: Readonly<Record<string, Deviation>> = {
  otherFields,
  otherValues,
  errorsInside,
  otherPlaces,
  otherStatuses,
};
