import assert from 'node:assert/strict';
import {
  afterRename,
  currentName,
  freeName,
  isFree,
  readRenames,
  storedName,
  withoutConnection,
} from '../../../src/chat/connectionNames.ts';

const there = (...names: readonly string[]) => {
  const all = new Set(names);
  return (name: string) => all.has(name);
};

describe('names of renamed connections', () => {
  it('lead from every old name to today’s, and back to the first', () => {
    const once = afterRename({}, 'home', 'work');
    const twice = afterRename(once, 'work', 'lab');
    assert.deepEqual(once, { home: 'work' });
    assert.deepEqual(twice, { home: 'lab' });
    assert.equal(currentName(twice, 'home', there('lab')), 'lab');
    assert.equal(storedName(twice, 'lab'), 'home');
    assert.equal(storedName(twice, 'other'), 'other');
    assert.deepEqual(afterRename(twice, 'lab', 'home'), {}, 'its first name again');
  });

  it('let a connection that is there go before a renamed one', () => {
    assert.equal(currentName({ home: 'work' }, 'home', there('home', 'work')), 'home');
    assert.equal(currentName({}, 'constructor', there()), 'constructor');
  });

  it('are free when nobody has them and nobody’s chatrooms are kept under them', () => {
    const renames = { home: 'work' };
    const taken = new Set(['work']);
    assert.equal(isFree(renames, 'new', undefined, taken), true);
    assert.equal(isFree(renames, 'work', 'home', taken), false);
    assert.equal(isFree(renames, 'home', undefined, taken), false, 'chatrooms of “work” are there');
    assert.equal(isFree(renames, 'home', 'work', taken), true, 'it may have its own again');
    assert.equal(isFree(withoutConnection(renames, 'work'), 'home', undefined, new Set()), true);
  });

  it('are read from storage with whatever is no name left out', () => {
    assert.deepEqual(readRenames({ a: 'b', c: 5 }), { a: 'b' });
    assert.deepEqual(readRenames('x'), {});
  });
});

describe('freeName', () => {
  for (const [wish, taken, expected] of [
    ['openrouter.ai', [], 'openrouter.ai'],
    ['OpenAI', ['openai'], 'openai-2'],
    ['ollama', ['ollama', 'ollama-2'], 'ollama-3'],
    ['日本', [], 'server'],
    ['_x', [], 'x'],
    ['a'.repeat(60), [], 'a'.repeat(28)],
  ] as const) {
    it(`makes ${expected} of ${wish}`, () => {
      assert.equal(freeName(wish, there(...taken)), expected);
      assert.match(freeName(wish, there(...taken)), /^[a-z0-9][a-z0-9._-]{0,31}$/);
    });
  }
});
