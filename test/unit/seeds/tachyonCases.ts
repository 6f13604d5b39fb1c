import assert from 'node:assert/strict';
import { createChatCompletion, streamChatCompletion } from '../../../src/api/chatCompletions.ts';
import * as chatrooms from '../../../src/api/chatrooms.ts';
import type {
  ChatCompletionChunkResponse,
  ChatCompletionWithChatroomStreamResponse,
} from '../../../src/api/seedTypes.ts';
import type { ChatCompletionRequest } from '../../../src/api/wireRequest.ts';
import { developmentKey, developmentOperator } from '../../server/server.ts';
import { type Case, connect, echo, last, read } from './caseSupport.ts';

/** What Tachyon's own SDKs offer. */
export const tachyonCases = {
  async chatCompletion(server) {
    const connection = connect(server, 'tachyon');
    const chunks: AsyncIterable<ChatCompletionChunkResponse> = streamChatCompletion(
      connection,
      echo('tachyon', 'streamed'),
    );
    assert.equal(await read(chunks), 'streamed');
    const whole = await createChatCompletion(connection, echo('tachyon', 'whole'));
    assert.equal(whole.choices[0]?.message.content, 'whole');
    assert.equal(last(server).path, '/v1/llms/chat/completions');
  },
  async chatCompletionOnChatroom(server) {
    const connection = connect(server, 'tachyon');
    const room = await chatrooms.create(connection, { name: 'seed' });
    const chunks: AsyncIterable<ChatCompletionWithChatroomStreamResponse> = chatrooms.streamChatCompletion(
      connection,
      room.id,
      echo('tachyon', 'in a room'),
    );
    assert.equal(await read(chunks), 'in a room');
    const whole = await chatrooms.createChatCompletion(connection, room.id, echo('tachyon', 'whole'));
    assert.equal(whole.choices[0]?.message.content, 'whole');
    assert.equal(last(server).path, `/v1/llms/chatrooms/${room.id}/chat/completions`);
    const stored = await chatrooms.listMessages(connection, room.id);
    assert.equal(stored.length, 4);
  },
  async tachyonHeaders(server) {
    await createChatCompletion(connect(server, 'tachyon'), echo('tachyon', 'x'));
    const { headers } = last(server);
    assert.equal(headers['x-operator-id'], developmentOperator);
    assert.equal(headers.authorization, `Bearer ${developmentKey}`);
    assert.equal(headers['content-type'], 'application/json');
    assert.match(headers.accept ?? '', /application\/json/);
  },
  async tachyonRequest(server) {
    const request: ChatCompletionRequest = {
      ...echo('tachyon', 'x'),
      temperature: 0.5,
      top_p: 0.9,
      n: 1,
      max_completion_tokens: 100,
      presence_penalty: 0.1,
      frequency_penalty: 0.1,
      response_format: { type: 'text' },
      tools: [{ type: 'function', function: { name: 'look', description: 'Looks' } }],
      tool_choice: 'auto',
      user: 'me',
      communication_style: 'brief',
      explanation_style: 'by example',
      technical_level: 'expert',
      memory_settings: { extract_memory: true, max_memories: 5, min_relevance_score: 0.7 },
      web_search: { query: 'q', max_results: 3 },
    };
    await createChatCompletion(connect(server, 'tachyon'), request);
    const { body } = last(server);
    assert.deepEqual(
      Object.keys(Object(body)).toSorted(),
      [...Object.keys(request), 'stream'].toSorted(),
      'all of the contract’s fields go out',
    );
  },
} as const satisfies Readonly<Record<string, Case>>;
