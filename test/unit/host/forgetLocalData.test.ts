import assert from 'node:assert/strict';
import type { LocalData } from '../../../src/host/storage/localData.ts';
import { createMemento } from './panel/support/panelHost.ts';
import { parts } from './vscodeParts.ts';

const { forgetLocalData } = await import('../../../src/host/rooms/forgetLocalData.ts');

const data = 'Forget Data';
const all = 'Forget Data and Keys';
const keys = ['credential:tachyon@https://api.example', 'credential:other@https://other.example'];

describe('the command that forgets local data', () => {
  let told: string[];

  beforeEach(() => (told = []));

  /** Presses a button of the question; undefined closes it. */
  async function forget(button: string | undefined, remove: LocalData['remove'] = () => Promise.resolve()) {
    const [workspaceState, globalState] = [createMemento(), createMemento()];
    await workspaceState.update('recentQuickPrompts', ['typed']);
    await globalState.update('models', {});
    const secrets = new Set(keys);
    let removals = 0;
    Object.assign(parts.window, {
      showWarningMessage: async (_text: string, _options: unknown, ...buttons: string[]) =>
        buttons.find((each) => each === button),
      showInformationMessage: async (text: string) => void told.push(text),
      showErrorMessage: async (text: string) => void told.push(text),
    });
    const size = { files: 1, bytes: 10 };
    const services = {
      data: {
        shared: async () => size,
        ofWorkspaces: async () => size,
        remove: () => ((removals += 1), remove()),
      },
      workspaceState,
      globalState,
      secrets: { keys: async () => [...secrets], delete: async (key: string) => void secrets.delete(key) },
      log: { info: () => undefined, failure: () => undefined },
    };
    await forgetLocalData(Object(services));
    return { states: [workspaceState.keys(), globalState.keys()].flat(), secrets: [...secrets], removals };
  }

  it('leaves neither files nor state nor keys', async () => {
    assert.deepEqual(await forget(all), { states: [], secrets: [], removals: 1 });
    assert.match(told[0] ?? '', /is deleted/);
  });

  it('leaves the keys if the person says so, and everything if they say nothing', async () => {
    assert.deepEqual(await forget(data), { states: [], secrets: keys, removals: 1 });
    const before = { states: ['recentQuickPrompts', 'models'], secrets: keys, removals: 0 };
    assert.deepEqual(await forget(undefined), before);
    assert.equal(told.length, 1);
  });

  it('leaves no key and no state where a file could not be deleted, and says so', async () => {
    const left = await forget(all, () => Promise.reject(new Error('EBUSY')));
    assert.deepEqual(left, { states: [], secrets: [], removals: 1 });
    assert.match(told[0] ?? '', /^Not all local data could be deleted/);
  });
});
