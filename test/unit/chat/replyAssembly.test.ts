import assert from 'node:assert/strict';
import type { ReplyExpectation } from '../../../src/api/endpoint.ts';
import type { ChatCompletionChunk, ChatCompletionDelta, ToolCallDelta } from '../../../src/api/wire.ts';
import { assembleReply } from '../../../src/chat/replyAssembly.ts';
import type { ReplyEvent } from '../../../src/chat/replyEvents.ts';

const one: ReplyExpectation = { alternatives: 1, alwaysFinishes: false };
const three: ReplyExpectation = { alternatives: 3, alwaysFinishes: false };
const finish = {
  type: 'finished',
  finishReason: undefined,
  model: undefined,
  isRefusal: false,
  isCut: false,
} as const;

function chunk(
  delta: ChatCompletionDelta,
  index = 0,
  finishReason: string | null = null,
): ChatCompletionChunk {
  return { choices: [{ index, delta, finish_reason: finishReason }] };
}

function text(content: string, index = 0): ChatCompletionChunk {
  return chunk({ content }, index);
}

function call(name: string): ChatCompletionDelta {
  return { tool_calls: [{ id: name, function: { name, arguments: '{}' } }] };
}

/** The events of each chunk, and of the end. */
function steps(chunks: readonly ChatCompletionChunk[], expected = one): ReplyEvent[][] {
  const reply = assembleReply(expected);
  return [...chunks.map((given) => reply.add(given)), reply.end()];
}

function assemble(chunks: readonly ChatCompletionChunk[], expected = one): ReplyEvent[] {
  return steps(chunks, expected).flat();
}

/** `name(arguments)` of each tool call. */
function calls(...deltas: ToolCallDelta[]): string[] {
  return assemble(deltas.map((delta) => chunk({ tool_calls: [delta] }))).flatMap((event) =>
    event.type === 'toolCall' ? [`${event.name}(${event.arguments})`] : [],
  );
}

function args(given: string): ToolCallDelta {
  return { function: { arguments: given } };
}

describe('a reply of several answers', () => {
  it('shows the first as it comes and the others whole at the end', () => {
    const shown = steps(
      [
        text('<think>c</think>C1', 2),
        chunk({ reasoning_content: 'hm' }),
        text('A1'),
        chunk({ ...call('b'), content: 'B1' }, 1),
        {
          choices: [
            { index: 2, delta: { content: ' C2<' }, finish_reason: 'length' },
            { index: 0, delta: { content: ' A2', ...call('a') }, finish_reason: 'stop' },
          ],
        },
        chunk({ refusal: ' no' }, 1, 'content_filter'),
      ],
      three,
    );
    assert.deepEqual(shown, [
      [],
      [{ type: 'reasoningDelta', text: 'hm' }],
      [
        { type: 'alternatives', count: 3 },
        { type: 'textDelta', text: 'A1' },
      ],
      [],
      [{ type: 'textDelta', text: ' A2' }],
      [],
      [
        { type: 'alternative', number: 2, text: 'B1 no' },
        { type: 'alternative', number: 3, text: 'C1 C2<' },
        { type: 'toolCall', id: 'a', name: 'a', arguments: '{}' },
        { ...finish, finishReason: 'stop' },
      ],
    ]);
  });

  it('nobody asked for shows the others, too', () => {
    assert.deepEqual(assemble([text('A'), text('B', 1), text('<th', 2)]), [
      { type: 'textDelta', text: 'A' },
      { type: 'alternative', number: 2, text: 'B' },
      { type: 'alternative', number: 3, text: '<th' },
      finish,
    ]);
  });

  const numberings: [string, number[], string[]][] = [
    ['from 1', [1, 2], ['A', '2 B']],
    ['with gaps, and in no order', [9, 4], ['B', '2 A']],
    ['below 0', [-1, 0], ['B', '2 A']],
    ['only one, as 1', [1], ['A']],
  ];
  for (const [how, indexes, expected] of numberings) {
    it(`loses none where they are numbered ${how}`, () => {
      const events = assemble(indexes.map((index, i) => text('AB'.charAt(i), index)));
      const shown = events.flatMap((event) => {
        if (event.type === 'alternative') return `${event.number} ${event.text}`;
        return event.type === 'textDelta' ? event.text : [];
      });
      assert.deepEqual(shown, expected);
    });
  }
});

