import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import * as fc from 'fast-check';
import { createEndpoint } from '../../../src/api/createEndpoint.ts';
import type { RoomEndpoint } from '../../../src/api/endpoint.ts';
import { createLocalChatrooms } from '../../../src/chat/localChatrooms.ts';
import { readRoom } from '../../../src/chat/roomMessages.ts';
import { type ForeignServer, startForeignServer } from '../../support/foreignServer.ts';
import { type Loopback, startLoopback } from '../../support/loopback.ts';
import { decode, summarise } from '../api/decoding.ts';
import { replyStreams } from '../support/replyStreams.ts';
import { type Asked, askTurn, createMemoryJournal } from './support/conversation.ts';
import { createMemoryFileStore } from './support/memoryFileStore.ts';

const retry = { strategy: 'none' } as const;

/** The messages of a room as any window reads them. */
async function messagesOf({ chatrooms }: RoomEndpoint, { binding }: Asked): Promise<string[]> {
  const messages = await readRoom(chatrooms, binding?.room ?? '');
  return messages.map(({ role, text }) => `${role}: ${text}`);
}

function reasoningOf({ events }: Asked): string {
  return events.map((event) => (event.type === 'reasoningDelta' ? event.text : '')).join('');
}

describe('any stream of the allowed events, cut anywhere', () => {
  it('says the same to the decoder', () => {
    fc.assert(
      fc.property(replyStreams, ({ text, reasoning, writes }) => {
        const { text: read, reasoning: thought, error } = Object(summarise(decode(writes)));
        assert.deepEqual([read, thought, error], [text, reasoning, undefined]);
      }),
      { numRuns: 300 },
    );
  });

  describe('from a server with chatrooms', () => {
    let server: ForeignServer;
    let endpoint: RoomEndpoint;
    const journal = createMemoryJournal();

    beforeEach(async () => {
      server = await startForeignServer();
      const { url } = server;
      const { chatrooms, ...rest } = createEndpoint({
        name: 'tachyon',
        kind: 'tachyon',
        url,
        operatorId: 'tn_01jforeign',
        credential: 'pk_foreign',
        retry,
      });
      assert.ok(chatrooms);
      endpoint = { ...rest, chatrooms };
    });

    afterEach(() => server.close());

    async function ask(text: string, writes: readonly Uint8Array[], dies: boolean): Promise<Asked> {
      server.write(text, writes, dies);
      const asked = await askTurn(endpoint, journal, [], 'p');
      const { reply } = asked.visible;
      // Of a cut answer, blanks at its end are no rest worth waiting for: some servers cut them off.
      if (dies) assert.equal(reply.trimEnd(), text.trimEnd());
      else assert.equal(reply, text);
      const room = server.chatrooms.get(asked.binding?.room ?? '');
      assert.deepEqual(
        room?.messages.map((message) => message.text),
        ['p', text],
      );
      assert.deepEqual(await messagesOf(endpoint, asked), ['user: p', `assistant: ${text}`]);
      return asked;
    }

    it('is shown as the server stored it, byte for byte', async () => {
      await fc.assert(
        fc.asyncProperty(replyStreams, async ({ text, reasoning, writes }) => {
          const asked = await ask(text, writes, false);
          assert.equal(asked.error, undefined);
          assert.equal(reasoningOf(asked), reasoning);
          const [record] = await journal.records(asked.binding?.room ?? '');
          assert.equal(record?.outcome, 'answered');
          assert.equal((await journal.replies([record.turn])).size, 0);
        }),
        { numRuns: 15 },
      );
    });

    it('is shown as the server stored it also if the connection dies at any byte', async () => {
      await fc.assert(
        fc.asyncProperty(replyStreams, fc.nat(), async ({ text, writes }, cut) => {
          const { states } = await ask(text, upTo(writes, cut), true);
          // Of an answer that had come to its last letter, nobody can know that.
          assert.match(states.at(-1) ?? '', /^(?:streaming|recovered|interrupted)$/);
        }),
        { numRuns: 15 },
      );
    });
  });

  describe('in a chatroom on this machine', () => {
    let server: Loopback;
    let writes: readonly Uint8Array[] = [];

    beforeEach(async () => {
      server = await startLoopback(async (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        for (const bytes of writes) {
          response.write(bytes);
          await turn();
        }
        response.end();
      });
    });

    afterEach(() => server.stop());

    it('is shown and kept as it was sent, byte for byte, and another window reads the same', async () => {
      await fc.assert(
        fc.asyncProperty(replyStreams, async (stream) => {
          ({ writes } = stream);
          const model = createEndpoint({ name: 'local', kind: 'openai-compatible', url: server.url, retry });
          const files = createMemoryFileStore();
          const openWindow = (writer: string): RoomEndpoint => ({
            ...model,
            chatrooms: createLocalChatrooms({ ...model, files, connection: 'local', writer }),
          });
          const asked = await askTurn(openWindow('a'), createMemoryJournal(), [], 'p');
          assert.equal(asked.error, undefined);
          assert.equal(asked.visible.reply, stream.text);
          assert.equal(reasoningOf(asked), stream.reasoning);
          const expected = ['user: p', `assistant: ${stream.text}`];
          assert.deepEqual(await messagesOf(openWindow('b'), asked), expected);
        }),
        { numRuns: 15 },
      );
    });
  });
});

/** The beginning of a body: as many bytes as the number says, if there are so many. */
function upTo(writes: readonly Uint8Array[], count: number): Uint8Array[] {
  const bytes = Buffer.concat(writes);
  return [bytes.subarray(0, count % (bytes.length + 1))].filter(({ length }) => length > 0);
}
