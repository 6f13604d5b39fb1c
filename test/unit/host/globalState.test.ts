import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { createGlobalState } from '../../../src/host/storage/globalState.ts';

describe('the state of all workspaces', () => {
  it('keeps what is updated while an earlier write comes back', async () => {
    const host = vscodeState();
    const state = createGlobalState(host.memento);
    const first = state.update('renamed', { office: 'work' });
    await host.sent();
    const second = state.update('models', { office: ['gpt'] });
    host.comeBack();
    assert.deepEqual(state.get('models'), { office: ['gpt'] });
    await first;
    await host.sent();
    host.comeBack();
    await second;
    assert.deepEqual(host.stored(), { renamed: { office: 'work' }, models: { office: ['gpt'] } });
    assert.deepEqual(state.keys().toSorted(), ['models', 'renamed']);
  });

  it('would lose it without that', async () => {
    const host = vscodeState();
    void host.memento.update('renamed', { office: 'work' });
    await host.sent();
    void host.memento.update('models', { office: ['gpt'] });
    host.comeBack();
    assert.equal(host.memento.get('models'), undefined);
    await host.sent();
    assert.deepEqual(host.stored(), { renamed: { office: 'work' } });
  });

  it('has the last of several values of a key, and no key without one', async () => {
    const host = vscodeState();
    const state = createGlobalState(host.memento);
    const writes = [state.update('a', 1), state.update('b', 1)];
    await host.sent();
    writes.push(state.update('a', 2), state.update('a', 3), state.update('b', undefined));
    assert.deepEqual([state.get('a'), state.get('b', 'none'), state.keys()], [3, 'none', ['a']]);
    host.comeBack();
    await host.sent();
    host.comeBack();
    await Promise.all(writes);
    assert.deepEqual(host.stored(), { a: 3 });
    assert.deepEqual([state.get('a'), state.get('b'), state.keys()], [3, undefined, ['a']]);
  });

  it('tells who asked for it that a write failed, and goes on with the next', async () => {
    const host = vscodeState();
    const state = createGlobalState(host.memento);
    const failed = assert.rejects(async () => state.update('a', 1), /disk full/);
    await host.sent();
    const next = state.update('b', 2);
    host.fail(new Error('disk full'));
    await failed;
    await host.sent();
    host.comeBack();
    await next;
    assert.equal(state.get('b'), 2);
  });
});

/**
 * A memento as VS Code's extension host has it: an update is in memory at once, goes out with all other values with the
 * next timer, and when the write has come through, the values are those of that write.
 */
function vscodeState() {
  let values: Record<string, unknown> = {};
  let stored = '{}';
  let updated: PromiseWithResolvers<void>[] = [];
  let written: PromiseWithResolvers<void>[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sent = Promise.withResolvers<void>();
  const memento: vscode.Memento = {
    keys: () => Object.keys(values).filter((key) => values[key] !== undefined),
    get: (key: string, otherwise?: unknown) => values[key] ?? otherwise,
    update(key, value) {
      values[key] = value;
      const done = Promise.withResolvers<void>();
      updated.push(done);
      timer ??= setTimeout(() => {
        timer = undefined;
        stored = JSON.stringify(values);
        [written, updated] = [updated, []];
        sent.resolve();
      });
      return done.promise;
    },
  };
  return {
    memento,
    /** Once the updates until now are on their way. */
    async sent() {
      await sent.promise;
      sent = Promise.withResolvers<void>();
    },
    comeBack() {
      values = JSON.parse(stored);
      for (const { resolve } of written) resolve();
    },
    fail(error: Error) {
      for (const { reject } of written) reject(error);
    },
    stored: (): unknown => JSON.parse(stored),
  };
}
