import assert from 'node:assert/strict';
import type { Connection } from '../../../src/api/connection.ts';
import { createEndpoint } from '../../../src/api/createEndpoint.ts';
import type { RoomEndpoint } from '../../../src/api/endpoint.ts';
import { ask } from '../../../src/chat/ask.ts';
import { outgoing } from '../../../src/chat/attachments/outgoing.ts';
import { createFileJournal } from '../../../src/chat/fileJournal.ts';
import { untranslated } from '../../../src/chat/l10n.ts';
import { createLocalChatrooms } from '../../../src/chat/localChatrooms.ts';
import { placeInRoom } from '../../../src/chat/panel/panelPlacement.ts';
import type { Placement } from '../../../src/chat/placement.ts';
import { plannedRequest } from '../../../src/chat/plannedRequest.ts';
import {
  createServer,
  developmentKey,
  developmentOperator,
  type RunningServer,
} from '../../server/server.ts';
import { createMemoryFileStore } from './support/memoryFileStore.ts';

const { text: attachments } = outgoing(
  [{ id: 'a', name: 'src/a.ts', text: 'let ü = "```";\r\n', language: 'typescript', sendsSecrets: false }],
  undefined,
);
const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } } as const;
const carried = [{ prompt: 'Before', reply: 'Answer' }];

describe('a request that is planned', () => {
  let server: RunningServer;
  let bodies: unknown[];

  beforeEach(async () => {
    server = await createServer({ deltaPauseMs: 0 });
    bodies = [];
  });

  afterEach(() => server.close());

  for (const kind of ['tachyon', 'openai'] as const) {
    it(`goes out later byte for byte, in a new room and in a known one: ${kind}`, async () => {
      const endpoint = endpointOf(kind);
      const journal = createFileJournal(createMemoryFileStore(), 'w');
      const prompt = {
        prompt: '!echo Hello',
        attachments,
        media: [image],
        model: kind === 'tachyon' ? 'tachyon/demo' : 'gpt-4o-demo',
        systemPrompt: 'Be brief.',
        parameters: { temperature: 0.5 },
      };
      const send = async (placement: Placement): Promise<string> => {
        const planned = await plannedRequest(endpoint, placement, prompt);
        assert.equal(completions(), bodies.length);
        let room = '';
        const events = ask({
          ...prompt,
          endpoint,
          placement,
          journal,
          surface: 'panel',
          conversation: 'c',
          turn: crypto.randomUUID(),
          newRoom: { name: 'Room' },
          l10n: untranslated,
          onBinding: (binding) => (room = binding.room),
        });
        for await (const _ of events);
        assert.equal(bodies.at(-1), planned.body);
        return room;
      };
      const room = await send({ kind: 'newRoom', reason: 'fork', carried });
      const records = await journal.records(room);
      const placed = { room, connection: endpoint.connection, kind, prompt: prompt.prompt, records, carried };
      const { chatrooms } = endpoint;
      await send(await placeInRoom({ ...placed, isEmpty: false, shown: carried, journal, chatrooms }));
      assert.deepEqual([bodies.length, completions()], [2, 2]);
    });
  }

  it('is refused as it would be', async () => {
    const audio = { type: 'input_audio', input_audio: { data: 'AA==', format: 'wav' } } as const;
    const placement: Placement = { kind: 'newRoom', reason: 'first', carried: [] };
    const planned = plannedRequest(endpointOf('tachyon'), placement, { prompt: 'a', media: [audio] });
    await assert.rejects(planned, { kind: 'invalidRequest' });
    assert.equal(server.requests.length, 0);
  });

  function completions(): number {
    return server.requests.filter(({ path }) => path.endsWith('/completions')).length;
  }

  function endpointOf(kind: 'tachyon' | 'openai'): RoomEndpoint {
    const base = kind === 'tachyon' ? server.url : server.baseUrls.openai;
    const connection: Connection = {
      name: kind,
      kind,
      url: base,
      operatorId: developmentOperator,
      credential: developmentKey,
    };
    const endpoint = createEndpoint(connection, {
      fetch: (...request) => {
        const [url] = request;
        if (typeof url === 'string' && url.endsWith('/completions')) bodies.push(request[1]?.body);
        return fetch(...request);
      },
    });
    const local = {
      files: createMemoryFileStore(),
      streamChatCompletion: endpoint.streamChatCompletion.bind(endpoint),
      connection: kind,
      writer: 'w',
    };
    return { ...endpoint, chatrooms: endpoint.chatrooms ?? createLocalChatrooms(local) };
  }
});
