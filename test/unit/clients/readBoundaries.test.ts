import assert from 'node:assert/strict';
import { AtomaSDK } from 'atoma-sdk';
import { HTTPClient } from 'atoma-sdk/lib/http.js';
import { streamChatCompletion } from '../../../src/api/chatCompletions.ts';
import { collectCompletion } from '../../../src/api/completion.ts';
import { aConnection, aRequest, readAll, testKey } from '../api/connections.ts';
import { cutAt } from '../api/decoding.ts';
import { type Lockstep, startLockstep } from './lockstep.ts';

const words = ['Grüße, ', '世界 🌍'];
const usage = { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 };

/** One event of Atoma's proxy, with a field that its nodes add (wire contract C). */
function event(choices: unknown[], more: Record<string, unknown> = {}): string {
  const head = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_737_000_000, model: 'm' };
  return `data: ${JSON.stringify({ ...head, choices, ...more, response_hash: 'aGFzaA==' })}\n\n`;
}

const events = [
  ...words.map((content) =>
    event([{ index: 0, delta: { content, role: 'assistant' }, logprobs: null, finish_reason: null }]),
  ),
  event([{ index: 0, delta: { content: '' }, logprobs: null, finish_reason: 'stop' }]),
  event([], { usage }),
];
// Comments come while the model thinks; a `[DONE]` never comes.
const body = new TextEncoder().encode(`: keep-alive\n\n${events.join('')}`);

/** The body in two reads for each place between two bytes, in one read, and in as many reads as there are bytes. */
const cuttings = [
  [body],
  ...Array.from({ length: body.length - 1 }, (_, index) => cutAt(body, index + 1)),
  Array.from(body, (byte) => Uint8Array.of(byte)),
];

interface Seen {
  readonly events: number;
  readonly text: string;
  readonly totalTokens: number | undefined;
}

const whole: Seen = { events: events.length, text: words.join(''), totalTokens: usage.total_tokens };

describe('a stream cut at each place between two bytes', function () {
  this.timeout(60_000);
  let server: Lockstep;

  before(async () => {
    server = await startLockstep();
  });

  after(() => server.stop());

  async function readEach(read: () => Promise<Seen>): Promise<Seen[]> {
    const seen: Seen[] = [];
    for (const writes of cuttings) {
      server.serve(writes);
      seen.push(await read());
      assert.deepEqual(
        server.reads,
        writes.map(({ length }) => length),
      );
    }
    return seen;
  }

  it('reaches our client whole, usage included', async () => {
    const connection = aConnection(server.url, { kind: 'atoma' });
    const all = await readEach(async () => {
      const reply = await readAll(streamChatCompletion(connection, aRequest(), { fetch: server.fetch }));
      assert.equal(reply.error, undefined);
      const { choices, usage: told } = collectCompletion(reply.chunks);
      return {
        events: reply.chunks.length,
        text: choices[0]?.message.content ?? '',
        totalTokens: told?.total_tokens,
      };
    });
    for (const [index, seen] of all.entries()) {
      assert.deepEqual(seen, whole, `cut at ${index}`);
    }
  });

  it('loses events on its way through atoma-sdk', async function () {
    const sdk = new AtomaSDK({
      serverURL: server.url,
      bearerAuth: testKey,
      httpClient: new HTTPClient({ fetcher: server.fetch }),
    });
    const all = await readEach(async () => {
      const stream = await sdk.chat.createStream({ model: 'm', messages: [{ role: 'user', content: 'Hi' }] });
      const seen = { events: 0, text: '', totalTokens: undefined as number | undefined };
      for await (const { data } of stream) {
        seen.events += 1;
        seen.text += data.choices[0]?.delta.content ?? '';
        seen.totalTokens = data.usage?.totalTokens ?? seen.totalTokens;
      }
      return seen;
    });
    const incomplete = all.filter(({ events: count }) => count < events.length);
    const withoutUsage = all.filter(({ totalTokens }) => totalTokens === undefined);
    assert.ok(incomplete.length > 0 && withoutUsage.length > 0);
    // Told as found, not demanded: it depends on the lengths of the events.
    const found = `${incomplete.length} of ${all.length} are incomplete, ${withoutUsage.length} lack the usage`;
    if (this.test !== undefined) {
      this.test.title += ` (${found})`;
    }
  });
});
