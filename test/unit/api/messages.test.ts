import assert from 'node:assert/strict';
import { streamChatCompletion } from '../../../src/api/chatCompletions.ts';
import { type ConnectionKind, connectionKinds } from '../../../src/api/connection.ts';
import type { ChatCompletionMessage, ContentPart } from '../../../src/api/wireRequest.ts';
import { type Loopback, startLoopback } from '../../support/loopback.ts';
import { aConnection, aRequest, readAll, rejection } from './connections.ts';

const call = { id: 'c1', type: 'function', function: { name: 'f', arguments: '{"a":1}' } } as const;
const signed = { google: { thought_signature: 'sig' } };

/** A value for all dialects, or for one and for the others. */
type ByKind = Partial<Record<ConnectionKind, unknown>> & { readonly others?: unknown };

/** What goes out of a message. */
const told: [name: string, message: ChatCompletionMessage, wire: ByKind][] = [
  ['a prompt', { role: 'user', content: 'Hi' }, { others: { role: 'user', content: 'Hi' } }],
  [
    'a developer',
    { role: 'developer', content: 'Be brief.' },
    { openai: { role: 'developer', content: 'Be brief.' }, others: { role: 'system', content: 'Be brief.' } },
  ],
  [
    'a name',
    { role: 'system', content: 's', name: 'n' },
    { tachyon: { role: 'system', content: 's' }, others: { role: 'system', content: 's', name: 'n' } },
  ],
  [
    'tool calls without content',
    { role: 'assistant', content: null, tool_calls: [call] },
    {
      atoma: { role: 'assistant', content: '', tool_calls: [call] },
      others: { role: 'assistant', content: null, tool_calls: [call] },
    },
  ],
  [
    'tool calls with no content at all',
    { role: 'assistant', tool_calls: [call] },
    {
      atoma: { role: 'assistant', content: '', tool_calls: [call] },
      others: { role: 'assistant', tool_calls: [call] },
    },
  ],
  [
    'an empty list of parts',
    { role: 'user', content: [] },
    { atoma: { role: 'user', content: '' }, others: { role: 'user', content: [] } },
  ],
  [
    'no tool calls',
    { role: 'assistant', content: 'a', tool_calls: [] },
    { others: { role: 'assistant', content: 'a' } },
  ],
  [
    "Gemini's signature of a call",
    { role: 'assistant', content: '', tool_calls: [{ ...call, extra_content: signed }] },
    {
      tachyon: { role: 'assistant', content: '', tool_calls: [call] },
      others: { role: 'assistant', content: '', tool_calls: [{ ...call, extra_content: signed }] },
    },
  ],
  [
    "a tool's result",
    { role: 'tool', content: 'sunny', tool_call_id: 'c1' },
    {
      tachyon: { role: 'tool', content: '[c1]\nsunny' },
      others: { role: 'tool', content: 'sunny', tool_call_id: 'c1' },
    },
  ],
  [
    "a tool's result in parts",
    {
      role: 'tool',
      content: [
        { type: 'text', text: 'sun' },
        { type: 'text', text: 'ny' },
      ],
      tool_call_id: 'c1',
    },
    {
      tachyon: { role: 'tool', content: '[c1]\nsunny' },
      others: {
        role: 'tool',
        content: [
          { type: 'text', text: 'sun' },
          { type: 'text', text: 'ny' },
        ],
        tool_call_id: 'c1',
      },
    },
  ],
  [
    'a refusal and an earlier audio reply',
    { role: 'assistant', content: null, refusal: 'No.', audio: { id: 'audio_1' } },
    {
      tachyon: { role: 'assistant', content: null },
      atoma: { role: 'assistant', content: '' },
      others: { role: 'assistant', content: null, refusal: 'No.', audio: { id: 'audio_1' } },
    },
  ],
  [
    'fields that no API has',
    JSON.parse(
      JSON.stringify({
        role: 'assistant',
        content: [{ type: 'text', text: 'a', cache: 1, image_url: { url: 'u' } }],
        tool_calls: [{ ...call, index: 0, function: { ...call.function, x: 1 } }, null],
        x: 1,
      }),
    ),
    { others: { role: 'assistant', content: [{ type: 'text', text: 'a' }], tool_calls: [call] } },
  ],
];

