import assert from 'node:assert/strict';
import { createEndpoint } from '../../../src/api/createEndpoint.ts';
import type { RoomEndpoint } from '../../../src/api/endpoint.ts';
import type { AskInput } from '../../../src/chat/askInput.ts';
import type { StoredOfCut } from '../../support/foreignCompletion.ts';
import { type ForeignServer, startForeignServer } from '../../support/foreignServer.ts';
import { type Asked, askTurn, createMemoryJournal } from './support/conversation.ts';
import { createQuickClock } from './support/quickClock.ts';

const text = 'Eine **ganze** Antwort, 応答です。 '.repeat(20).trim();

function endpointTo({ url }: ForeignServer): RoomEndpoint {
  const { chatrooms, ...rest } = createEndpoint({
    name: 'tachyon',
    kind: 'tachyon',
    url,
    operatorId: 'tn_01jforeign',
    credential: async () => 'pk_foreign',
    retry: { strategy: 'none' },
  });
  assert.ok(chatrooms);
  return { ...rest, chatrooms };
}

describe('an answer whose connection dies', () => {
  let server: ForeignServer;
  let endpoint: RoomEndpoint;
  beforeEach(async () => {
    server = await startForeignServer();
    endpoint = endpointTo(server);
  });
  afterEach(async () => {
    await server.close();
    assert.deepEqual(server.violations, []);
  });

  const prompts = () => [...server.chatrooms.values()].flatMap(({ messages }) => messages).filter(isUser);
  const looks = () => server.requests.filter(({ path }) => path.endsWith('/messages'));
  const posts = () => server.requests.filter(({ path }) => path.endsWith('/completions')).length;

  async function cutTurn(share: number, stored: StoredOfCut, more: Partial<AskInput> = {}) {
    const journal = createMemoryJournal();
    server.cut(text, share, stored);
    const asked = await askTurn(endpoint, journal, [], 'p', more);
    const [record] = await journal.records(asked.binding?.room ?? '');
    const kept = await journal.replies([record?.turn ?? '']);
    return { journal, asked, record, kept: kept.get(record?.turn ?? '') };
  }

  for (const share of [0, 0.05, 0.4, 0.9]) {
    it(`at ${share * 100} % is whole in the end if the server stored it, and nothing is sent twice`, async () => {
      const { asked, record, kept } = await cutTurn(share, 'whole');
      assert.equal(asked.error, undefined);
      assert.equal(asked.visible.reply, text);
      const begun = share === 0 ? [] : ['streaming'];
      assert.deepEqual(asked.states, [...begun, 'recovering', 'recovered']);
      assert.deepEqual(asked.events.at(-1), {
        type: 'finished',
        finishReason: undefined,
        model: share === 0 ? undefined : 'anthropic:claude-sonnet-4-5-20250929',
        isRefusal: false,
        isCut: false,
      });
      assert.equal(record?.outcome, 'answered');
      assert.equal('prompt' in record, false);
      assert.equal(kept, undefined);
      assert.equal(prompts().length, 1);
      assert.equal(posts(), 1);
    });

    it(`at ${share * 100} % is interrupted if the server never stored it; the prompt goes out again by the person only`, async () => {
      for (const stored of ['sent', 'prompt', 'nothing'] as const) {
        const { journal, asked, record, kept } = await cutTurn(share, stored);
        assert.ok(asked.error instanceof Error);
        assert.deepEqual(asked.states.at(-1), 'interrupted');
        assert.ok(text.startsWith(asked.visible.reply));
        assert.equal(asked.visible.reply === '', share === 0);
        assert.equal(record?.outcome, 'unknown');
        assert.equal(record.prompt, 'p');
        assert.equal(kept ?? '', asked.visible.reply);
        const before = posts();
        server.reply(text);
        const again = await askTurn(endpoint, journal, [asked.visible], 'p');
        assert.equal(again.visible.reply, text);
        assert.equal(posts(), before + 1);
        for (const { messages } of server.chatrooms.values()) {
          assert.ok(messages.filter(isUser).length <= 1, 'no room has the prompt twice');
        }
        assert.equal(again.binding?.room === asked.binding?.room, stored === 'nothing');
        server.chatrooms.clear();
      }
    });
  }

  it('is waited for while the server writes it', async () => {
    const clock = createQuickClock((now) => {
      if (now >= 3000) server.storeLate();
    });
    const { asked } = await cutTurn(0.4, 'late', { clock });
    assert.equal(asked.visible.reply, text);
    assert.equal(prompts().length, 1);
  });

  it('is waited for while it grows in the room', async () => {
    let length = 0;
    const clock = createQuickClock(() => {
      const messages = [...server.chatrooms.values()][0]?.messages;
      if (looks().length === 0) return;
      if (messages?.length === 1) messages.push({ id: 'msg_r', role: 'assistant', text: '' });
      if (messages?.[1]) messages[1] = { ...messages[1], text: text.slice(0, (length += 100)) };
    });
    const { asked } = await cutTurn(0.05, 'prompt', { clock });
    assert.equal(asked.visible.reply, text);
    assert.ok(length > text.length);
  });

  it('is waited for although nothing of the turn is there at first', async () => {
    const clock = createQuickClock(() => {
      const messages = [...server.chatrooms.values()][0]?.messages;
      if (looks().length < 4 || messages?.length !== 0) return;
      messages.push({ id: 'a', role: 'user', text: 'p' }, { id: 'b', role: 'assistant', text });
    });
    const { asked } = await cutTurn(0.4, 'nothing', { clock });
    assert.equal(asked.visible.reply, text);
  });

  it('is not waited for in a room that is gone', async () => {
    const clock = createQuickClock(() => {
      if (posts() > 0) server.chatrooms.clear();
    });
    const { asked } = await cutTurn(0.4, 'late', { clock });
    assert.deepEqual(asked.states, ['streaming', 'recovering', 'interrupted']);
    assert.equal(looks().length, 1);
  });

  it('is looked for where the reply was empty', async () => {
    server.raw('');
    const asked = await askTurn(endpoint, createMemoryJournal(), [], 'p');
    assert.deepEqual(asked.states, ['recovering', 'failed']);
  });

  it('is found at the next look, when the server stored it after nobody waited any more', async () => {
    for (const next of ['p', 'something else']) {
      const { journal, asked } = await cutTurn(0.4, 'late');
      assert.deepEqual(asked.states.at(-1), 'interrupted');
      server.storeLate();
      const before = posts();
      const later = await askTurn(endpoint, journal, [asked.visible], next);
      const [record] = await journal.records(asked.binding?.room ?? '');
      assert.equal(record?.outcome, 'answered');
      if (next === 'p') {
        assert.equal(later.visible.reply, text);
        assert.equal(earlier(later), undefined);
        assert.equal(posts(), before);
      } else {
        assert.equal(earlier(later), text.slice(asked.visible.reply.length));
        assert.equal(later.binding?.room, asked.binding?.room);
      }
    }
  });

  it('is replaced where the room has another text', async () => {
    const clock = createQuickClock((now) => {
      const messages = [...server.chatrooms.values()][0]?.messages;
      if (now >= 1000 && messages?.length === 1) {
        messages.push({ id: 'msg_r', role: 'assistant', text: `Edited. ${text}` });
      }
    });
    const { asked } = await cutTurn(0.4, 'prompt', { clock });
    assert.deepEqual(asked.events.at(-2), { type: 'replacement', text: `Edited. ${text}` });
    assert.equal(asked.visible.reply, `Edited. ${text}`);
  });

  it('is not looked for any more once the person stops', async () => {
    const stop = new AbortController();
    const clock = createQuickClock(() => {
      if (looks().length > 0) stop.abort();
    });
    const { asked, record } = await cutTurn(0.4, 'late', { clock, signal: stop.signal });
    assert.ok(asked.error instanceof Error && asked.error.name === 'AbortError');
    assert.deepEqual(asked.states, ['streaming', 'recovering', 'stopped']);
    assert.deepEqual([record?.outcome, record?.prompt], ['stopped', 'p']);
    assert.ok(looks().length <= 2);
  });

  it('is the newest where equal prompts were asked before', async () => {
    const journal = createMemoryJournal();
    server.reply('first answer');
    const first = await askTurn(endpoint, journal, [], 'go on');
    for (const stored of ['prompt', 'nothing', 'whole'] as const) {
      server.cut(text, 0.4, stored);
      const second = await askTurn(endpoint, journal, [first.visible], 'go on');
      assert.equal(second.visible.reply === text, stored === 'whole', stored);
      assert.ok(!second.visible.reply.includes('first'));
    }
  });

  for (const status of [500, 502, 504]) {
    it(`is looked for after the status ${status}`, async () => {
      const journal = createMemoryJournal();
      server.reply('one');
      const first = await askTurn(endpoint, journal, [], 'one');
      server.fail(status, { code: 'X', message: 'x' });
      const second = await askTurn(endpoint, journal, [first.visible], 'two', {
        clock: createQuickClock(() => {
          const room = [...server.chatrooms.values()][0];
          if (room?.messages.length !== 2) return;
          room.messages.push({ id: 'a', role: 'user', text: 'two' }, { id: 'b', role: 'assistant', text });
        }),
      });
      assert.equal(second.visible.reply, text);
      server.fail(status, { code: 'X', message: 'x' });
      const third = await askTurn(endpoint, journal, [first.visible, second.visible], 'three');
      assert.deepEqual(third.states, ['recovering', 'failed']);
      assert.equal((await journal.records(third.binding?.room ?? '')).at(-1)?.outcome, 'failed');
    });
  }

  it('is not looked for where the server refused it', async () => {
    server.fail(503, { code: 'X', message: 'x' });
    const asked = await askTurn(endpoint, createMemoryJournal(), [], 'p');
    assert.deepEqual(asked.states, ['failed']);
  });
});

function isUser({ role }: { readonly role: string }): boolean {
  return role === 'user';
}

/** The text of the earlier answer that was told. */
function earlier({ events }: Asked): string | undefined {
  const found = events.find((event) => event.type === 'earlierReply');
  return found?.isRest ? found.text : undefined;
}
