import assert from 'node:assert/strict';
import {
  readChatroom,
  readChatrooms,
  readMe,
  readMessages,
  readOperators,
} from '../../../src/api/resources.ts';

const room = { id: 'ch_1', name: 'Room', metadata: {} };

describe('readChatrooms', () => {
  it('takes every envelope and name of wire contract A5', () => {
    const drifted = { session_id: 'ch_1', title: 'Room' };
    for (const reply of [
      { chatrooms: [room] },
      { rooms: [drifted] },
      { sessions: [drifted] },
      { data: [room] },
      [drifted, {}],
    ]) {
      assert.deepEqual(readChatrooms(reply), [room]);
    }
  });
});

describe('readChatroom', () => {
  it('takes every envelope', () => {
    for (const reply of [
      { chatroom: room },
      { room },
      { session: room },
      { data: { chatroom: room } },
      room,
    ]) {
      assert.deepEqual(readChatroom(reply), room);
    }
  });

  it('keeps owner, times and metadata', () => {
    const full = {
      ...room,
      metadata: { client: 'x', nested: { a: 1 } },
      operator_id: 'tn_1',
      owner_id: 'us_1',
      created_at: '2025-01-01T00:00:00Z',
      updated_at: '2025-01-02T00:00:00Z',
    };
    assert.deepEqual(readChatroom({ chatroom: full }), full);
    assert.deepEqual(readChatroom({ id: 'ch_1', name: null, metadata: null }), { ...room, name: '' });
  });

  it('refuses a room without an id', () => {
    assert.equal(readChatroom({ chatroom: { name: 'x' } }), undefined);
    assert.equal(readChatroom([]), undefined);
  });
});

describe('readMessages', () => {
  it('takes content as part, string and array', () => {
    const reply = {
      messages: [
        { id: 'm1', role: 'user', user_id: 'us_1', created_at: 't', content: { type: 'text', text: 'part' } },
        { id: 'm2', role: 'assistant', content: 'string' },
        {
          id: 'm3',
          role: 'assistant',
          content: [
            { type: 'text', text: 'a' },
            { type: 'text', text: 'b' },
          ],
        },
        {
          id: 'm4',
          role: 'tool',
          content: { type: 'tool-result', tool_call_id: 'c', tool_name: 'f', result: 'r' },
        },
        { id: 'm5', role: 'user', content: null },
      ],
    };
    assert.deepEqual(readMessages(reply), [
      { id: 'm1', role: 'user', text: 'part', type: 'text', user_id: 'us_1', created_at: 't' },
      { id: 'm2', role: 'assistant', text: 'string', type: 'text' },
      { id: 'm3', role: 'assistant', text: 'ab', type: 'text' },
      { id: 'm4', role: 'tool', text: '', type: 'tool-result' },
      { id: 'm5', role: 'user', text: '', type: 'text' },
    ]);
  });
});

describe('readOperators', () => {
  it('takes the bare array and the older envelope', () => {
    const entries = [
      { id: 'tn_1', name: 'One', operatorName: 'one', platformId: 'p' },
      { id: 'tn_2', operatorName: 'two' },
      {},
    ];
    for (const reply of [entries, { operators: entries }]) {
      assert.deepEqual(readOperators(reply), [
        { id: 'tn_1', name: 'One' },
        { id: 'tn_2', name: 'two' },
      ]);
    }
  });
});

describe('readMe', () => {
  it('keeps user, tenants and the default', () => {
    const reply = {
      user: { id: 'us_1', sub: 's', username: 'taro', email: null, onboarding_completed: true },
      tenants: [
        { id: 'tn_1', name: 'One', depth: 0, ancestor_path: [], relative_role: 'OWNER', host_id: 'h' },
      ],
      default_tenant_id: 'tn_1',
    };
    const me = {
      user: { id: 'us_1', username: 'taro' },
      tenants: [{ id: 'tn_1', name: 'One' }],
      default_tenant_id: 'tn_1',
    };
    assert.deepEqual(readMe(reply), me);
    assert.deepEqual(readMe({ data: reply }), me);
    assert.deepEqual(readMe({ user: { id: 'us_1' }, tenants: null, default_tenant_id: null }), {
      user: { id: 'us_1' },
      tenants: [],
    });
  });

  it('refuses a reply without a user', () => {
    assert.equal(readMe({ tenants: [] }), undefined);
  });
});
