import assert from 'node:assert/strict';
import { createMemento } from '../panel/support/panelHost.ts';
import { configuration } from '../vscodeParts.ts';

const { keepOwnRoom, roomOf, roomPlace } = await import('../../../../src/host/quickPrompts/promptRooms.ts');

describe('the room of a quick prompt', () => {
  afterEach(() => configuration.delete('tachyon.quickPromptRoom'));

  it('is what it says itself, else what the setting says, and none where that is nonsense', () => {
    for (const [setting, own, expected] of [
      ['own', undefined, 'own'],
      ['current', undefined, 'current'],
      ['own', 'none', 'none'],
      ['none', 'current', 'current'],
      ['any', undefined, 'none'],
      [7, undefined, 'none'],
      [undefined, undefined, 'none'],
    ] as const) {
      configuration.set('tachyon.quickPromptRoom', setting);
      assert.equal(roomOf(own ? { room: own } : {}), expected);
    }
  });

  it('of its own is one for each connection, and outlives others', async () => {
    const workspaceState = createMemento();
    const services = { ...elsewhere, workspaceState };
    assert.deepEqual(roomPlace('own', 'a', services), { name: 'Quick prompts' });
    await keepOwnRoom('a', 'a/1', workspaceState);
    await keepOwnRoom('b', 'b/1', workspaceState);
    await keepOwnRoom('a', 'a/2', workspaceState);
    for (const [connection, key] of [
      ['a', 'a/2'],
      ['b', 'b/1'],
    ] as const)
      assert.deepEqual(roomPlace('own', connection, services), { key, name: 'Quick prompts' });
    for (const connection of ['c', 'constructor'])
      assert.deepEqual(roomPlace('own', connection, services), { name: 'Quick prompts' });
  });

  it('is never one that was kept as something else', async () => {
    for (const kept of ['a/1', ['a/1'], { a: 1 }]) {
      const workspaceState = createMemento();
      await workspaceState.update('quickPromptRooms', kept);
      assert.deepEqual(roomPlace('own', 'a', { ...elsewhere, workspaceState }), { name: 'Quick prompts' });
    }
  });
});

const elsewhere = { live: { lastRoom: 'a/9' }, connections: { get: () => undefined } };