describe('a reply', () => {
  it('tells reasoning in its own field or before the text from the answer', () => {
    assert.deepEqual(
      assemble([chunk({ reasoning_content: 'a', content: '<thi' }), text('nk>b</think>\n'), text('c')]),
      [
        { type: 'reasoningDelta', text: 'a' },
        { type: 'reasoningDelta', text: 'b' },
        { type: 'textDelta', text: 'c' },
        finish,
      ],
    );
  });

  it('of which the end was held back loses nothing', () => {
    assert.deepEqual(steps([text('<think')], three), [
      [],
      [{ type: 'alternatives', count: 3 }, { type: 'textDelta', text: '<think' }, finish],
    ]);
  });

  it('that is a refusal says so and shows it', () => {
    assert.deepEqual(assemble([chunk({ refusal: 'I ' }), chunk({ refusal: 'won’t' }, 0, 'stop')]), [
      { type: 'textDelta', text: 'I ' },
      { type: 'textDelta', text: 'won’t' },
      { ...finish, finishReason: 'stop', isRefusal: true },
    ]);
    assert.deepEqual(assemble([chunk({ content: 'yes', refusal: '' })]).at(-1), finish);
  });

  it('tells the last usage and model that came, before the finish', () => {
    const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
    const earlier = { ...usage, completion_tokens: 1 };
    assert.deepEqual(
      assemble([
        { ...text('a'), usage: earlier, model: 'm-0' },
        { choices: [], usage, model: 'm-1' },
        { choices: [], model: '' },
      ]),
      [
        { type: 'textDelta', text: 'a' },
        { type: 'usage', usage },
        { ...finish, model: 'm-1' },
      ],
    );
  });

  for (const alwaysFinishes of [true, false]) {
    for (const reason of ['stop', null]) {
      const isCut = alwaysFinishes && reason === null;
      it(`that ends with ${reason ?? 'no reason'} is ${isCut ? '' : 'not '}cut where ${alwaysFinishes ? 'all have one' : 'some have none'}`, () => {
        const events = assemble([text('a'), chunk({}, 0, reason), text('')], { ...one, alwaysFinishes });
        assert.deepEqual(events.at(-1), { ...finish, finishReason: reason ?? undefined, isCut });
      });
    }
  }

  const empty: [string, ChatCompletionChunk[]][] = [
    ['no chunk', []],
    ['a role', [chunk({ role: 'assistant', content: '' })]],
    ['usage', [{ choices: [], usage: { prompt_tokens: 1, completion_tokens: 0, total_tokens: 1 } }]],
    ['a thought of blanks', [text('<think>\n\n</think>\n')]],
    ['an empty refusal and sound', [chunk({ refusal: '', audio: { id: 'a', data: '', transcript: '' } })]],
  ];
  for (const [what, chunks] of empty) {
    it(`of ${what} is empty`, () => {
      assert.throws(() => assemble(chunks), { name: 'ApiError', kind: 'emptyReply' });
    });
  }

  const notEmpty: [string, ChatCompletionChunk, ReplyEvent['type'][]][] = [
    ['reasoning', chunk({ reasoning_content: 'hm' }), ['reasoningDelta', 'finished']],
    ['a thought', text('<think>hm'), ['reasoningDelta', 'finished']],
    ['blanks', text('\n'), ['textDelta', 'finished']],
    ['a tool call', chunk(call('a')), ['toolCall', 'finished']],
    ['sound', chunk({ audio: { data: 'AA==' } }), ['audio', 'finished']],
    ['a refusal', chunk({ refusal: 'no' }), ['textDelta', 'finished']],
    ['a finish reason', chunk({}, 0, 'content_filter'), ['finished']],
    [
      'a second answer',
      { choices: [...chunk({}).choices, ...text('b', 1).choices] },
      ['alternative', 'finished'],
    ],
  ];
  for (const [what, given, types] of notEmpty) {
    it(`of ${what} alone is not empty`, () => {
      assert.deepEqual(
        assemble([given]).map(({ type }) => type),
        types,
      );
    });
  }
});

describe('tool calls of a reply', () => {
  const cases: [string, ToolCallDelta[], string[]][] = [
    ['without indexes', [{ id: 'a', function: { name: 'f' } }, args('{'), args('}')], ['f({})']],
    [
      'without ids',
      [
        { index: 0, function: { name: 'f' } },
        { index: 1, function: { name: 'g' } },
        { index: 0, ...args('0') },
      ],
      ['f(0)', 'g()'],
    ],
    [
      'with the name in a later fragment',
      [
        { index: 0, id: 'x', function: { name: '' } },
        { index: 0, function: { name: 'f', arguments: '1' } },
      ],
      ['f(1)'],
    ],
    [
      'with a new id in each fragment',
      [
        { index: 0, id: 'x', function: { name: 'f', arguments: '1' } },
        { index: 0, id: 'y', function: { name: '', arguments: '2' } },
      ],
      ['f(12)'],
    ],
  ];
  for (const [how, deltas, expected] of cases) {
    it(`are joined ${how}`, () => assert.deepEqual(calls(...deltas), expected));
  }

  it('keep what must go back with them, which others do not get', () => {
    const extra = { google: { thought_signature: 'c2ln' } };
    const [call1, call2] = assemble([
      chunk({
        tool_calls: [{ index: 0, id: 'a', function: { name: 'f', arguments: '{}' }, extra_content: extra }],
      }),
      chunk({ tool_calls: [{ index: 1, id: 'b', function: { name: 'g', arguments: '{}' } }] }),
    ]);
    assert.deepEqual(call1, { type: 'toolCall', id: 'a', name: 'f', arguments: '{}', extraContent: extra });
    assert.deepEqual(call2, { type: 'toolCall', id: 'b', name: 'g', arguments: '{}' });
  });
});
