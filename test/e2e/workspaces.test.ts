import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { field } from '../support/foreignRequests.ts';
import { rooms, sharedForeign } from './support/foreign.ts';

const git = (folder: string, ...args: string[]) =>
  promisify(execFile)('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args]);

const useForeign = sharedForeign({
  files: {
    'app/a.txt': 'a',
    'moved/app/a.txt': 'a',
    'a/a.txt': 'a',
    'b/b.txt': 'b',
    'two.code-workspace': '{"folders":[{"path":"a"},{"path":"b"}]}',
    'main/a.txt': 'a',
  },
  workspace: 'app',
});

describe('the workspace in a chatroom’s metadata', () => {
  it('can be taken over by a folder of the same name', async () => {
    await useForeign(async ({ workbench, openWindow }, server) => {
      await workbench.chat.ready();
      await workbench.chat.ask('@tachyon in the first folder');
      const moved = await openWindow('moved/app');
      await moved.chat.ready();
      await moved.chat.ask('@tachyon in the second folder');
      await moved.chat.pressButton('Attach These Chats');
      await moved.chat.newChat();
      await moved.chat.ask('@tachyon after attaching');
      const ids = rooms(server).map(({ metadata }) => field(metadata, 'workspaceId'));
      assert.equal(ids.length, 3);
      assert.notEqual(ids[1], ids[0]);
      assert.equal(ids[2], ids[0]);
    });
  });

  it('is an id of its own for a multi-root workspace, and none without a folder', async () => {
    await useForeign(async ({ openWindow }, server) => {
      const two = await openWindow('two.code-workspace');
      await two.chat.ready();
      await two.chat.ask('@tachyon in two folders');
      const empty = await openWindow(undefined);
      await empty.chat.open();
      await empty.chat.ask('@tachyon without a folder');
      const [multi, none] = rooms(server).map(({ metadata }) => metadata);
      assert.equal(field(multi, 'workspace'), 'two');
      assert.match(String(field(multi, 'workspaceId')), /^[0-9a-f-]{36}$/);
      assert.equal(field(none, 'workspace'), 'No folder');
      assert.equal(field(none, 'workspaceId'), undefined);
    });
  });

  it('is the same in two git worktrees and a renamed folder', async () => {
    await useForeign(async ({ folder, openWindow }, server) => {
      const main = join(folder, 'main');
      await git(main, 'init', '-q');
      await git(main, 'remote', 'add', 'origin', 'https://someone:secret@example.com/team/app.git');
      await git(main, 'add', '.');
      await git(main, 'commit', '-q', '-m', 'one');
      await git(main, 'worktree', 'add', '-q', join(folder, 'tree'));
      for (const [name, prompt] of [
        ['main', '@tachyon in the first window'],
        ['tree', '@tachyon in a worktree'],
        ['renamed', '@tachyon after the renaming'],
      ] as const) {
        if (name === 'renamed') await rename(main, join(folder, name));
        const { chat, page } = await openWindow(name);
        await chat.ready();
        await chat.ask(prompt);
        await page.close();
      }

      const metadata = rooms(server).map((room) => room.metadata);
      assert.equal(metadata.length, 3);
      assert.deepEqual(
        metadata.map((value) => field(value, 'workspace')),
        ['main', 'tree', 'renamed'],
      );
      const ids = new Set(metadata.map((value) => field(value, 'workspaceId')));
      assert.equal(ids.size, 1);
      assert.match(String([...ids][0]), /^[0-9a-f]{64}$/);
      assert.doesNotMatch(JSON.stringify(metadata), /secret|example\.com|\//);
    });
  });
});
