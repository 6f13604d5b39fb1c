import assert from 'node:assert/strict';
import { sharedStoragePath, workspaceStoragePath } from '../../../src/host/storage/workspaceStorage.ts';

describe('the storage of all workspaces', () => {
  it('is found from a window without a folder, in every profile', () => {
    const cases = [
      [
        '/home/me/.config/Code/User/globalStorage/tachyon.chat',
        '/home/me/.config/Code/User/workspaceStorage',
      ],
      ['/c:/Code/User/profiles/-1a2b3c/globalStorage/tachyon.chat', '/c:/Code/User/workspaceStorage'],
      ['/User/globalStorage/tachyon.chat', '/User/workspaceStorage'],
    ] as const;
    for (const [globalStorage, expected] of cases) {
      assert.equal(workspaceStoragePath(globalStorage), expected);
    }
  });
});

const id = 'a3f5c0d4e1b2a3f5c0d4e1b2a3f5c0d4';

describe('the storage of a workspace', () => {
  for (const [name, own, shared] of [
    ['is the first window’s', `/u/workspaceStorage/${id}/tachyon.x`, `/u/workspaceStorage/${id}/tachyon.x`],
    [
      'is the same in the second',
      `/u/workspaceStorage/${id}-1/tachyon.x`,
      `/u/workspaceStorage/${id}/tachyon.x`,
    ],
    ['and in the tenth', `/u/workspaceStorage/${id}-9/tachyon.x`, `/u/workspaceStorage/${id}/tachyon.x`],
    ['also where no folder is saved', '/u/ws/1763712345678-1/tachyon.x', '/u/ws/1763712345678/tachyon.x'],
    ['in the browser too', '/u/ws/-5e3a2b1c-1/tachyon.x', '/u/ws/-5e3a2b1c/tachyon.x'],
    ['whose ids have a sign', '/u/ws/-5e3a2b1c/tachyon.x', '/u/ws/-5e3a2b1c/tachyon.x'],
    ['is not looked for in other names', '/u/my-1/tachyon.x-1', '/u/my-1/tachyon.x-1'],
    ['nor further up', `/u/${id}-1/ws/b/tachyon.x`, `/u/${id}-1/ws/b/tachyon.x`],
  ] as const) {
    it(name, () => {
      assert.equal(sharedStoragePath(own), shared);
    });
  }
});
