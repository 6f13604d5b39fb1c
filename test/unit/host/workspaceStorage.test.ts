import assert from 'node:assert/strict';
import { workspaceStoragePath } from '../../../src/host/storage/workspaceStorage.ts';

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
