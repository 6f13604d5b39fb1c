import assert from 'node:assert/strict';
import { ApiError } from '../../src/api/apiError.ts';
import { createEndpoint } from '../../src/api/createEndpoint.ts';
import { type ForeignServer, startForeignServer } from '../support/foreignServer.ts';
import { askTurn, createMemoryJournal } from '../unit/chat/support/conversation.ts';
import { inPieces, mutateBytes } from './mutate.ts';
import type { FuzzTarget } from './target.ts';
import { recordedBodies } from './wireTargets.ts';

/** A whole turn over a real socket, whatever the server answers, and one after it that is answered. */
export async function startConversationTarget(): Promise<{ target: FuzzTarget; server: ForeignServer }> {
  const server = await startForeignServer();
  const { chatrooms, ...rest } = createEndpoint({
    name: 'tachyon',
    kind: 'tachyon',
    url: server.url,
    operatorId: 'tn_01jforeign',
    credential: 'pk_foreign',
    retry: { strategy: 'none' },
  });
  assert.ok(chatrooms);
  const endpoint = { ...rest, chatrooms };
  return {
    server,
    target: {
      name: 'turns over a socket',
      async run(random) {
        const bytes = mutateBytes(random, recordedBodies);
        const journal = createMemoryJournal();
        server.write('stored', inPieces(random, bytes), random.chance(0.3));
        const first = await askTurn(endpoint, journal, [], 'p');
        assert.ok(first.error === undefined || first.error instanceof ApiError, String(first.error));
        assert.ok(first.binding);
        server.reply('fine');
        const next = await askTurn(endpoint, journal, [], 'q');
        assert.equal(next.error, undefined);
        assert.equal(next.visible.reply, 'fine');
        server.chatrooms.clear();
      },
    },
  };
}
