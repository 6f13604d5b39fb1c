import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { collectCompletion } from '../../src/api/completion.ts';
import { readChunk } from '../../src/api/chunk.ts';
import { readModels } from '../../src/api/modelInfo.ts';
import { isErrorValue, readErrorBody } from '../../src/api/providerError.ts';
import { readChatroom, readChatrooms, readMe, readMessages, readOperators } from '../../src/api/resources.ts';
import { readLocalServer, readStates } from '../../src/chat/localServer.ts';
import { ApiError } from '../../src/api/apiError.ts';
import type { ReplyEvent } from '../../src/chat/replyEvents.ts';
import { assembleReply, type ReplyAssembly } from '../../src/chat/replyAssembly.ts';
import { decode } from '../unit/api/decoding.ts';
import { inPieces, mutateBytes, mutateJson } from './mutate.ts';
import type { FuzzTarget } from './target.ts';

const fixtures = new URL('../unit/api/fixtures/', import.meta.url);

/** Recorded bodies of replies. */
export const recordedBodies: readonly [string, ...string[]] = [
  'data: {"choices":[{"index":0,"delta":{"content":"x"}}]}\n\ndata: [DONE]\n\n',
  ...readdirSync(fixtures)
    .filter((name) => !name.startsWith('.'))
    .map((name) => readFileSync(new URL(name, fixtures), 'utf8')),
];

const call = { index: 0, id: 'c1', type: 'function', function: { name: 'f', arguments: '{"a":' } };
const usage = {
  prompt_tokens: 1,
  completion_tokens: 2,
  total_tokens: 3,
  prompt_tokens_details: { cached_tokens: 1 },
};

/** What servers answer with, as values. */
const replies: readonly [unknown, ...unknown[]] = [
  {
    id: 'c',
    model: 'm',
    choices: [{ index: 0, delta: { content: 'x', tool_calls: [call] }, finish_reason: null }],
    usage,
  },
  {
    choices: [
      { index: 1, message: { content: [{ type: 'text', text: 'x' }], refusal: 'no' }, finish_reason: 'stop' },
    ],
  },
  {
    choices: [
      {
        delta: { audio: { id: 'a', data: 'AAAA', transcript: 't' }, reasoning_content: 'r' },
        logprobs: { content: [{ token: 'a', logprob: -1 }] },
      },
    ],
  },
  {
    models: [{ id: 'a/b', name: 'b', context_window: 1000, supported_features: ['vision'] }],
    total_count: 1,
  },
  {
    object: 'list',
    data: [{ id: 'm', object: 'model', owned_by: 'x', meta: { n_ctx: 5 }, pricing: { prompt: '0.1' } }],
  },
  {
    chatrooms: [{ id: 'ch_1', name: 'n', metadata: { a: 1 }, created_at: '2026-01-01T00:00:00Z' }],
    paginator: { total_items: 1 },
  },
  { chatroom: { id: 'ch_1', name: 'n', metadata: {} } },
  {
    messages: [
      { id: 'm1', role: 'user', content: { type: 'text', text: 'hi' }, created_at: 'x' },
      { role: 'assistant', content: 'y' },
    ],
  },
  [{ id: 'tn_1', name: 'o', operatorName: 'o' }],
  { error: { message: 'bad', code: 'x', param: 'temperature' } },
  { detail: [{ loc: ['body'], msg: 'field required' }] },
];

const readers: Readonly<Record<string, (value: unknown) => unknown>> = {
  readChunk,
  readModels,
  readChatroom,
  readChatrooms,
  readMessages,
  readOperators,
  readMe,
  isErrorValue,
  readStates,
};

/** A reply that says nothing is an error. */
function endOf(reply: ReplyAssembly): ReplyEvent[] {
  try {
    return reply.end();
  } catch (error) {
    assert.ok(error instanceof ApiError, String(error));
    return [];
  }
}

/** Readers of what servers send. */
export const wireTargets: readonly FuzzTarget[] = [
  {
    name: 'event streams',
    run(random) {
      const bytes = mutateBytes(random, recordedBodies);
      const { values, error } = decode(inPieces(random, bytes));
      assert.ok(values.length <= bytes.length + 1);
      assert.ok(error === undefined || error.name === 'ApiError');
      const chunks = values.flatMap((value) => readChunk(value) ?? []);
      collectCompletion(chunks);
      const reply = assembleReply({ alternatives: 1, alwaysFinishes: true });
      const events = chunks.flatMap((chunk) => [...reply.add(chunk)]);
      const shown = [...events, ...endOf(reply)].map((event) => ('text' in event ? event.text : ''));
      // Each letter that is shown has come: bytes that are no UTF-8 become one letter each.
      assert.ok(shown.join('').length <= bytes.length * 2);
      // However it was cut, it says the same.
      assert.equal(decode([bytes]).values.length, values.length);
    },
  },
  {
    name: 'JSON of servers',
    run(random) {
      const value = mutateJson(random, replies);
      const before = JSON.stringify(value);
      for (const read of Object.values(readers)) JSON.stringify(read(value));
      readLocalServer(11434, { reply: value });
      assert.equal(JSON.stringify(value), before);
      assert.equal(Reflect.get({}, 'type'), undefined, 'the prototype of all objects');
    },
  },
  {
    name: 'bodies of errors',
    run(random) {
      const text = new TextDecoder().decode(
        mutateBytes(random, ['<title>502</title>', ...replies.map((reply) => JSON.stringify(reply))]),
      );
      const { message = '', code = '', param = '' } = readErrorBody(text);
      assert.ok(message.length <= 600 && code.length <= 200 && param.length <= 200);
    },
  },
];