const image = { url: 'data:image/png;base64,AA', detail: 'low' } as const;
const far = { url: 'https://example.com/a.png' };
const refusedBy: readonly ConnectionKind[] = ['tachyon', 'atoma'];

/** Parts, what goes out of them, and who has no such part (wire contract A6, C, D1). */
const parts: [part: ContentPart, wire: ByKind, refused: readonly ConnectionKind[]][] = [
  [{ type: 'text', text: 'a' }, { others: { type: 'text', text: 'a' } }, []],
  [
    { type: 'image_url', image_url: { ...image, mime_type: 'image/png' } },
    {
      tachyon: { type: 'image_url', image_url: { ...image, mime_type: 'image/png' } },
      others: { type: 'image_url', image_url: image },
    },
    [],
  ],
  [{ type: 'image_url', image_url: far }, { others: { type: 'image_url', image_url: far } }, []],
  [
    { type: 'input_audio', input_audio: { data: 'AA', format: 'mp3' } },
    { others: { type: 'input_audio', input_audio: { data: 'AA', format: 'mp3' } } },
    refusedBy,
  ],
  [
    { type: 'file', file: { file_data: 'data:application/pdf;base64,AA', filename: 'a.pdf' } },
    { others: { type: 'file', file: { file_data: 'data:application/pdf;base64,AA', filename: 'a.pdf' } } },
    refusedBy,
  ],
  [
    { type: 'file', file: { file_id: 'f1' } },
    { others: { type: 'file', file: { file_id: 'f1' } } },
    refusedBy,
  ],
  [{ type: 'refusal', refusal: 'No.' }, { others: { type: 'refusal', refusal: 'No.' } }, refusedBy],
  [JSON.parse('{"type":"video_url","video_url":{"url":"u"}}'), {}, connectionKinds],
  [JSON.parse('"text"'), {}, connectionKinds],
];

function pickKind(wire: ByKind, kind: ConnectionKind): unknown {
  return wire[kind] ?? wire.others;
}

describe('messages', () => {
  let server: Loopback;

  before(async () => {
    server = await startLoopback((response) => void response.end('data: [DONE]\n\n'));
  });

  after(() => server.stop());

  for (const kind of connectionKinds) {
    it(`go to ${kind} with what it knows of them`, async () => {
      for (const [name, message, wire] of told) {
        const connection = aConnection(server.url, { kind });
        await readAll(streamChatCompletion(connection, aRequest({ messages: [message] })));
        const { messages } = JSON.parse((await server.next()).body);
        assert.deepEqual(messages, [pickKind(wire, kind)], name);
      }
    });

    it(`of parts go to ${kind} whole, or not at all`, async () => {
      for (const [part, wire, refused] of parts) {
        const connection = aConnection(server.url, { kind });
        const messages: ChatCompletionMessage[] = [
          { role: 'user', content: [{ type: 'text', text: 'a' }, part] },
        ];
        const pending = streamChatCompletion(connection, aRequest({ messages }));
        if (refused.includes(kind)) {
          const before = server.received.length;
          const { details } = await rejection(pending.next(), 'invalidRequest');
          assert.deepEqual(
            [details.problem, details.subject, details.mayHaveBeenAccepted],
            ['contentPart', part.type ?? 'undefined', false],
          );
          assert.equal(server.received.length, before);
        } else {
          await readAll(pending);
          const { messages: sent } = JSON.parse((await server.next()).body);
          assert.deepEqual(sent[0].content, [{ type: 'text', text: 'a' }, pickKind(wire, kind)]);
        }
      }
    });
  }
});
