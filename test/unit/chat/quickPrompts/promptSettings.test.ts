import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { untranslated } from '../../../../src/chat/l10n.ts';
import { promptRooms, promptTargets } from '../../../../src/chat/quickPrompts/promptFields.ts';
import { parsePrompts } from '../../../../src/chat/quickPrompts/promptSettings.ts';

const parse = (raw: unknown) => parsePrompts(raw, untranslated);

describe('the prompts of the settings', () => {
  it('are read with all that they may have', () => {
    const entry = {
      name: 'Shorten',
      prompt: 'Shorten ${selection}',
      description: 'Fewer words',
      target: 'replace',
      model: 'tachyon/openai/gpt-4.1',
      room: 'own',
    };
    const { name: _, ...given } = entry;
    assert.deepEqual(parse([entry, { name: 'b', prompt: 'p' }]), {
      prompts: [
        { ...given, id: 'user:Shorten', name: 'Shorten', origin: 'user' },
        { id: 'user:b', name: 'b', prompt: 'p', target: 'editor', origin: 'user' },
      ],
      problems: [],
    });
  });

  it('may name any target and any room', () => {
    for (const target of promptTargets) {
      for (const room of promptRooms) {
        const [prompt] = parse([{ name: 'a', prompt: 'p', target, room }]).prompts;
        assert.deepEqual([prompt?.target, prompt?.room], [target, room]);
      }
    }
  });

  it('may be missing', () => {
    for (const raw of [undefined, null, []]) assert.deepEqual(parse(raw), { prompts: [], problems: [] });
  });

  const wrong: [what: string, entry: unknown, problem: RegExp][] = [
    ['no object', 'explain', /^Quick prompt “1”: It must be an object\.$/],
    ['an unknown field', { name: 'a', prompt: 'p', modle: 'x' }, /^Quick prompt “a”: .*“modle”.*model/],
    ['no name', { prompt: 'p' }, /^Quick prompt “1”: “name” must be a text/],
    ['a name of which nothing is seen', { name: '\u200b ', prompt: 'p' }, /“1”: “name”/],
    ['no prompt', { name: 'a' }, /“a”: The prompt is empty/],
    ['a prompt of blanks', { name: 'a', prompt: ' \n' }, /“a”: The prompt is empty/],
    ['a prompt that is too long', { name: 'a', prompt: 'x'.repeat(100_001) }, /“a”: .*100000/],
    ['an unknown variable', { name: 'a', prompt: '${slection}' }, /“a”: .*“\$\{slection\}”/],
    ['an unknown target', { name: 'a', prompt: 'p', target: 'shell' }, /“target” must be one of: editor, /],
    ['an unknown room', { name: 'a', prompt: 'p', room: 7 }, /“room” must be one of: none, current, own/],
    ['a description that is no text', { name: 'a', prompt: 'p', description: [] }, /“description” must be/],
    [
      'a model without a connection',
      { name: 'a', prompt: 'p', model: 'gpt' },
      /“model” must be a connection/,
    ],
    ['a model in two lines', { name: 'a', prompt: 'p', model: 'a/b\nc' }, /“model” must be/],
    ['the name of another', { name: 'good', prompt: 'q' }, /“good”: Another one has this name/],
  ];
  for (const [what, entry, problem] of wrong) {
    it(`are left out with a reason where one has ${what}`, () => {
      const isTaken = what === 'the name of another';
      const good = { name: 'good', prompt: 'p' };
      const { prompts, problems } = parse(isTaken ? [good, entry] : [entry, good]);
      assert.deepEqual(
        prompts.map(({ prompt }) => prompt),
        ['p'],
      );
      assert.equal(problems.length, 1);
      assert.match(problems[0]?.text ?? '', problem);
    });
  }

  it('say what is wrong with the list itself', () => {
    assert.match(parse({ a: 'p' }).problems[0]?.text ?? '', /must be a list/);
    const many = parse(Array.from({ length: 201 }, (_, i) => ({ name: `n${i}`, prompt: 'p' })));
    assert.equal(many.prompts.length, 200);
    assert.match(many.problems[0]?.text ?? '', /more than 200/);
  });

  it('have names without anything that is not seen, and of one line', () => {
    const [prompt] = parse([{ name: ` a\u202e\nb${'c'.repeat(100)}`, prompt: 'p' }]).prompts;
    assert.match(prompt?.name ?? '', /^a bc+…$/);
    assert.equal(prompt?.name.length, 60);
    const { problems } = parse([{ name: '\u202e`x`\n', prompt: '' }]);
    assert.match(problems[0]?.text ?? '', /^Quick prompt “`x`”: [^\n\u202e]+$/);
    assert.equal(problems[0]?.name, '`x`');
  });

  it('never fail, whatever the settings hold', () => {
    const keys = fc.constantFrom('name', 'prompt', 'target', 'model', 'room', 'description', '__proto__');
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.dictionary(keys, fc.jsonValue()), fc.jsonValue())), (raw) => {
        const { prompts, problems } = parse(raw);
        assert.equal(prompts.length + problems.length, raw.length);
      }),
      { numRuns: 100 },
    );
  });
});
