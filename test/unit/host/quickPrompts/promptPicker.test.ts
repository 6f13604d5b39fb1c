import assert from 'node:assert/strict';
import type { QuickPrompt } from '../../../../src/chat/quickPrompts/quickPrompt.ts';
import type { ListedPrompts } from '../../../../src/host/quickPrompts/promptPicker.ts';
import { standInForVscode } from '../vscodeFiles.ts';
import { parts } from '../vscodeParts.ts';
import { PlayedBox } from './support/playedBox.ts';

standInForVscode();
const { pickPrompt } = await import('../../../../src/host/quickPrompts/promptPicker.ts');

const [explain, greet] = [prompt('explain', 'Explain Selection'), prompt('file:greet', 'Greet')];
const none: ListedPrompts = { recent: [], builtIn: [], user: [], workspace: [], problems: [] };

describe('picking a quick prompt', () => {
  let box: PlayedBox;

  beforeEach(() => {
    Object.assign(parts.window, { createQuickPick: () => (box = new PlayedBox()) });
  });

  it('offers the recent ones first, each once, and picks the first with Enter', async () => {
    const recent = [{ prompt: greet }, { typed: 'Why $(x)?', target: 'editor' as const }];
    const { picked } = await open({ ...none, recent, builtIn: [explain], workspace: [greet] });
    assert.deepEqual(box.labels, ['Greet', 'Why $ (x)?', 'Explain Selection']);
    box.enter();
    assert.deepEqual(await picked, { prompt: greet });
  });

  it('tells of a prompt of the workspace which file it is, whatever it is called', async () => {
    const file = {
      id: 'file:a',
      file: '.github/prompts/a.prompt.md',
      name: 'Explain Selection',
      origin: 'workspace',
    } as const;
    const named = { ...greet, ...file };
    await open({
      ...none,
      workspace: [named, { ...named, id: 'file:b', file: 'b.prompt.md', description: 'Short' }],
    });
    assert.deepEqual(
      box.choices.map(({ description }) => description),
      ['.github/prompts/a.prompt.md', 'Short · b.prompt.md'],
    );
  });

  it('takes what is typed as a question, with a button for each place of the answer', async () => {
    for (const [press, target] of [
      [() => box.enter(), 'editor'],
      [() => box.press('Why so?', 'Answer at the Cursor'), 'insert'],
      [() => box.press('Why so?', 'Answer in the Panel'), 'panel'],
    ] as const) {
      const { picked } = await open({ ...none, builtIn: [explain] });
      box.type(' Why so? ');
      press();
      assert.deepEqual(await picked, { typed: 'Why so?', target });
    }
  });

  it('does not let what is typed stand before the prompts that are called like it', async () => {
    const { picked } = await open({ ...none, builtIn: [explain, greet] });
    for (const [typed, label] of [
      ['expl', 'Your question'],
      ['SEL', 'Your question'],
      ['plain', 'plain'],
      ['explain it', 'explain it'],
    ] as const) {
      box.type(typed);
      assert.equal(box.labels[0], label);
    }
    box.type('sel');
    box.goTo('Your question');
    box.enter();
    assert.deepEqual(await picked, { typed: 'sel', target: 'editor' });
  });

  it('stays open after Enter until the list is there', async () => {
    const { promise, resolve } = Promise.withResolvers<ListedPrompts>();
    const picked = pickPrompt(
      () => promise,
      () => new parts.Disposable(() => undefined),
    );
    box.enter();
    box.type('expl');
    box.enter();
    assert.ok(box.isOpen && box.busy);
    box.type('');
    resolve({ ...none, builtIn: [explain] });
    await settled();
    box.enter();
    assert.deepEqual(await picked, { prompt: explain });
  });

  it('keeps the prompt that a person has gone to when the list changes, and shows the newest list', async () => {
    const changes = new parts.EventEmitter();
    const answers = [
      Promise.resolve({ ...none, builtIn: [explain], workspace: [greet] }),
      new Promise<ListedPrompts>((done) => setImmediate(() => done(none))),
      Promise.resolve({
        ...none,
        user: [prompt('user:new', 'A New One')],
        builtIn: [explain],
        workspace: [greet],
      }),
    ];
    const picked = pickPrompt(
      () => answers.shift() ?? Promise.resolve(none),
      (listener) => changes.event(() => listener()),
    );
    await settled();
    box.goTo('Greet');
    changes.fire(undefined);
    changes.fire(undefined);
    await settled();
    await settled();
    assert.deepEqual(box.labels, ['Explain Selection', 'A New One', 'Greet']);
    box.enter();
    assert.deepEqual(await picked, { prompt: greet });
  });

  it('says what is wrong with the prompt whose name is typed, and asks the name of nobody', async () => {
    const told: (readonly string[])[] = [];
    const shown: string[] = [];
    Object.assign(parts.window, {
      showWarningMessage: async (...message: readonly string[]) => {
        told.push(message);
        return message[1];
      },
    });
    const text = 'Quick prompt “Shorten”: The prompt is empty; write one.';
    const problem = { name: 'Shorten', text, where: 'Open Settings', show: async () => shown.push('a') };
    const { picked } = await open({ ...none, user: [explain], problems: [problem] });
    box.type('shorten');
    assert.deepEqual(box.labels.slice(0, 2), ['Shorten', 'Your question']);
    assert.ok(!box.labels.some((label) => label.includes(text)), 'it stands there once');
    box.enter();
    await settled();
    assert.deepEqual([told, shown], [[[text, 'Open Settings']], ['a']]);
    assert.deepEqual([box.isOpen, box.value], [true, 'shorten']);
    box.type('Shorten it');
    box.enter();
    assert.deepEqual(await picked, { typed: 'Shorten it', target: 'editor' });
    await open({ ...none, user: [prompt('user:shorten', 'Shorten')], problems: [problem] });
    box.type('shorten');
    assert.deepEqual(box.labels.slice(0, 2), ['Your question', 'Shorten']);
  });

  it('shows where a prompt has a fault, and picks nothing then, nor when it is closed', async () => {
    const shown: string[] = [];
    const problems = [
      { text: 'a.prompt.md, line 2: $(bad)', where: 'Open File', show: async () => shown.push('a') },
    ];
    const { picked } = await open({ ...none, problems });
    assert.deepEqual(box.labels, ['$(warning) a.prompt.md, line 2: $ (bad)']);
    box.enter();
    assert.deepEqual([await picked, shown], [undefined, ['a']]);
    const again = await open(none);
    box.hide();
    assert.equal(await again.picked, undefined);
  });
});

function prompt(id: string, name: string): QuickPrompt {
  return { id, name, prompt: name, target: 'editor', origin: 'builtIn' };
}

async function open(listed: ListedPrompts) {
  const picked = pickPrompt(
    async () => listed,
    () => new parts.Disposable(() => undefined),
  );
  await settled();
  return { picked };
}

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
