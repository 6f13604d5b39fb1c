import assert from 'node:assert/strict';
import type { VisibleTurn } from '../../../../src/chat/turns.ts';
import { standInForVscode } from '../vscodeFiles.ts';
import { parts } from '../vscodeParts.ts';

standInForVscode();
const { visibleTurns } = await import('../../../../src/host/participant/turnMetadata.ts');

const bound = { conversation: 'c', room: 'r', connection: 'tachyon', turn: 't', reply: [0, 5] };
const asked = 'Explain `a.ts:1–3` (typescript): …\n\nonly the types';

describe('the turns that the history of the Chat view shows', () => {
  it('have the prompt as it was sent, also where the history shows a slash command', () => {
    const turns = visible(['only the types', 'explain', { ...bound, prompt: asked }]);
    assert.deepEqual(
      turns.map(({ prompt, reply, binding }) => [prompt, reply, binding?.turn]),
      [[asked, 'Hello', 't']],
    );
  });

  it('have what was typed where nothing else is known: the command with it, unless it is one of the chat itself', () => {
    const turns = visible(
      ['only the types', 'explain', undefined],
      ['', 'review', undefined],
      ['Hello', undefined, undefined],
    );
    assert.deepEqual(
      turns.map(({ prompt, isCommand }) => [prompt, isCommand]),
      [
        ['/explain only the types', true],
        ['/review', true],
        ['Hello', undefined],
      ],
    );
    assert.deepEqual(
      visible(['before', undefined, undefined], ['Hello', 'new', undefined]).map(({ prompt }) => prompt),
      ['Hello'],
    );
  });

  it('take no prompt from metadata that is none', () => {
    const [turn] = visible(['typed', undefined, { ...bound, prompt: { toString: () => 'other' } }]);
    assert.equal(turn?.prompt, 'typed');
  });
});

type Turn = readonly [prompt: string, command: string | undefined, tachyon: object | undefined];

function visible(...turns: readonly Turn[]) {
  const history: unknown[] = turns.flatMap(([prompt, command, tachyon]) => [
    new parts.ChatRequestTurn(prompt, command),
    new parts.ChatResponseTurn([new parts.ChatResponseMarkdownPart('Hello, and a note')], {
      ...(tachyon && { metadata: { tachyon } }),
    }),
  ]);
  // The stand-ins have no more of VS Code’s turns than is read.
  const shown: VisibleTurn[] = Reflect.apply(visibleTurns, undefined, [history]);
  return shown;
}
