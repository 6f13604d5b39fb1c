import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { createThinkBlocks, type ReplyPiece } from '../../../src/chat/thinkBlocks.ts';

/** The pieces of a text that comes in these parts. */
function split(...parts: string[]): ReplyPiece[] {
  const blocks = createThinkBlocks();
  return [...parts.flatMap((part) => blocks.push(part)), ...blocks.end()];
}

/** Reasoning and answer; the latter never comes first, and no piece is empty. */
function joined(pieces: readonly ReplyPiece[]): [reasoning: string, text: string] {
  assert.ok(pieces.every(({ text }) => text !== ''));
  const firstText = pieces.findIndex(({ kind }) => kind === 'text');
  assert.ok(firstText === -1 || pieces.slice(firstText).every(({ kind }) => kind === 'text'));
  const of = (wanted: ReplyPiece['kind']) =>
    pieces.flatMap(({ kind, text }) => (kind === wanted ? text : [])).join('');
  return [of('reasoning'), of('text')];
}

/** What a reply must come to, seen whole. */
function expectedOf(reply: string): [reasoning: string, text: string] {
  const found = /^\s*<(think|thinking)>([^]*?)(?:<\/\1>\s*([^]*))?$/.exec(reply);
  return found ? [found[2]?.trim() ?? '', found[3] ?? ''] : ['', reply];
}

describe('think blocks', () => {
  const replies: [reply: string, reasoning: string, text: string][] = [
    ['<think>hm</think>answer', 'hm', 'answer'],
    ['\n <think>\n\nhm \n\n so\n</think>\n\n answer \n', 'hm \n\n so', 'answer \n'],
    ['<thinking>a </think> b</thinking>c', 'a </think> b', 'c'],
    ['<think>a </thinking> b</think>c', 'a </thinking> b', 'c'],
    ['<think></think>answer', '', 'answer'],
    ['<think>\n\n</think>\n\nanswer', '', 'answer'],
    ['<think>a</think>\n', 'a', ''],
    ['<think>never closed \n', 'never closed', ''],
    ['<think>cut in the tag</thi', 'cut in the tag</thi', ''],
    ['<think>a \n</thin it \n </</think>b', 'a \n</thin it \n </', 'b'],
    ['<think><think>a</think>b', '<think>a', 'b'],
    ['<think>a</think>b <think>c</think>', 'a', 'b <think>c</think>'],
    ['<think>\n', '', ''],
    ['It writes <think>a</think> first', '', 'It writes <think>a</think> first'],
    ['</think>a', '', '</think>a'],
    ['<thin', '', '<thin'],
    ['\n <thin ', '', '\n <thin '],
    ['<thinker>a</thinker>', '', '<thinker>a</thinker>'],
    ['<think >a</think>', '', '<think >a</think>'],
    ['  plain ', '', '  plain '],
    [' \n', '', ' \n'],
    ['', '', ''],
  ];
  for (const [reply, ...expected] of replies) {
    it(`of ${JSON.stringify(reply)} are the same wherever it is cut`, () => {
      assert.deepEqual(joined(split(reply)), expected);
      assert.deepEqual(joined(split(...reply.split(''))), expected);
      for (let first = 0; first <= reply.length; first += 1) {
        for (let second = first; second <= reply.length; second += 1) {
          const parts = [reply.slice(0, first), reply.slice(first, second), reply.slice(second)];
          assert.deepEqual(joined(split(...parts)), expected, JSON.stringify(parts));
        }
      }
    });
  }

  it('are the same wherever any reply is cut', () => {
    const words = [
      '<think>',
      '</think>',
      '<thinking>',
      '</thinking>',
      '<',
      '/',
      'think',
      '>',
      ' ',
      '\n',
      'a',
    ];
    const parts = fc.array(
      fc.array(fc.constantFrom(...words), { maxLength: 4 }).map((some) => some.join('')),
    );
    fc.assert(
      fc.property(fc.boolean(), parts, (isThinking, some) => {
        const all = isThinking ? ['<think>', ...some] : some;
        assert.deepEqual(joined(split(...all)), expectedOf(all.join('')));
      }),
      { numRuns: 1000 },
    );
  });

  it('hold back nothing that is certain', () => {
    const blocks = createThinkBlocks();
    const steps: [string, ReplyPiece[]][] = [
      ['<thi', []],
      ['nk>', []],
      ['a', [{ kind: 'reasoning', text: 'a' }]],
      [' b </', [{ kind: 'reasoning', text: ' b' }]],
      ['c', [{ kind: 'reasoning', text: ' </c' }]],
      ['</think>', []],
      ['\n', []],
      ['d', [{ kind: 'text', text: 'd' }]],
      [' <think>', [{ kind: 'text', text: ' <think>' }]],
    ];
    for (const [part, pieces] of steps) assert.deepEqual(blocks.push(part), pieces, part);
    assert.deepEqual(createThinkBlocks().push('Hello'), [{ kind: 'text', text: 'Hello' }]);
  });
});
