import { getMe, listOperators } from '../../src/api/operators.ts';
import { safe } from '../../src/api/safe.ts';
import { answerOf, fieldObservations, refused } from './observation.ts';
import { objectIn, objectsIn, parse } from './rawStream.ts';
import { describeFailure } from './replyReading.ts';
import type { Probe } from './session.ts';
import { compareShape, joinComparisons } from './shape.ts';

const group = 'Operators';
const row = 'A4';

const operator = { id: 'string', name: 'string', operatorName: 'string', platformId: 'string' };
const me = { user: 'object', tenants: 'array', default_tenant_id: 'string|null?' };
const user = {
  id: 'string',
  sub: 'string',
  username: 'string',
  email: 'string|null?',
  onboarding_completed: 'boolean',
};
const tenant = {
  id: 'string',
  name: 'string',
  depth: 'number',
  ancestor_path: 'array',
  relative_role: 'string',
  host_id: 'string',
  parent_tenant_id: 'string|null?',
  platform_id: 'string|null?',
};

/** The operators that the key may use. */
export const operators: Probe = {
  group,
  requests: 1,
  completions: 0,
  async run(session) {
    const name = 'the list of operators';
    const reply = await session.send({
      path: '/v1/auth/operators/by-user',
      headers: { 'x-operator-id': null },
    });
    if (reply.status !== 200) {
      return [refused(reply, { row, name })];
    }
    const body = parse(reply.text);
    const entries = Array.isArray(body) ? body : objectsIn(body, 'operators');
    const read = await safe(listOperators(session.connection, session.reread(reply)));
    return [
      {
        row,
        name,
        expected: 'a bare array',
        seen: Array.isArray(body) ? `an array of ${body.length}` : answerOf(reply),
        holds: Array.isArray(body),
      },
      ...fieldObservations(row, 'an operator', compareShape(entries, operator, 'operator'), false),
      {
        row: 'G',
        name: 'our client reads the operators',
        expected: `${entries.length} operators`,
        seen: read.ok ? `${read.value.length} operators` : describeFailure(read.error),
        holds: read.ok && read.value.length === entries.length,
      },
    ];
  },
};

/** Whom the key belongs to. Whether keys of service accounts may ask is open. */
export const account: Probe = {
  group,
  requests: 1,
  completions: 0,
  async run(session) {
    const name = 'whom the key belongs to';
    const reply = await session.send({ path: '/v1/me', headers: { 'x-operator-id': null } });
    const expected = 'status 200, or 401 or 403 for keys of service accounts';
    const status = {
      row,
      name,
      expected,
      seen: reply.status === 200 ? 'status 200' : answerOf(reply),
      holds: [200, 401, 403].includes(reply.status),
      open: true,
    };
    if (reply.status !== 200) {
      return [status];
    }
    const body = parse(reply.text);
    const comparison = joinComparisons([
      compareShape([body], me, 'me'),
      compareShape([objectIn(body, 'user')], user, 'user'),
      compareShape(objectsIn(body, 'tenants'), tenant, 'tenant'),
    ]);
    const read = await safe(getMe(session.connection, session.reread(reply)));
    const tenants = objectsIn(body, 'tenants').length;
    return [
      status,
      ...fieldObservations(row, 'the account', comparison, false),
      {
        row: 'G',
        name: 'our client reads the account',
        expected: `${tenants} tenants`,
        seen: read.ok ? `${read.value.tenants.length} tenants` : describeFailure(read.error),
        holds: read.ok && read.value.tenants.length === tenants,
      },
    ];
  },
};
