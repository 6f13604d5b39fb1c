import assert from 'node:assert/strict';
import { ApiError, type ApiErrorKind } from '../../../src/api/apiError.ts';
import type { ChatCompletionChunk } from '../../../src/api/wire.ts';
import { ask } from '../../../src/chat/ask.ts';
import { fingerprint } from '../../../src/chat/fingerprint.ts';
import type { TurnRecord } from '../../../src/chat/turns.ts';
import { askTurn, createMemoryJournal, newTurn } from './support/conversation.ts';
import { createMemoryEndpoint, textChunk } from './support/memoryChatrooms.ts';

function chunk(delta: ChatCompletionChunk['choices'][number]['delta'], finish: string | null = null) {
  return { choices: [{ index: 0, delta, finish_reason: finish }] };
}

function endpointOf(...chunks: ChatCompletionChunk[]) {
  return createMemoryEndpoint({
    async *reply() {
      yield* chunks;
    },
  });
}

function broken(): Promise<never> {
  return Promise.reject(new Error('disk full'));
}

describe('ask', () => {
  it('has the prompt in the journal before anything is sent, and drops it once it is answered', async () => {
    const journal = createMemoryJournal();
    const hash = await fingerprint('hello');
    const seen: TurnRecord[] = [];
    const endpoint = createMemoryEndpoint({
      async *reply() {
        seen.push(...(await journal.find(hash)));
        yield textChunk('hi', 'stop');
      },
    });
    const create = endpoint.chatrooms.create.bind(endpoint.chatrooms);
    endpoint.chatrooms.create = async (room) => {
      seen.push(...(await journal.find(hash)));
      return create(room);
    };
    const asked = await askTurn(endpoint, journal, [], 'hello', { model: 'large' });
    assert.deepEqual(
      seen.map(({ prompt }) => prompt),
      ['hello', 'hello'],
    );
    assert.deepEqual(
      seen.map(({ room }) => room),
      [undefined, 'ch_1'],
    );
    const [record] = await journal.records('ch_1');
    assert.equal(record?.outcome, 'answered');
    assert.equal(record?.model, 'large');
    assert.equal('prompt' in record, false);
    assert.equal(asked.binding?.turn, record.turn);
  });

  it('puts attachments before the prompt, whose message no parameter replaces', async () => {
    const endpoint = createMemoryEndpoint();
    await askTurn(endpoint, createMemoryJournal(), [], 'what is it?', {
      attachments: '```ts\nlet a;\n```',
      model: 'openai/gpt-4.1',
      parameters: { temperature: 0.5, messages: [], stop: 'x' },
    });
    assert.deepEqual(endpoint.requests[0]?.request, {
      temperature: 0.5,
      stop: 'x',
      model: 'openai/gpt-4.1',
      messages: [{ role: 'user', content: '```ts\nlet a;\n```\n\nwhat is it?' }],
    });
  });

  it('yields text and reasoning at once, then tool calls, usage and the finish', async () => {
    const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
    const asked = await askTurn(
      endpointOf(
        { ...chunk({ role: 'assistant', content: '' }), model: 'google:gemini' },
        chunk({ reasoning_content: 'hm' }),
        chunk({ content: 'Text' }),
        chunk({
          tool_calls: [{ index: 0, id: 'a', type: 'function', function: { name: 'read', arguments: '' } }],
        }),
        chunk({ tool_calls: [{ index: 0, id: '', function: { name: '', arguments: '{"p":' } }] }),
        chunk({ tool_calls: [{ index: 0, id: 'b', function: { name: 'list', arguments: '{}' } }] }),
        chunk({ tool_calls: [{ id: 'a', function: { arguments: '1}' } }] }),
        { choices: [], usage },
        chunk({}, 'tool_calls'),
      ),
      createMemoryJournal(),
      [],
      'go',
    );
    assert.deepEqual(
      asked.events.filter(({ type }) => type !== 'progress' && type !== 'state'),
      [
        { type: 'reasoningDelta', text: 'hm' },
        { type: 'textDelta', text: 'Text' },
        { type: 'toolCall', id: 'a', name: 'read', arguments: '{"p":1}' },
        { type: 'toolCall', id: 'b', name: 'list', arguments: '{}' },
        { type: 'usage', usage },
        {
          type: 'finished',
          finishReason: 'tool_calls',
          model: 'google:gemini',
          isRefusal: false,
          isCut: false,
        },
      ],
    );
  });

  it('takes an answer without a finish reason and refuses one without anything', async () => {
    const journal = createMemoryJournal();
    const plain = await askTurn(endpointOf(textChunk('hi')), journal, [], 'a');
    assert.deepEqual(plain.events.at(-1), {
      type: 'finished',
      finishReason: undefined,
      model: 'anthropic:claude',
      isRefusal: false,
      isCut: false,
    });
    const empty = await askTurn(endpointOf(chunk({ role: 'assistant' })), createMemoryJournal(), [], 'b');
    assert.ok(empty.error instanceof ApiError && empty.error.kind === 'emptyReply');
    const finished = await askTurn(endpointOf(chunk({}, 'content_filter')), createMemoryJournal(), [], 'c');
    assert.equal(finished.error, undefined);
  });

  const outcomes: [ApiErrorKind, boolean | undefined, string][] = [
    ['unauthorized', undefined, 'refused'],
    ['rateLimited', undefined, 'refused'],
    ['server', undefined, 'failed'],
    ['provider', undefined, 'failed'],
    ['cut', undefined, 'unknown'],
    ['timeout', undefined, 'unknown'],
    ['network', false, 'refused'],
    ['network', true, 'unknown'],
  ];
  for (const [kind, mayHaveBeenAccepted, outcome] of outcomes) {
    it(`journals ${kind}${mayHaveBeenAccepted === false ? ' before it could be accepted' : ''} as ${outcome}`, async () => {
      const endpoint = createMemoryEndpoint({
        reply: () => ({
          [Symbol.asyncIterator]: () => ({
            next: () =>
              Promise.reject(
                new ApiError(kind, 'x', mayHaveBeenAccepted === undefined ? {} : { mayHaveBeenAccepted }),
              ),
          }),
        }),
      });
      const journal = createMemoryJournal();
      const asked = await askTurn(endpoint, journal, [], 'p');
      assert.ok(asked.error instanceof ApiError);
      assert.equal(asked.binding?.room, 'ch_1', 'the binding survives the failure');
      const [record] = await journal.records('ch_1');
      assert.equal(record?.outcome, outcome);
      assert.equal(record?.prompt, 'p');
    });
  }

  it('journals a stop as stopped and lets the AbortError through', async () => {
    const stop = new AbortController();
    const endpoint = createMemoryEndpoint({
      async *reply(_request, { signal }) {
        yield textChunk('begin');
        stop.abort();
        signal?.throwIfAborted();
      },
    });
    const journal = createMemoryJournal();
    const asked = await askTurn(endpoint, journal, [], 'p', { signal: stop.signal });
    assert.ok(asked.error instanceof Error && asked.error.name === 'AbortError');
    const [record] = await journal.records('ch_1');
    assert.equal(record?.outcome, 'stopped');
    assert.equal(asked.visible.reply, 'begin');
  });

  it('sends nothing when it is stopped before it begins', async () => {
    const endpoint = createMemoryEndpoint();
    const asked = await askTurn(endpoint, createMemoryJournal(), [], 'p', { signal: AbortSignal.abort() });
    assert.ok(asked.error instanceof Error && asked.error.name === 'AbortError');
    assert.equal(endpoint.created.length + endpoint.requests.length, 0);
  });

  it('answers although the journal fails, and says so', async () => {
    const errors: unknown[] = [];
    const journal = { ...createMemoryJournal(), begin: broken, bind: broken, update: broken };
    const asked = await askTurn(createMemoryEndpoint(), journal, [], 'p', {
      onJournalError: (e) => errors.push(e),
    });
    assert.equal(asked.visible.reply, 'You said: p');
    assert.match(asked.notices.join(), /could not be saved/);
    assert.ok(errors.length > 0);
  });

  it('takes leaving the loop for a stop', async () => {
    const journal = createMemoryJournal();
    const events = ask(newTurn(createMemoryEndpoint(), { journal, surface: 'panel' }));
    for await (const event of events) if (event.type === 'textDelta') break;
    const [record] = await journal.records('ch_1');
    assert.equal(record?.outcome, 'stopped');
    assert.equal(record?.prompt, undefined, 'the server has it');
  });

  it('gives the foreign notice before the finish if it comes after the first text', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const journal = createMemoryJournal();
    let hold = false;
    const endpoint = createMemoryEndpoint({
      beforeList: () => (hold ? released : undefined),
      async *reply() {
        yield textChunk('first ');
        release();
        yield textChunk('second', 'stop');
      },
    });
    const first = await askTurn(endpoint, journal, [], 'one');
    endpoint.addMessage('ch_1', 'user', 'foreign');
    hold = true;
    const second = await askTurn(endpoint, journal, [first.visible], 'two');
    const types = second.events.map(({ type }) => type);
    assert.deepEqual(types, ['state', 'textDelta', 'textDelta', 'notice', 'finished']);
  });
});
